-- what is sent together fails together
CREATE TABLE t (i int);
INSERT INTO t VALUES (1)\; SELECT 1/0\; INSERT INTO t VALUES (2);
