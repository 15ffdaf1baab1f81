-- quotes in CSV data do not open literals
CREATE TABLE t (a text, b text);
COPY t FROM STDIN WITH (FORMAT csv, HEADER);
a,b
"it's","$$ -- /*"
"two
lines",x
\.
SELECT a, b FROM t;
