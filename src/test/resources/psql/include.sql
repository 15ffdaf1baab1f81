-- scripts in scripts
\set who 'the outer one'
\i include-inner.sql
\echo back, set by the inner one: :inner
\ir sub/include-sub.sql
\include include-inner.sql
