-- a value can be any part of a statement
\set columns 'relname, relkind'
\set condition 'WHERE relname = ''pg_class'''
SELECT :columns FROM pg_class :condition;
\set op '+'
SELECT 1 :op 2 AS three;
\set quoted '''inner'''
SELECT :quoted AS q;
