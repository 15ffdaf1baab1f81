-- what \g and \p take when the buffer is empty is the last statement that was typed, whatever psql sent since then
CREATE TEMP TABLE t (n int);
SELECT 'typed' AS which;
\copy (SELECT 'copied') TO stdout
\g
\p
SELECT 'SELECT ' || quote_literal(w) || ' AS made' FROM (VALUES ('first'), ('second')) v (w)
\gexec
\g
\p
SELECT 1 AS described \gdesc
\p
\copy t FROM stdin
1
2
\.
\g
SHOW server_version_num \gset
\p
SELECT broken;
