-- an empty \g sends the last statement again
SELECT 1 AS one;
\g
SELECT 2 AS two \g
\gx
SELECT 3 AS three \gx
\p
\g (format=unaligned tuples_only=on)
