-- a failure in a script tells its line
\i include-broken.sql
SELECT 'not reached' AS x;
