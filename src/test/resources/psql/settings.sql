-- \pset and its short forms
\pset null '(null)'
SELECT NULL AS n, 1 AS i;
\x on
SELECT NULL AS n, 1 AS i;
\x
\x auto
\t
SELECT 1 AS no_header;
\t off
\a
SELECT 1 AS a, 2 AS b;
\f '|'
SELECT 1 AS a, 2 AS b;
\a
\C 'A title'
SELECT 1 AS a;
\C
\pset border 2
SELECT 1 AS a;
\pset format csv
SELECT 1 AS a, 'x,y' AS b;
\pset format aligned
\pset footer off
SELECT 1 AS a;
