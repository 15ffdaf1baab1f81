-- ECHO errors shows the statement that failed
\set ECHO errors
SELECT 1/0 AS x;
