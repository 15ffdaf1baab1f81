\if true
\echo taken
\else
\nosuch
\endif
\echo end
