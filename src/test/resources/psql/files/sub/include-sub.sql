SELECT 'sub' AS place;
\ir include-deep.sql
