-- a query makes statements: row by row, left to right, NULL left out
SELECT format('CREATE TABLE t%s (i int)', g), CASE WHEN g < 3 THEN format('INSERT INTO t%s VALUES (%s)', g, g) END
  FROM generate_series(1, 3) g \gexec
SELECT count(*) FROM t1, t2;
\set ECHO queries
SELECT 'SELECT 1 AS one; SELECT 2 AS two', 'SELECT '':x'' AS colon' \gexec
\set ECHO none
SELECT 'nothing' WHERE false \gexec
