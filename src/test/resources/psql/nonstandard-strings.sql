-- standard_conforming_strings off: a backslash escapes in every literal
SET escape_string_warning = off;
SET standard_conforming_strings = off;
SELECT 'it\'s; one literal' AS a;
\set v 'back\\slash'
SELECT :'v' AS v;
SET standard_conforming_strings = on;
SELECT 'ends with a backslash\' AS b, ';' AS c;
