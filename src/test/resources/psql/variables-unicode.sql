-- letters beyond ASCII in names and values
\set größe 'Übermaß 中文 😀'
SELECT :'größe' AS "größe";
\echo :größe
