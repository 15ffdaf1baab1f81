-- comments before, in and behind statements
-- a second one
SELECT 1 AS one; -- behind
/* block
   of two lines */ SELECT 2 AS two;
SELECT 3 -- within
  AS three;
SELECT 4 /* a /* nested */ ; */ AS four; /* trailing */
SELECT 5 AS five /* ; */ ;
--
SELECT '--' AS dashes, '/*' AS open;
SELECT 6
-- the end is near
AS six
;
