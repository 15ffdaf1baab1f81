-- the four forms, and values with quotes and backslashes
\set name 'o''clock \\ "x"'
SELECT :'name' AS literal;
CREATE TABLE t (:"name" int);
INSERT INTO t VALUES (3);
SELECT :"name" FROM t;
SELECT :{?name} AS yes, :{?nobody} AS no;
