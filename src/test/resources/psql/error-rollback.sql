-- savepoints around each statement of a transaction
CREATE TABLE t (i int);
\set ON_ERROR_ROLLBACK on
BEGIN;
INSERT INTO t VALUES (1);
SAVEPOINT mine;
INSERT INTO t VALUES (2);
ROLLBACK TO mine;
RELEASE mine;
SELECT count(*) FROM t;
COMMIT;
\set ON_ERROR_ROLLBACK off
SELECT count(*) FROM t;
