-- bodies with semicolons of their own
CREATE TABLE t (i int);
CREATE FUNCTION add_one(a int) RETURNS int LANGUAGE sql
BEGIN ATOMIC
  INSERT INTO t VALUES (a);
  SELECT CASE WHEN a > 0 THEN a + 1 ELSE 0 END;
END;
CREATE OR REPLACE PROCEDURE twice(a int) LANGUAGE sql
BEGIN ATOMIC
  INSERT INTO t VALUES (a);
  INSERT INTO t VALUES (a);
END;
SELECT add_one(4);
CALL twice(9);
SELECT count(*) FROM t;
