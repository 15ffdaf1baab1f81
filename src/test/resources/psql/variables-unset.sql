-- what is not set stays as it stands
\set a 1
SELECT :a;
\unset a
\echo :a :'a' :"a" :{?a}
SELECT ':a', $$:a$$ AS b;
