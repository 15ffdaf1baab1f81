-- a command that nobody knows
SELECT 1 AS one;
\foo bar
