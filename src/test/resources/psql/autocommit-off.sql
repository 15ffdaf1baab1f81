-- psql begins a transaction by itself
\set AUTOCOMMIT off
CREATE TABLE t (i int);
INSERT INTO t VALUES (1);
COMMIT;
INSERT INTO t VALUES (2);
SELECT count(*) FROM t;
ROLLBACK;
SELECT count(*) FROM t;
COMMIT;
VACUUM t;
\set AUTOCOMMIT on
SELECT count(*) FROM t;
