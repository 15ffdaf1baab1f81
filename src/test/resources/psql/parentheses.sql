-- semicolons inside parentheses do not end a rule
CREATE TABLE a (i int);
CREATE TABLE b (i int);
CREATE RULE r AS ON INSERT TO a DO ALSO (INSERT INTO b VALUES (NEW.i); INSERT INTO b VALUES (-NEW.i));
INSERT INTO a VALUES (3);
SELECT i FROM b ORDER BY i;
