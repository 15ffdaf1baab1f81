-- special variables take only what they understand
SELECT 1 AS one;
\set FETCH_COUNT many
SELECT 2 AS two;
