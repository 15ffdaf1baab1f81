-- a file that is not there
CREATE TABLE t (i int);
\copy t from 'missing.csv'
