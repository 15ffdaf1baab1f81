-- a failure in a branch ends it
\if true
SELECT 1 AS one;
SELECT 1/0;
SELECT 'not reached' AS x;
\endif
