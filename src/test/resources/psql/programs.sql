-- programs and their status
\! echo out; echo err >&2
\cd sub
\! ls
\cd ..
\setenv GREETING 'hello there'
\! echo "$GREETING"
\getenv got GREETING
\echo :got
\getenv none NO_SUCH_VARIABLE_HERE
\echo :none
