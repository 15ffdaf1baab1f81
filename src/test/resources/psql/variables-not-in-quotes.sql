-- nothing is filled in inside literals, names, comments and dollar quotes
\set x 42
SELECT ':x' AS a, E':x\'' AS b, U&':x' AS c, B'1' AS d, $tag$:x$tag$ AS e, 1 AS ":x";
SELECT 1 -- :x
  + :x /* :x /* :x */ */ AS sum;
SELECT $$ it's :x $$ AS body, :x AS value;
