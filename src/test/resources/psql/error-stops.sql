-- an error ends the script, with its place
SELECT 1 AS one;
SELECT 1 +
  nonsense AS x;
SELECT 'not reached' AS y;
