-- a statement without rows is just sent
CREATE TABLE t (i int) \gset
INSERT INTO t VALUES (1) RETURNING i AS made \gset
\echo :made
