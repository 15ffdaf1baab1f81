-- variables of psql itself are not to be set like this
SELECT 'off' AS "AUTOCOMMIT", 3 AS fine \gset
\echo :AUTOCOMMIT :fine
