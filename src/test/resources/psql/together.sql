-- \; sends several statements as one text, one transaction
CREATE TABLE t (i int);
INSERT INTO t VALUES (1)\; INSERT INTO t VALUES (2)\; SELECT count(*) FROM t;
SELECT 1 AS a\; SELECT 2 AS b;
\set x 5
SELECT :x AS c\; SELECT 'a\:b' AS d, ARRAY[1,2]\:\:text AS e;
TABLE t;
