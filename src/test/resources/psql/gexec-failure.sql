-- the first failure ends it
SELECT 'SELECT 1 AS one', 'SELECT nonsense', 'SELECT 3 AS three' \gexec
