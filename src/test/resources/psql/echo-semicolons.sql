-- \echo keeps semicolons, and a second command may follow on the line
\echo a;b ;
\echo one \echo two
\set x 1 \echo :x
\echo end \\ SELECT 1 AS one;
