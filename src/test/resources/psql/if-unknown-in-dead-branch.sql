SELECT 'before' AS said;
\if false
\nosuch a b
SELECT 'not sent';
\endif
SELECT 'after' AS said;
