-- one row becomes variables; NULL unsets
\set c before
SELECT 1 AS a, 'two words' AS b, NULL AS c \gset
\echo :a :b :c
SELECT 5 AS x, 6 AS y \gset p_
\echo :p_x :p_y
SELECT :a + :p_x AS sum;
