-- the encoding is what it is
\encoding
\encoding UTF8
SELECT 'grün' AS g;
