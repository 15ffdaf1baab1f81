-- the last statement needs no semicolon
SELECT 1 AS one;
SELECT 2
  AS two