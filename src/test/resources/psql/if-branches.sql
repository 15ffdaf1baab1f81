-- one branch of a conditional runs
\set yes on
\if :yes
SELECT 'yes' AS branch;
\else
SELECT 'no' AS branch;
\endif
\if false
SELECT 'first' AS branch;
\elif 0
SELECT 'second' AS branch;
\elif tr
SELECT 'third' AS branch;
\elif true
SELECT 'fourth' AS branch;
\else
SELECT 'none' AS branch;
\endif
