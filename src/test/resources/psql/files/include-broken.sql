SELECT 1 AS one;

SELECT 1/0
  AS broken;
SELECT 2 AS two;
