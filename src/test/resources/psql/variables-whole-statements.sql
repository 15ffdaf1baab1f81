-- a value can hold whole statements
\set both 'SELECT 1 AS one; SELECT 2 AS two;'
:both
\set half 'SELECT 3 AS three'
:half ;
SELECT 'after' AS word;
