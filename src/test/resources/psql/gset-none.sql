-- no row is an error
SELECT 1 AS a WHERE false \gset
