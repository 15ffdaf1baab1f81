package dev.stepmark.session.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.session.OutputSink.Stream;
import dev.stepmark.session.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same statements through psql 15, where there is one, and through a session: both print the same bytes. */
class PsqlComparisonTest {

    @TempDir
    Path directory;

    @BeforeEach
    void needsPsql() throws Exception {
        Assumptions.assumeTrue(version().startsWith("psql (PostgreSQL) 15"), "needs psql 15");
    }

    private static String version() throws InterruptedException {
        try {
            Process process = new ProcessBuilder("psql", "--version").redirectErrorStream(true).start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return text;
        } catch (IOException e) {
            return "";
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "SELECT 1 AS a, 'x' AS b, NULL AS c",
        "SELECT 1 WHERE false",
        "SELECT g, g * 1.5 AS numeric, 'row ' || g FROM generate_series(1, 12) g",
        "SELECT true AS b, 1.5::float8 AS f, 0.1::real AS r, 12.50::money AS m, now() > '2020-01-01' AS t",
        "SELECT E'two\\nlines' AS \"a\\nb\", E'tab\\there' AS t, E'\\r' AS r",
        "SELECT 'gr\u00fc\u00dfe' AS a, '\u4e2d\u6587' AS b, 'x' AS \u540d",
        "SELECT",
        "VALUES (1, 'one'), (2, 'two')",
        "TABLE pg_am",
        "SHOW search_path",
        "EXPLAIN (COSTS OFF) SELECT 1",
        "SELECT '{\"a\": 1}'::jsonb ? 'a' AS has, array[1, 2] AS arr, '\\x00ff'::bytea AS b, 1::bit(4) AS bits",
        "SELECT '2026-11-20 12:00:00+00'::timestamptz, '1 day'::interval, current_setting('TimeZone')",
        "SELECT 'one' AS \"?column?\", 10::oid, '5'::xid, '(0,1)'::tid",
        "CREATE TABLE t (id int, name text)",
        "CREATE TABLE IF NOT EXISTS pg_temp.u (id int);CREATE TABLE IF NOT EXISTS pg_temp.u (id int)",
        "CREATE TABLE t (id int);INSERT INTO t VALUES (1), (2);UPDATE t SET id = 3;DELETE FROM t RETURNING id;SELECT",
        "CREATE TABLE t (id int PRIMARY KEY);INSERT INTO t VALUES (1);INSERT INTO t VALUES (1)",
        "SELECT * FROM missing",
        "SELECT 1 +\n  nonsense\n  FROM pg_class",
        "SELECT 'a long line to be cut on both sides because it is longer than sixty', missing, 'and more text to the right'",
        "SELECT missing, 'a long line to be cut on the right side because it is longer than sixty columns, is it not'",
        "SELECT '\u4e2d\u6587\u4e2d\u6587', missing",
        "SELECT\t1,\tmissing",
        "SELCT 1",
        "SELECT 1/0",
        "SELECT 'a'::int",
        "DO $$ BEGIN RAISE NOTICE 'hello'; RAISE WARNING 'careful' USING HINT = 'a hint', DETAIL = 'a detail'; END $$",
        "DO $$ BEGIN RAISE EXCEPTION 'no' USING HINT = 'a hint', DETAIL = 'a detail', ERRCODE = 'P0001'; END $$",
        "SELECT 'e\u0301\tx', missing",
        "DO $$ BEGIN EXECUTE 'SELECT missing'; END $$",
        "DO $$ BEGIN PERFORM 1/0; END $$",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT missing'",
        "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN 1/0; END';SELECT f()",
        "CREATE FUNCTION g(a int) RETURNS int LANGUAGE SQL BEGIN ATOMIC SELECT a; SELECT a + 1; END",
        "BEGIN;SELECT 1/0;SELECT 1;COMMIT",
        "BEGIN;BEGIN;ROLLBACK;ROLLBACK",
        "COPY (VALUES (1, 'a'), (2, NULL)) TO STDOUT",
        "COPY (VALUES (1, 'a'), (2, NULL)) TO STDOUT (FORMAT csv, HEADER)",
        "LISTEN ch;NOTIFY ch, 'hello'",
        "PREPARE p AS SELECT 1 AS one;EXECUTE p;DEALLOCATE p",
        "BEGIN;DECLARE c CURSOR FOR VALUES (1), (2), (3);FETCH 2 FROM c;MOVE 1 FROM c;CLOSE c;COMMIT",
        "VACUUM pg_am",
        "CREATE TABLE t (id int);CREATE INDEX CONCURRENTLY i ON t (id);DROP TABLE t",
        "SET search_path = nowhere;RESET search_path",
        "SELECT $1",
        "-- only a comment",
        "SELECT 1; -- behind",
        "/* before */ SELECT 2 AS two",
        "TRUNCATE missing",
        "CREATE TABLE p (id int PRIMARY KEY);CREATE TABLE c (id int REFERENCES p);DROP TABLE p",
        "CREATE TABLE p (id int PRIMARY KEY);CREATE TABLE c (id int REFERENCES p);DROP TABLE p CASCADE",
        "SELECT 1 AS one INTO TEMP x;TABLE x",
        "\\x;SELECT g, 'row' || g AS name FROM generate_series(1, 3) g;SELECT 1 WHERE false",
        "\\echo one two",
        "SELECT 'NaN'::float8, 'Infinity'::float8, '-Infinity'::real, 'NaN'::numeric, 'Infinity'::numeric, '-0'::float8, 1e300::float8, 1e-7::real",
        "SELECT '0044-03-15 BC'::date, 'infinity'::date, '-infinity'::timestamp, '4713-01-01 00:00 BC'::timestamptz, '24:00'::time, '23:59:60'::timetz, '294276-12-31'::timestamp",
        "SET intervalstyle = 'iso_8601';SELECT '1 year -2 mons 3 days 04:05:06.7'::interval;SET intervalstyle = 'sql_standard';SELECT '1 year -2 mons 3 days 04:05:06.7'::interval;SET intervalstyle = 'postgres_verbose';SELECT '-1 day 2:00'::interval, '0'::interval",
        "SET bytea_output = 'escape';SELECT E'\\\\000\\\\\\\\a\\'\\\\377'::bytea, ''::bytea",
        "SELECT '1.5'::money, '-1234567.891'::money, B'0101', B''::varbit, X'ff', '{1,NULL,\"a b\",\"q\\\"\"}'::text[], array[[1,2],[3,4]], '[0:1]={1,2}'::int[], '{}'::int[]",
        "SELECT '<a x=\"1\">t</a>'::xml, xmlelement(name b, 'x<y')",
        "SELECT '{\"a\" : [1,2 ],\"b\":null}'::json, '{\"b\":1,\"a\":\"\\u00e9\"}'::jsonb, '\"x\"'::jsonb",
        "SELECT row(1, 'a b', NULL, '', row(2, '\"'))::text, row(1, NULL) AS r, (SELECT c FROM (VALUES (1, 'x,y')) c) AS composite",
        "SELECT int4range(1, 5), '[2026-01-01,)'::tstzrange, 'empty'::int8range, '{[1,3),[5,7)}'::int4multirange",
        "SELECT '(1,2)'::point, '((0,0),(1,1))'::box, '<(0,0),2>'::circle, '1.2.3.4/8'::inet, '::1'::inet, '08:00:2b:01:02:03'::macaddr, 'a b & c'::tsquery, 'a fat cat'::tsvector",
        "SELECT 1 AS a, 2 AS a, 3 AS \" \", 4 AS \"A\", 5 AS \"with | bar\", 6 AS \"a+b\"",
        "SELECT 1 AS \"\"",
        "SELECT FROM generate_series(1, 3)",
        "\\x;SELECT FROM generate_series(1, 3);SELECT 1 AS a, E'one\\ntwo' AS b;SELECT 'x' AS \"long name of a column\", NULL AS n",
        "SELECT E'\\x01\\x02\\x1b[31m\\x7f' AS control, E'\\u0085\\u00a0\\u200b\\u200d' AS odd, E'\\u202e' AS bidi",
        "SELECT '\ud83d\ude00' AS emoji, 'a\u0301' AS combined, '\uff21' AS wide, '\u0e01\u0e33' AS thai, '\ud83d\udc68\u200d\ud83d\udc69' AS family",
        "SELECT E'tab\\there\\n\\ttab' AS t, E'a\\r\\nb' AS crlf, E'\\\\n' AS b, '' AS empty, '  ' AS blanks",
        "SELECT '\u4e2d\u6587 a long line with wide characters before it and then what is missing', missing, '\u4e2d\u6587\u4e2d\u6587\u4e2d\u6587\u4e2d\u6587 after'",
        "SELECT 'x',\n\t'\u00e4\u00f6\u00fc\t\u4e2d',\tmissing -- behind\n FROM pg_class",
        "SELECT 1\r\n  , missing\r\nFROM pg_class",
        "SELECT 'unknown' + 1",
        "SELECT foo(1, 'x'::text, NULL)",
        "SELECT * FROM pg_clas",
        "SELECT relnam FROM pg_class",
        "INSERT INTO pg_am VALUES (1, 2, 3, 4, 5)",
        "CREATE TABLE t (id int CHECK (id > 0) NOT NULL, d date);INSERT INTO t VALUES (-1, now());INSERT INTO t VALUES (NULL);INSERT INTO t VALUES (1, 'x');INSERT INTO t SELECT 1, 2",
        "CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY, j json);INSERT INTO t VALUES (1);INSERT INTO t (j) VALUES ('{\"a\": 1, \"b\": {]}')",
        "DO $$ BEGIN RAISE DEBUG 'd'; RAISE LOG 'l'; RAISE INFO 'i'; RAISE NOTICE E'n\\nm'; RAISE WARNING 'w'; END $$",
        "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '23505', MESSAGE = 'm', DETAIL = E'two\\nlines', HINT = 'h', TABLE = 't', COLUMN = 'c', CONSTRAINT = 'k', DATATYPE = 'd', SCHEMA = 's'; END $$",
        "DO $$ BEGIN RAISE EXCEPTION ''; END $$",
        "DO $$ BEGIN FOR i IN 1..3000 LOOP RAISE NOTICE 'flood %', i; END LOOP; END $$",
        "DO $x$ BEGIN EXECUTE 'SELECT 1 +' || E'\\n' || '  missing'; END $x$",
        "SET client_min_messages = debug1;CREATE TABLE t (id int PRIMARY KEY);DROP TABLE t",
        "SET client_min_messages = error;DO $$ BEGIN RAISE WARNING 'w'; END $$",
        "CREATE TABLE t AS SELECT 1 AS a;MERGE INTO t USING (VALUES (1), (2)) v (a) ON t.a = v.a WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (v.a);TABLE t",
        "CREATE MATERIALIZED VIEW m AS SELECT 1;REFRESH MATERIALIZED VIEW m;CREATE VIEW v AS SELECT 1 AS a;INSERT INTO v VALUES (1)",
        "INSERT INTO missing VALUES (1) RETURNING *;CREATE TABLE t (a int, b text);INSERT INTO t VALUES (1, 'x'), (2, NULL) RETURNING b, a;UPDATE t SET b = 'y' WHERE false RETURNING *;DELETE FROM t",
        "BEGIN;DECLARE c CURSOR FOR SELECT 1 AS one;FETCH 0 FROM c;FETCH ALL FROM c;FETCH NEXT FROM c;CLOSE ALL;COMMIT",
        "BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY;CREATE TABLE t (a int);ROLLBACK",
        "BEGIN;SAVEPOINT a;SELECT 1/0;ROLLBACK TO a;SELECT 1;RELEASE a;COMMIT AND CHAIN;END",
        "PREPARE TRANSACTION 'x';COMMIT PREPARED 'x'",
        "COPY (SELECT 1/0) TO STDOUT",
        "COPY (SELECT g, NULL, E'tab\\there\\\\' FROM generate_series(1, 3) g) TO STDOUT (DELIMITER '|', NULL 'nil')",
        "COPY pg_am TO '/nowhere/file'",
        "EXPLAIN (FORMAT JSON, COSTS OFF) SELECT 1;EXPLAIN (FORMAT YAML, COSTS OFF) SELECT 1",
        "SET timezone = 'Asia/Kathmandu';SELECT '2026-01-01 00:00:00.123456+00'::timestamptz;SET timezone TO DEFAULT",
        "SET statement_timeout = '50ms';SELECT pg_sleep(10);SELECT 1",
        "SET lock_timeout = 1;SHOW lock_timeout;SHOW ALL_missing",
        "\\pset border 2;\\pset null '(null)';SELECT NULL AS a, 'x' AS b;\\pset format csv;SELECT NULL AS a, 'x,\"y' AS b",
        "\\pset format wrapped;\\pset columns 30;SELECT 'a rather long text that must be wrapped somewhere' AS t, 1 AS n",
        "\\pset linestyle unicode;\\pset border 2;SELECT 1 AS a, E'x\\ny' AS b",
        "\\set VERBOSITY verbose;SELECT 1/0;SELECT missing;\\set VERBOSITY terse;SELECT missing;\\set VERBOSITY sqlstate;SELECT 1/0",
        "\\set SHOW_CONTEXT always;DO $$ BEGIN RAISE NOTICE 'n'; END $$",
        "\\t;SELECT 1;\\a;SELECT 1, 2;\\f '#';SELECT 1, 2",
        "SELECT string_agg('c' || g, ',') = '' AS x, repeat('w', 300) AS wide FROM generate_series(1, 5) g",
        ";;",
        "SELECT 1;;SELECT 2",
        "SELECT U&'d\\0061t\\+000061', U&\"d\\0061\" FROM (SELECT 1 AS da) x",
        "SELECT $tag$a b$tag$, $$c'd$$, E'it''s', 'it''s'",
        "CREATE TYPE mood AS ENUM ('sad', 'ok');SELECT 'ok'::mood, 'bad'::mood",
        "CREATE DOMAIN pos AS int CHECK (VALUE > 0);SELECT (-1)::pos",
        "CREATE FUNCTION s() RETURNS SETOF int LANGUAGE sql AS 'VALUES (1), (2)';SELECT s()",
        "CALL missing();ALTER SYSTEM SET nothing = 1;ANALYZE missing;REINDEX TABLE missing",
        "GRANT SELECT ON pg_class TO nobody_at_all;DROP ROLE IF EXISTS nobody_at_all",
        "SELECT pg_catalog.set_config('a.b', 'c', false);SHOW a.b;DISCARD ALL;SHOW a.b",
        "\\conninfo"})
    void printsTheSame(String statements) throws Exception {
        List<String> list = List.of(statements.startsWith("DO ") || statements.contains("BEGIN ATOMIC")
                || statements.contains("plpgsql") ? splitAfterBody(statements) : statements.split(";(?=\\S)"));
        try (JdbcFixture mine = new JdbcFixture()) {
            ByteArrayOutputStream printed = new ByteArrayOutputStream();
            ByteArrayOutputStream errors = new ByteArrayOutputStream();
            for (String statement : list) {
                mine.session.run(Request.of(statement), (stream, bytes, offset, length) ->
                        (stream == Stream.STDERR ? errors : printed).write(bytes, offset, length));
            }
            String[] psql = psql(mine, list);
            String err = errors.toString(StandardCharsets.UTF_8).replaceAll("(?m)^WARNING:  the transaction had failed.*\n", "");
            assertThat(pids(printed.toString(StandardCharsets.UTF_8), mine)).isEqualTo(pids(psql[0], mine));
            assertThat(err).isEqualTo(psql[1]);
        }
    }

