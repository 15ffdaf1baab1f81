-- \copy with files of this machine
CREATE TABLE t (i int, name text);
CREATE SCHEMA "S x";
CREATE TABLE "S x"."T y" (a int, "b c" text);
INSERT INTO t VALUES (1, 'one'), (2, 'two, three');
\copy t to 'copy-t.csv' with (format csv)
\! cat copy-t.csv
\copy "S x"."T y" (a, "b c") from copy-t.csv csv
TABLE "S x"."T y";
\copy (select i from t where name like '%,%' order by i) to copy-q.txt
\! cat copy-q.txt
\copy t from program 'echo "7	seven"'
\copy t to program 'sort -r'
SELECT count(*) FROM t;
