-- dollar quotes with tags, semicolons and quotes inside
SELECT $$a;b'c"d$$ AS plain, $t$x $$ y; $t$ AS tagged, $ü$z$ü$ AS wide;
DO $body$
BEGIN
  -- a comment with ' a quote
  PERFORM 1; PERFORM 'x;y';
END
$body$;
CREATE FUNCTION f() RETURNS text LANGUAGE plpgsql AS $f$
DECLARE t text := $in$inner; 'x'$in$;
BEGIN
  RETURN t;
END;
$f$;
SELECT f();
PREPARE p (int) AS SELECT $1 + 1 AS sum;
EXECUTE p(2);
