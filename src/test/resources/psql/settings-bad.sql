-- what \pset does not know
\pset nonsense 3
