-- variables in the statement, none in the data
\set table t
CREATE TABLE :table (a text);
COPY :table FROM STDIN;
:table
SELECT 1;
\.
TABLE :table;
