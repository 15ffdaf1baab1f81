-- the usual way to decide by a query
CREATE TABLE t (i int);
SELECT count(*) = 0 AS is_empty FROM t \gset
\if :is_empty
INSERT INTO t VALUES (1), (2);
SELECT count(*) = 2 AS filled FROM t \gset
\if :filled
UPDATE t SET i = i + 10;
\endif
\else
DELETE FROM t;
\endif
TABLE t;
