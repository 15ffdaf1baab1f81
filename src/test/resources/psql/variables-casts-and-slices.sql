-- casts, slices and assignments are no variables
\set date 1
\set 2 9
\set int 5
SELECT '2026-01-01'::date AS d, (ARRAY[10,20,30])[1:2] AS two, (ARRAY[10,20,30])[1:3] AS three;
SELECT 1::int, 2 :: int AS other;
CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT a';
SELECT f(a := 3), f(a=>4);
