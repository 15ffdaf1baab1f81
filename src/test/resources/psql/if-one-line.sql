-- several commands and statements on one line
\if true \\ SELECT 1 AS a; SELECT 2 AS b; \echo yes \else \\ SELECT 3; \endif
SELECT 4 AS d; \echo end
