-- \o takes results, \qecho too, but not \echo
\o o-out.txt
SELECT 1 AS one;
CREATE TABLE t (i int);
\qecho for the file
\echo for the screen
COPY (SELECT 7) TO STDOUT;
\o
SELECT 2 AS two;
\! cat o-out.txt
\o |cat
SELECT 3 AS three;
\o
