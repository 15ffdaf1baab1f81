-- no line of data at all
CREATE TABLE t (a int);
COPY t FROM STDIN;
\.
COPY t TO STDOUT;
SELECT count(*) FROM t;
