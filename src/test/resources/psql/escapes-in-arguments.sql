-- what a backslash means in a quoted argument
\set x 'tab\there\nline \101\x42 \'quoted\' it''s \\'
\echo :x
\echo 'a\'b' "double :x" '"' plain'glued'"together"
\echo -n no newline
\echo
\echo 'quoted -n' -n
\echo '-n' x
