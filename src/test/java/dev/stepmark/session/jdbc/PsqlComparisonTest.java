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
