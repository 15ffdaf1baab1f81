-- variables that psql keeps
SELECT :'DBNAME' = current_database() AS db, :'USER' = current_user AS usr, :'ENCODING' AS enc;
SELECT :SERVER_VERSION_NUM >= 150000 AS num;
\echo :ERROR :SQLSTATE :ROW_COUNT :LAST_ERROR_SQLSTATE
SELECT generate_series(1, 4) AS g;
\echo :ERROR :SQLSTATE :ROW_COUNT
CREATE TABLE t (i int);
\echo :ROW_COUNT
INSERT INTO t SELECT generate_series(1, 3);
\echo :ROW_COUNT
\echo :AUTOCOMMIT :ON_ERROR_ROLLBACK :QUIET :VERBOSITY :SHOW_CONTEXT :FETCH_COUNT :ECHO :SINGLELINE
