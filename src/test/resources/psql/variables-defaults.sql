-- special variables have a default, and an empty value means on
\set QUIET
\echo :QUIET
SELECT 1 AS one;
CREATE TABLE t (i int);
\unset QUIET
\echo :QUIET
DROP TABLE t;
\set VERBOSITY terse
\echo :VERBOSITY
\unset VERBOSITY
\echo :VERBOSITY
