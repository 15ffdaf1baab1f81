-- E literals, and literals that go on in the next line
SELECT E'it\'s; -- \\' AS a, E'x\n\ty' AS b;
SELECT 'one'
  'two' AS glued, E'a\'b'
  'cd' AS e;
SELECT N'national' AS n, X'1F' AS x, B'101' AS b, U&'\0041' AS u, U&"\0063ol" FROM (SELECT 1 AS col) c;
SELECT 'doubled '' quote; ' AS d, "a""b;c" FROM (SELECT 1 AS "a""b;c") s;
