-- another connection to the same place
CREATE TABLE t (i int);
\set x kept
\c -
TABLE t;
SELECT :'x' AS x;
