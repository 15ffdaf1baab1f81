-- tags are not printed when QUIET is on
\set QUIET on
CREATE TABLE t (i int);
INSERT INTO t VALUES (1) RETURNING i;
\x
SELECT 1 AS a;
\set QUIET off
DROP TABLE t;
