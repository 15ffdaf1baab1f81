-- conditionals in conditionals; what does not run is not looked at
\set a 1
\if :a
  \if :{?missing}
    SELECT 'missing' AS x;
  \else
    SELECT 'inner else' AS x;
    \if no
      \echo `echo not run >&2`
    \endif
  \endif
\else
  \if true
    SELECT 'not here' AS x;
  \endif
\endif
SELECT 'after' AS x;
