-- a wrong line is told with its place
CREATE TABLE t (i int);
COPY t FROM STDIN;
1
two
3
\.
