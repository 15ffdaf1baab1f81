-- results into files and programs
SELECT g, 'row ' || g AS name FROM generate_series(1, 3) g \g g-out.txt
\! cat g-out.txt
SELECT 'x' AS a \g |cat
CREATE TABLE t (i int) \g g-tag.txt
\! test ! -f g-tag.txt
SELECT 1 AS b \g (format=csv) g-csv.txt
\! cat g-csv.txt
