\if false
\crosstabview
\d nowhere
\e
\lo_import nothing
\password
SELECT 1 \gx
\endif
\echo end
