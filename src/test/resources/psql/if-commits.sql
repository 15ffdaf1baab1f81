-- a transaction ends in a branch
CREATE TABLE t (i int);
BEGIN;
INSERT INTO t VALUES (1);
SELECT true AS good \gset
\if :good
COMMIT;
\else
ROLLBACK;
\endif
TABLE t;
