-- data in the script
CREATE TABLE t (i int, name text);
COPY t FROM STDIN;
1	one
2	it's -- no comment
3	\N
4	tab\tin ; and :x \\ "quote"
\.
COPY t (i) FROM STDIN WITH (FORMAT csv);
5
6
\.
SELECT * FROM t ORDER BY i;
SELECT 'after' AS word;
