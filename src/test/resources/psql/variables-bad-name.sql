-- names are letters, digits and underscores
\set 'two words' x
