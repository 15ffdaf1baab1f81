-- values are scanned again, and never within themselves
\set a 1
\set b ':a + 1'
\set c '(:b) * 2'
SELECT :c AS c;
\set self ':self'
SELECT ':self' AS x, 5 AS y;
