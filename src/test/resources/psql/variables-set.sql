-- \set joins its words, takes quotes off and unsets nothing
\set greeting hello ' ' world
\set number 7
\set empty
SELECT :'greeting' AS greeting, :number + 1 AS more, :'empty' AS empty;
\echo :greeting / :number / :empty/