    @Test
    void asManyColumnsAsThereCanBe() throws Exception {
        String columns = java.util.stream.IntStream.rangeClosed(1, 1664).mapToObj(Integer::toString)
                .collect(java.util.stream.Collectors.joining(", "));
        printsTheSame("SELECT " + columns);
        printsTheSame("SELECT " + columns + ", 1665");
    }

    private static String[] splitAfterBody(String statements) {
        int end = statements.endsWith("SELECT f()") ? statements.lastIndexOf(';') : -1;
        return end < 0 ? new String[] {statements}
                : new String[] {statements.substring(0, end), statements.substring(end + 1)};
    }

    private static String pids(String text, JdbcFixture mine) {
        return text.replaceAll("PID \\d+", "PID N").replace(mine.database, "DB").replaceFirst("fresh_\\d+", "DB");
    }

    private String[] psql(JdbcFixture mine, List<String> statements) throws Exception {
        List<String> command = new ArrayList<>(List.of("psql", "-X", "-w", "-h", mine.server.host(), "-p",
                Integer.toString(mine.server.port()), "-U", mine.server.user(), "-d", mine.server.freshDatabase()));
        statements.forEach(statement -> command.addAll(List.of("-c", statement)));
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
        builder.environment().put("PGCLIENTENCODING", "UTF8");
        builder.environment().put("LANG", "C.UTF-8");
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new String[] {Files.readString(out), Files.readString(err)};
    }
}
