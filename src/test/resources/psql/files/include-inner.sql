-- read by include.sql
SELECT :'who' AS who;
\set inner value
\if :{?inner}
\echo in the inner one
\endif
