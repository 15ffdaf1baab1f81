-- COPY TO STDOUT
COPY (SELECT g, 'x' || g FROM generate_series(1, 3) g) TO STDOUT;
COPY (VALUES (1, NULL, 'a b')) TO STDOUT WITH (FORMAT csv, HEADER);
\copy (SELECT 5 AS five) to stdout
\copy (SELECT 'it''s (odd)', ')') to stdout with csv
