-- the columns of a result that is not made
SELECT 1 AS a, 'x'::varchar(10) AS b, 1.5::numeric(8,2) AS c, now() AS "D d", '{}'::int[] AS e \gdesc
SELECT \gdesc
CREATE TABLE t (i int) \gdesc
SELECT * FROM pg_class LIMIT 0 \gdesc
