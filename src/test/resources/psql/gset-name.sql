-- a column must be named like a variable
SELECT 1 AS "a b" \gset
