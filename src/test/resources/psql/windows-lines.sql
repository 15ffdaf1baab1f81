-- lines that end as on Windows
SELECT 1 AS one;
\echo two words
SELECT 2 AS two;
