-- \copy from stdin takes the lines that follow
CREATE TABLE t (i int);
\copy t from stdin
1
2
\.
SELECT sum(i) FROM t;
