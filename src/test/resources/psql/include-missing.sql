-- a script that is not there
SELECT 1 AS one;
\i missing.sql
