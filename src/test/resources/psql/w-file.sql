-- \w writes the last statement
SELECT 1 AS one,
  2 AS two;
\w w-out.sql
\! cat w-out.sql
\r
\p
