-- arguments that are too many are named
\unset a b c
\echo done
