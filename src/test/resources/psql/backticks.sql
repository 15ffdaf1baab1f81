-- programs in arguments
\set out `echo from a program`
\set two `printf 'a\nb\n'`
SELECT :'out' AS o, :'two' AS t;
\set word 'with ''quote'''
\set shown `echo :'word'`
\echo :shown `echo :out`
