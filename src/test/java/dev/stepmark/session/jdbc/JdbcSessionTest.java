package dev.stepmark.session.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepmark.session.CancelReport;
import dev.stepmark.session.Opened;
import dev.stepmark.session.Outcome;
import dev.stepmark.session.Outcome.Transaction;
import dev.stepmark.session.OutputSink;
import dev.stepmark.session.Request;
import dev.stepmark.session.Result;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a session on a real server does beyond the contract of all sessions. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class JdbcSessionTest {

    private JdbcFixture jdbc;
    private final ExecutorService other = Executors.newSingleThreadExecutor();

    @BeforeEach
    void open() throws Exception {
        jdbc = new JdbcFixture();
    }

    @AfterEach
    void close() {
        jdbc.close();
        other.shutdownNow();
    }

    @Test
    void saysWhoTheServerIs() {
        Opened opened = jdbc.session.opened();
        assertThat(opened.kind()).isEqualTo("jdbc");
        assertThat(opened.label()).matches(jdbc.database + " as postgres on localhost:" + jdbc.server.port()
                + ", PostgreSQL 15\\.\\d+, a primary");
        assertThat(opened.identity().keySet()).containsExactly("host", "port", "database", "user", "server_version",
                "server_version_num", "system_identifier", "in_recovery", "backend_pid", "ssl", "database_oid",
                "server_address", "server_started");
        assertThat(opened.identity()).containsEntry("database", jdbc.database).containsEntry("in_recovery", "false")
                .containsEntry("ssl", "false");
        assertThat(opened.identity().get("system_identifier")).isEqualTo(
                ask("SELECT system_identifier FROM pg_control_system()"));
        assertThat(opened.identity().get("backend_pid")).isEqualTo(row("SELECT pg_backend_pid()").get(0));
    }

    @Test
    void aQueryGivesItsTableAndASample() {
        Outcome.Done done = jdbc.done("SELECT g AS id, 'row ' || g AS name, NULL AS nothing FROM generate_series(1, 2) g");
        Result result = done.results().get(0);
        assertThat(result.tag()).isEqualTo("SELECT 2");
        assertThat(result.columns()).containsExactly(new Result.Column("id", true), new Result.Column("name", false),
                new Result.Column("nothing", false));
        assertThat(result.rows()).containsExactly(java.util.Arrays.asList("1", "row 1", null),
                java.util.Arrays.asList("2", "row 2", null));
        assertThat(result.rowCount()).isEqualTo(2);
        assertThat(jdbc.result()).isEqualTo("""
                 id | name  | nothing\s
                ----+-------+---------
                  1 | row 1 |\s
                  2 | row 2 |\s
                (2 rows)

                """);
    }

    @Test
    void aCommandGivesItsTag() {
        assertThat(result("CREATE TABLE t (id int)").tag()).isEqualTo("CREATE TABLE");
        assertThat(result("CREATE TABLE u (id int)").rowCount()).isEqualTo(-1);
        Result insert = result("INSERT INTO t SELECT generate_series(1, 12)");
        assertThat(insert.tag()).isEqualTo("INSERT 0 12");
        assertThat(insert.rowCount()).isEqualTo(12);
        assertThat(insert.table()).isFalse();
        assertThat(jdbc.result()).isEqualTo("INSERT 0 12\n");
        Result delete = result("DELETE FROM t WHERE id > 10 RETURNING id");
        assertThat(delete.tag()).isEqualTo("DELETE 2");
        assertThat(delete.rows()).containsExactly(List.of("11"), List.of("12"));
        assertThat(jdbc.result()).endsWith("(2 rows)\n\nDELETE 2\n");
    }

    @Test
    void severalWindowsAreOneTable() {
        Result result = result("SELECT g, repeat('x', g % 7) FROM generate_series(1, 3500) g");
        assertThat(result.rowCount()).isEqualTo(3500);
        assertThat(result.rows()).hasSize(Result.SAMPLE_ROWS);
        List<String> lines = jdbc.result().lines().toList();
        assertThat(lines).hasSize(3500 + 4);
        assertThat(lines.get(0)).isEqualTo("  g   | repeat ");
        assertThat(lines.get(2)).isEqualTo("    1 | x");
        assertThat(lines.get(1001)).isEqualTo(" 1000 | xxxxxx");
        assertThat(lines.get(3501)).isEqualTo(" 3500 | ");
        assertThat(lines.get(3502)).isEqualTo("(3500 rows)");
        assertThat(jdbc.session.run(Request.of("SELECT 1"), OutputSink.none())).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void windowsEndAtTheirLimitExactly() {
        for (int rows : new int[] {99, 100, 101, 999, 1000, 1001, 2000}) {
            Result result = result("SELECT g FROM generate_series(1, " + rows + ") g");
            assertThat(result.rowCount()).isEqualTo(rows);
            assertThat(result.tag()).isEqualTo("SELECT " + rows);
            assertThat(jdbc.result().lines()).hasSize(rows + 4);
            assertThat(jdbc.result()).endsWith(rows + "\n(" + rows + " rows)\n\n");
        }
    }

    @Test
    void recordsAreNumberedOnAcrossWindows() {
        jdbc.done("\\x on");
        Result result = result("SELECT g AS number_of_the_row FROM generate_series(1, 1200) g");
        assertThat(result.expanded()).isTrue();
        List<String> lines = jdbc.result().lines().toList();
        assertThat(lines.get(0)).isEqualTo("-[ RECORD 1 ]-----+-----");
        assertThat(lines.get(2398)).startsWith("-[ RECORD 1200 ]--+");
        assertThat(lines.get(2399)).isEqualTo("number_of_the_row | 1200");
    }

    @Test
    void wideRowsAreReadAFewAtATime() {
        Result result = result("SELECT repeat('x', 1000000) FROM generate_series(1, 30)");
        assertThat(result.rowCount()).isEqualTo(30);
        assertThat(result.rows().size()).isBetween(1, 3);
        assertThat(jdbc.sink().printed().length()).isGreaterThan(30_000_000);
    }

    @Test
    void aTransactionIsTheDocumentsOwn() throws SQLException {
        jdbc.done("CREATE TABLE t (id int)");
        assertThat(jdbc.done("BEGIN").transaction()).isEqualTo(Transaction.OPEN);
        assertThat(jdbc.done("INSERT INTO t VALUES (1)").transaction()).isEqualTo(Transaction.OPEN);
        assertThat(jdbc.done("SELECT * FROM generate_series(1, 2500)").transaction()).isEqualTo(Transaction.OPEN);
        assertThat(elsewhere("SELECT count(*) FROM t")).isEqualTo("0");
        assertThat(jdbc.done("COMMIT").transaction()).isEqualTo(Transaction.NONE);
        assertThat(elsewhere("SELECT count(*) FROM t")).isEqualTo("1");
    }

    @Test
    void aCursorOfOursDoesNotOutliveItsStatement() {
        jdbc.done("CREATE TABLE t AS SELECT generate_series(1, 2500) AS id");
        jdbc.done("BEGIN");
        jdbc.done("SELECT * FROM t");
        assertThat(row("SELECT count(*) FROM pg_cursors WHERE name <> '' AND statement NOT LIKE '%pg_cursors%'").get(0))
                .isEqualTo("0");
        jdbc.done("ALTER TABLE t ADD COLUMN name text");
        jdbc.done("COMMIT");
    }

    @Test
    void returningManyRowsInATransactionKeepsTheTag() {
        jdbc.done("CREATE TABLE t (id int)");
        jdbc.done("BEGIN");
        assertThat(result("INSERT INTO t SELECT generate_series(1, 2500) RETURNING id").tag()).isEqualTo("INSERT 0 2500");
        assertThat(result("UPDATE t SET id = id + 1 RETURNING id").tag()).isEqualTo("UPDATE 2500");
        assertThat(jdbc.result()).endsWith("(2500 rows)\n\nUPDATE 2500\n");
    }

    @Test
    void anErrorIsTheServersVerdictAndLeavesNothingOpen() {
        Outcome.Failed failed = (Outcome.Failed) jdbc.run("SELECT missing\nFROM pg_class");
        assertThat(failed.sqlState()).isEqualTo("42703");
        assertThat(failed.transaction()).isEqualTo(Transaction.NONE);
        assertThat(failed.message()).isEqualTo("""
                ERROR:  column "missing" does not exist
                LINE 1: SELECT missing
                               ^""");
        assertThat(jdbc.err()).isEqualTo(failed.message() + "\n");
        assertThat(jdbc.done("SELECT 1").transaction()).isEqualTo(Transaction.NONE);
    }

    @Test
    void anErrorAfterManyRowsIsTheServersVerdict() {
        Outcome outcome = jdbc.run("SELECT 1 / (3000 - g) FROM generate_series(1, 5000) g");
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.sqlState()).isEqualTo("22012");
            assertThat(failed.transaction()).isEqualTo(Transaction.NONE);
        });
        jdbc.done("SELECT 1");
    }

    @Test
    void commitOfAFailedTransactionIsAProblem() {
        jdbc.done("CREATE TABLE t (id int)");
        jdbc.done("BEGIN");
        jdbc.done("INSERT INTO t VALUES (1)");
        assertThat(jdbc.run("SELECT 1/0")).isInstanceOfSatisfying(Outcome.Failed.class,
                failed -> assertThat(failed.transaction()).isEqualTo(Transaction.FAILED));
        Outcome.Done done = jdbc.done("COMMIT;");
        assertThat(done.results().get(0).tag()).isEqualTo("ROLLBACK");
        assertThat(done.problems()).containsExactly(new Outcome.Problem(0, "COMMIT", "ROLLBACK"));
        assertThat(done.transaction()).isEqualTo(Transaction.NONE);
        assertThat(jdbc.err()).contains("nothing of it was kept");
        assertThat(row("SELECT count(*) FROM t").get(0)).isEqualTo("0");

        jdbc.done("BEGIN");
        assertThat(jdbc.done("ROLLBACK").problems()).isEmpty();
    }

    @Test
    void aFailureAtCommitOfOurOwnTransactionIsTheServersVerdict() {
        jdbc.done("CREATE TABLE t (id int PRIMARY KEY DEFERRABLE INITIALLY DEFERRED)");
        jdbc.done("CREATE FUNCTION twice() RETURNS int LANGUAGE sql AS 'INSERT INTO t VALUES (1), (1) RETURNING id'");
        assertThat(jdbc.run("SELECT twice()")).isInstanceOfSatisfying(Outcome.Failed.class,
                failed -> assertThat(failed.sqlState()).isEqualTo("23505"));
        assertThat(row("SELECT count(*) FROM t").get(0)).isEqualTo("0");
    }

    @Test
    void aQueryThatMustStandAloneIsRunWithoutOurTransaction() {
        jdbc.done("CREATE SEQUENCE calls");
        jdbc.done("CREATE FUNCTION alone() RETURNS void LANGUAGE plpgsql AS $$ BEGIN PERFORM nextval('calls');"
                + " RAISE 'cannot run inside a transaction block' USING ERRCODE = '25001'; END $$");
        assertThat(jdbc.run("SELECT alone()")).isInstanceOf(Outcome.Failed.class);
        assertThat(jdbc.err().lines().filter(line -> line.startsWith("ERROR:"))).hasSize(1);
        assertThat(row("SELECT last_value FROM calls")).containsExactly("2");
        jdbc.run(readOnly("SELECT alone()"));
        assertThat(row("SELECT last_value FROM calls")).containsExactly("2");
    }

    @Test
    void aSinkThatFailsLeavesTheSessionUsable() {
        jdbc.done("BEGIN");
        for (String text : List.of("SELECT generate_series(1, 5000)", "COPY (SELECT generate_series(1, 5000)) TO STDOUT",
                "DO $$ BEGIN RAISE NOTICE 'x'; END $$")) {
            OutputSink full = (stream, bytes, offset, length) -> {
                throw new IllegalStateException("no space left");
            };
            assertThatThrownBy(() -> jdbc.session.run(Request.of(text), full)).hasMessage("no space left");
            assertThat(jdbc.session.cancel().asked()).isFalse();
            jdbc.run("ROLLBACK");
            assertThat(row("SELECT 'next'")).containsExactly("next");
        }
    }

    @Test
    void readOnlyIsKeptByTheServer() {
        jdbc.done("CREATE TABLE t (id int)");
        jdbc.done("CREATE FUNCTION sneaky() RETURNS void LANGUAGE sql AS 'INSERT INTO t VALUES (1)'");
        for (String text : List.of("INSERT INTO t VALUES (1)", "SELECT sneaky()")) {
            assertThat(jdbc.run(readOnly(text))).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
                assertThat(failed.sqlState()).isEqualTo("25006");
                assertThat(failed.transaction()).isEqualTo(Transaction.NONE);
            });
        }
        assertThat(jdbc.run(readOnly("SELECT 1"))).isInstanceOf(Outcome.Done.class);
        assertThat(jdbc.done("INSERT INTO t VALUES (2)").transaction()).isEqualTo(Transaction.NONE);
    }

    @Test
    void statementsOfOurOwnAreTold() {
        assertThat(jdbc.session.framing(Request.of("SELECT 1"))).containsExactly("BEGIN", "...", "COMMIT");
        assertThat(jdbc.session.framing(readOnly("SHOW port"))).containsExactly("START TRANSACTION READ ONLY", "...",
                "COMMIT");
        assertThat(jdbc.session.framing(Request.of("CREATE TABLE t (id int)"))).isEmpty();
        assertThat(jdbc.session.framing(Request.of("VACUUM"))).isEmpty();
        assertThat(jdbc.session.framing(tagged("DELETE FROM t", "stepmark:k7qd:5"))).containsExactly(
                "SET application_name = 'stepmark:k7qd:5'", "...");
        jdbc.done("BEGIN");
        assertThat(jdbc.session.framing(Request.of("SELECT 1"))).isEmpty();
        assertThat(jdbc.session.framing(Request.of("\\x"))).isEmpty();
    }

    @Test
    void theTagNamesTheSessionOnTheServer() throws SQLException {
        assertThat(row("SHOW application_name").get(0)).isEqualTo("stepmark");
        jdbc.run(tagged("SELECT 1", "stepmark:k7qd:5"));
        String pid = jdbc.session.opened().identity().get("backend_pid");
        assertThat(elsewhere("SELECT application_name FROM pg_stat_activity WHERE pid = " + pid))
                .isEqualTo("stepmark:k7qd:5");
        jdbc.done("BEGIN");
        jdbc.run("SELECT 1/0");
        assertThat(jdbc.run(tagged("ROLLBACK", "stepmark:k7qd:6"))).isInstanceOf(Outcome.Done.class);
        jdbc.run(tagged("SELECT 1", "it's \u00e4 long name " + "x".repeat(80)));
        assertThat(elsewhere("SELECT application_name FROM pg_stat_activity WHERE pid = " + pid))
                .isEqualTo("it's ? long name " + "x".repeat(46));
    }

    @Test
    void theZoneIsTheServersAndNotTheJvms() throws Exception {
        TimeZone before = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
        try {
            jdbc.server.execute("postgres", "ALTER DATABASE " + jdbc.database + " SET TimeZone = 'America/Lima'");
            try (JdbcSession session = JdbcSession.open(jdbc.spec(jdbc.database), (char[]) null, Options.DEFAULT)) {
                Outcome.Done done = (Outcome.Done) session.run(Request.of("SHOW TimeZone"), OutputSink.none());
                assertThat(done.results().get(0).rows()).containsExactly(List.of("America/Lima"));
            }
            try (JdbcSession session = JdbcSession.open(jdbc.spec("postgres"), (char[]) null, Options.DEFAULT)) {
                Outcome.Done done = (Outcome.Done) session.run(Request.of("SHOW TimeZone"), OutputSink.none());
                assertThat(done.results().get(0).rows().get(0).get(0)).isNotEqualTo("Asia/Tokyo");
            }
        } finally {
            TimeZone.setDefault(before);
        }
    }

    @Test
    void textGoesToTheServerAsItIs() {
        assertThat(row("SELECT '{fn now()}' AS \"{d '2020-01-01'}\"")).containsExactly("{fn now()}");
        assertThat(row("SELECT '{\"a\": 1}'::jsonb ? 'a' AS has")).containsExactly("t");
        assertThat(row("SELECT E'a\\\\b', $$it's$$, 'semi;colon'")).containsExactly("a\\b", "it's", "semi;colon");
    }

    @Test
    void noticesShowWhileTheStatementRuns() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        OutputSink sink = (stream, bytes, offset, length) -> {
            if (stream == OutputSink.Stream.STDERR && new String(bytes, offset, length).contains("half way")) {
                seen.countDown();
            }
        };
        Future<Outcome> running = other.submit(() -> jdbc.session.run(
                Request.of("DO $$ BEGIN RAISE NOTICE 'half way'; PERFORM pg_sleep(300); END $$"), sink));
        seen.await();
        assertThat(running.isDone()).isFalse();
        jdbc.session.cancel();
        assertThat(running.get()).isInstanceOf(Outcome.Cancelled.class);
    }

    @Test
    void settingsAreAChange() {
        assertThat(settings("SET search_path = a, \"B\" ; -- why")).containsExactly("search_path=a, \"B\"");
        assertThat(settings("SET SESSION lock_timeout TO '2s'")).containsExactly("lock_timeout='2s'");
        assertThat(settings("SET TIME ZONE 'UTC'")).containsExactly("timezone='UTC'");
        assertThat(settings("SET ROLE postgres")).containsExactly("role=postgres");
        assertThat(settings("RESET lock_timeout")).containsExactly("lock_timeout=DEFAULT");
        assertThat(settings("SET my.password = 'x'")).containsExactly("my.password=(not kept)");
        assertThat(jdbc.done("SHOW lock_timeout").change()).isEmpty();
        jdbc.done("BEGIN");
        assertThat(jdbc.done("SET LOCAL lock_timeout = '1s'").change()).isEmpty();
    }

    @Test
    void aTimeoutOfTheServerIsAFailureAndNoCancel() {
        jdbc.done("SET statement_timeout = '50ms'");
        assertThat(jdbc.run("SELECT pg_sleep(300)")).isInstanceOfSatisfying(Outcome.Failed.class,
                failed -> assertThat(failed.sqlState()).isEqualTo("57014"));
    }

    @Test
    void aCancelInATransactionLeavesItFailed() throws Exception {
        jdbc.done("BEGIN");
        Request request = new Request("SELECT pg_sleep(300)", "", Map.of(), Optional.of(Duration.ofMillis(100)), false);
        assertThat(jdbc.run(request)).isEqualTo(
                new Outcome.Cancelled("57014", true, List.of(), Transaction.FAILED));
        assertThat(jdbc.done("ROLLBACK").transaction()).isEqualTo(Transaction.NONE);
    }

    @Test
    void aCancelWhileRowsComeStopsThem() throws Exception {
        // the aligned format would wait for the last row
        jdbc.done("\\pset format unaligned");
        CountDownLatch rows = new CountDownLatch(1);
        OutputSink sink = (stream, bytes, offset, length) -> rows.countDown();
        Future<Outcome> running = other.submit(
                () -> jdbc.session.run(Request.of("SELECT generate_series(1, 2000000000)"), sink));
        rows.await();
        assertThat(jdbc.session.cancel().asked()).isTrue();
        assertThat(running.get()).isInstanceOfSatisfying(Outcome.Cancelled.class,
                cancelled -> assertThat(cancelled.transaction()).isEqualTo(Transaction.NONE));
        assertThat(jdbc.done("SELECT 1").transaction()).isEqualTo(Transaction.NONE);
    }

    @Test
    void aKillEndsTheBackend() throws Exception {
        String pid = jdbc.session.opened().identity().get("backend_pid");
        Future<Outcome> running = other.submit(() -> jdbc.run("SELECT pg_sleep(300)"));
        CancelReport report = jdbc.session.kill();
        while (!report.asked()) {
            Thread.onSpinWait();
            report = jdbc.session.kill();
        }
        assertThat(report.means()).isEqualTo("ended the backend (pid " + pid + ")");
        assertThat(running.get()).isEqualTo(new Outcome.Cancelled("57P01", false, List.of(), Transaction.NONE));
        assertThat(jdbc.session.alive()).isFalse();
        assertThat(elsewhere("SELECT count(*) FROM pg_stat_activity WHERE pid = " + pid)).isEqualTo("0");
    }

    @Test
    void aBackendThatSomebodyElseEndsIsLost() throws Exception {
        String pid = jdbc.session.opened().identity().get("backend_pid");
        Future<Outcome> running = other.submit(() -> jdbc.run("SELECT pg_sleep(300)"));
        while (!"active".equals(elsewhere("SELECT state FROM pg_stat_activity WHERE pid = " + pid))) {
            Thread.sleep(5);
        }
        elsewhere("SELECT pg_terminate_backend(" + pid + ")");
        assertThat(running.get()).isInstanceOfSatisfying(Outcome.Lost.class,
                lost -> assertThat(lost.evidence()).contains("57P01"));
        assertThat(jdbc.session.alive()).isFalse();
        assertThat(jdbc.run("SELECT 1")).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void aBackendThatEndedBetweenTwoStatementsIsNoDoubt() throws Exception {
        jdbc.done("CREATE TABLE t (id int)");
        String pid = jdbc.session.opened().identity().get("backend_pid");
        elsewhere("SELECT pg_terminate_backend(" + pid + ", 10000)");
        assertThat(jdbc.run("INSERT INTO t VALUES (1)")).isInstanceOf(Outcome.Refused.class);
        assertThat(jdbc.session.alive()).isFalse();
        assertThat(elsewhere("SELECT count(*) FROM t")).isEqualTo("0");
    }

    @Test
    void whatIsAbandonedGoesOnOnTheServer() throws Exception {
        jdbc.done("CREATE TABLE t (id int)");
        String pid = jdbc.session.opened().identity().get("backend_pid");
        Future<Outcome> running = other.submit(() -> jdbc.run("INSERT INTO t SELECT 1 FROM pg_sleep(0.5)"));
        while (!"active".equals(elsewhere("SELECT state FROM pg_stat_activity WHERE pid = " + pid))) {
            Thread.sleep(5);
        }
        jdbc.session.abandon();
        assertThat(running.get()).isInstanceOfSatisfying(Outcome.Lost.class,
                lost -> assertThat(lost.evidence()).contains(pid));
        while (!"1".equals(elsewhere("SELECT count(*) FROM t"))) {
            Thread.sleep(10);
        }
    }

    @Test
    void copyToStdoutIsOutput() {
        Outcome.Done done = jdbc.done("COPY (SELECT g, NULL FROM generate_series(1, 3) g) TO STDOUT");
        assertThat(jdbc.out()).isEqualTo("1\t\\N\n2\t\\N\n3\t\\N\n");
        assertThat(done.results().get(0).tag()).isEqualTo("COPY 3");
        assertThat(jdbc.run("COPY (SELECT 1/0) TO STDOUT")).isInstanceOfSatisfying(Outcome.Failed.class,
                failed -> assertThat(failed.sqlState()).isEqualTo("22012"));
        jdbc.done("SELECT 1");
    }

    private static Request readOnly(String text) {
        return new Request(text, "", Map.of(), Optional.empty(), true);
    }

    private static Request tagged(String text, String tag) {
        return new Request(text, tag, Map.of(), Optional.empty(), false);
    }

    private Result result(String text) {
        return jdbc.done(text).results().get(0);
    }

    private List<String> row(String text) {
        return result(text).rows().get(0);
    }

    private List<String> settings(String text) {
        return jdbc.done(text).change().orElseThrow().settings();
    }

    private String ask(String sql) {
        try {
            return elsewhere(sql);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Asks on another connection. */
    private String elsewhere(String sql) throws SQLException {
        try (Connection connection = jdbc.server.connect(jdbc.database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : null;
        }
    }
}
