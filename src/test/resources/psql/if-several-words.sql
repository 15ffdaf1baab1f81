-- what is no boolean counts as false and is said
\if maybe
\echo yes
\else
\echo no
\endif
\if
\echo yes
\else
\echo empty is no boolean
\endif
\if 'on'
\echo quoted on
\endif
