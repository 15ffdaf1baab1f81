package dev.stepmark.session.psql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.session.Outcome;
import dev.stepmark.session.Outcome.Transaction;
import dev.stepmark.session.OutputSink;
import dev.stepmark.session.Request;
import dev.stepmark.session.Result;
import dev.stepmark.testing.EmbeddedServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a session through psql does beyond the contract. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PsqlSessionTest {

    @TempDir
    Path directory;

    @BeforeAll
    static void psql() {
        PsqlFixture.needsPsql();
    }

    @Test
    void saysWhatItIs() throws Exception {
        try (PsqlFixture psql = new PsqlFixture()) {
            assertThat(psql.session.opened().kind()).isEqualTo("psql");
            assertThat(psql.session.opened().label()).matches(psql.database + " as postgres on the socket "
                    + psql.server.sockets() + ":" + psql.server.port()
                    + ", PostgreSQL 15\\.\\d+, a primary, through psql 15\\.\\d+");
            assertThat(psql.session.opened().identity()).containsEntry("database", psql.database)
                    .containsEntry("user", "postgres").containsEntry("in_recovery", "false").containsEntry("ssl", "false")
                    .containsEntry("system_identifier", psql.server.query("postgres",
                            "SELECT system_identifier FROM pg_control_system()"));
        }
    }

    @Test
    void resultsHaveColumnsAndValuesAsTheServerSentThem() throws Exception {
        try (PsqlFixture psql = new PsqlFixture()) {
            Result result = psql.done("SELECT 1 AS a, NULL AS b, '' AS c, '  ' AS d, E'x\\ny\\\\ & #$%_{}~^<>|' AS e").results()
                    .get(0);
            assertThat(result.tag()).isEqualTo("SELECT 1");
            assertThat(result.rows()).containsExactly(java.util.Arrays.asList("1", null, "", "  ",
                    "x\ny\\ & #$%_{}~^<>|"));
            assertThat(result.columns()).extracting(Result.Column::right).containsExactly(true, false, false, false, false);
            assertThat(psql.done("CREATE TABLE t AS SELECT g FROM generate_series(1, 3) g").results().get(0).rowCount())
                    .isEqualTo(3);
            assertThat(psql.done("UPDATE t SET g = 0").results().get(0)).isEqualTo(
                    new Result("UPDATE 3", List.of(), List.of(), 3, false));
            assertThat(psql.done("SELECT").results().get(0).rowCount()).isEqualTo(1);
            assertThat(psql.done("-- nothing").results()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            BEGIN | OPEN
            BEGIN;; SELECT 1 | OPEN
            BEGIN;; SELECT 1/0 | FAILED
            BEGIN;; SELECT 1/0;; COMMIT | NONE
            BEGIN;; SAVEPOINT a;; SELECT 1/0;; ROLLBACK TO a | OPEN
            BEGIN;; SELECT 1/0;; SAVEPOINT a | FAILED
            BEGIN;; COMMIT | NONE
            BEGIN;; COMMIT AND CHAIN | OPEN
            BEGIN;; ROLLBACK AND CHAIN;; END | NONE
            START TRANSACTION;; ABORT | NONE
            BEGIN;; COMMIT nonsense | FAILED
            SELECT 1/0 | NONE
            \\set AUTOCOMMIT off;; SELECT 1 | OPEN
            \\set AUTOCOMMIT off;; SELECT 1;; COMMIT | NONE
            \\set ON_ERROR_ROLLBACK on;; BEGIN;; SELECT 1/0 | OPEN
            BEGIN \\g;; SELECT 1 | OPEN
            SELECT 'BEGIN' \\gexec | OPEN
            BEGIN;; SELECT 1/0 \\gset | FAILED
            BEGIN;; CREATE TABLE p (id int UNIQUE DEFERRABLE INITIALLY DEFERRED);; INSERT INTO p VALUES (1), (1);; COMMIT | NONE
            """)
    void theStateOfTheTransactionIsKnown(String texts, Transaction state) throws Exception {
        try (PsqlFixture psql = new PsqlFixture()) {
            Outcome last = null;
            for (String text : texts.split(";; ")) {
                last = psql.run(text);
            }
            Transaction told = last instanceof Outcome.Done done ? done.transaction()
                    : last instanceof Outcome.Failed failed ? failed.transaction() : null;
            assertThat(told).as("%s", last).isEqualTo(state);
        }
    }

    @Test
    void commitOfAFailedTransactionSaysSo() throws Exception {
        try (PsqlFixture psql = new PsqlFixture()) {
            psql.done("BEGIN");
            psql.failed("SELECT 1/0");
            assertThat(psql.done("COMMIT").problems()).hasSize(1);
            assertThat(psql.err()).contains("rolled it back");
        }
    }

    @Test
    void errorsHaveStateLineAndCaret() throws Exception {
        try (PsqlFixture psql = new PsqlFixture()) {
            Outcome.Failed failed = psql.failed("DO $$ BEGIN RAISE NOTICE 'before'; PERFORM missing(); END $$");
            assertThat(failed.sqlState()).isEqualTo("42883");
            assertThat(failed.message()).startsWith("ERROR:  function missing() does not exist\nLINE 1:").doesNotContain("before");
            assertThat(psql.failed("SELECT\n  nonsense").message()).contains("LINE 2:   nonsense\n          ^");
            assertThat(psql.failed("\\nosuch").message()).isEqualTo("invalid command \\nosuch");
            assertThat(psql.failed("SELECT 1 WHERE false \\gset").message()).isEqualTo("no rows returned for \\gset");
            assertThat(psql.failed("SELECT 1/0 \\gset").sqlState()).isEqualTo("22012");
            psql.done("\\warn only a word");
            psql.done("DO $$ BEGIN RAISE WARNING 'careful' USING HINT = 'a hint'; END $$");
            assertThat(psql.failed("\\i /no/such/file.sql").message()).contains("/no/such/file.sql");
        }
    }

    @Test
    void readOnlyIsKeptByTheServer() throws Exception {
        try (PsqlFixture psql = new PsqlFixture()) {
            Request write = new Request("CREATE TABLE t (id int)", "", Map.of(), Optional.empty(), true);
            assertThat(psql.session.framing(write)).containsExactly("START TRANSACTION READ ONLY", "...", "COMMIT");
            Outcome outcome = psql.run(write);
            assertThat(outcome).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
                assertThat(failed.sqlState()).isEqualTo("25006");
                assertThat(failed.transaction()).isEqualTo(Transaction.NONE);
            });
            assertThat(psql.done("CREATE TABLE t (id int)").transaction()).isEqualTo(Transaction.NONE);
        }
    }

    @Test
    void theRequestNamesTheConnection() throws Exception {
        try (PsqlFixture psql = new PsqlFixture()) {
            psql.run(new Request("SELECT current_setting('application_name')", "stepmark:r'1:2", Map.of(), Optional.empty(),
                    false));
            assertThat(psql.result()).contains("stepmark:r'1:2");
        }
    }

    @Test
    void copyDataIsNeverTakenForCommands() throws Exception {
        Path file = directory.resolve("made");
        try (PsqlFixture psql = new PsqlFixture()) {
            psql.done("CREATE TABLE t (id int, name text)");
            assertThat(psql.done("COPY t FROM STDIN;\n1\tone\n2\tgr\u00fcn\n\\.").results().get(0).rowCount()).isEqualTo(2);
            Outcome.Failed missing = psql.failed("COPY nowhere FROM STDIN;\n1\n\\! touch " + file + "\nDROP TABLE t;\n\\.");
            assertThat(missing.sqlState()).isEqualTo("42P01");
            assertThat(file).doesNotExist();
            Outcome.Failed wrong = psql.failed("COPY t FROM STDIN;\nx\tone\n\\! touch " + file + "\nDROP TABLE t;\n\\.");
            assertThat(wrong.message()).contains("COPY t, line 1, column id: \"x\"");
            assertThat(file).doesNotExist();
            psql.failed("\\copy nowhere from stdin\n1\n\\! touch " + file + "\n\\.");
            assertThat(file).doesNotExist();
            psql.done("\\copy t from stdin (format csv)\n3,three\n\\.");
            assertThat(psql.done("SELECT string_agg(name, ',' ORDER BY id) FROM t").results().get(0).rows().get(0))
                    .containsExactly("one,gr\u00fcn,three");
            assertThat(psql.run("COPY t FROM STDIN")).isInstanceOf(Outcome.Refused.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\prompt x", "\\password", "\\e", "\\ef f", "\\!", "\\watch", "\\if false\n\\prompt x\n\\endif", "\\if true\nSELECT 1 \\watch\n\\endif", "\\set SINGLESTEP on",
        "\\set ECHO all", "SELECT 'open", "SELECT (1", "\\if true\nSELECT 1;", "SELECT 1; SELECT 2", "\\copy t from pstdin"})
    void whatWouldWaitForMoreIsRefused(String text) throws Exception {
        try (PsqlFixture psql = new PsqlFixture()) {
            assertThat(psql.run(text)).isInstanceOf(Outcome.Refused.class);
            assertThat(psql.done("SELECT 1").results()).hasSize(1);
        }
    }

    @Test
    void anotherDatabaseAndBackAndAFailureKeepsTheConnection() throws Exception {
        try (PsqlFixture psql = new PsqlFixture()) {
            String other = psql.server.freshDatabase();
            psql.done("\\set kept yes");
            Outcome.Done done = psql.done("\\c " + other);
            assertThat(done.change()).get().extracting(Outcome.Change::database).isEqualTo(other);
            assertThat(psql.out()).contains("You are now connected to database \"" + other + "\"");
            assertThat(psql.session.opened().identity()).containsEntry("database", other);
            Outcome.Failed failed = psql.failed("\\c nowhere_at_all");
            assertThat(failed.message()).contains("\"nowhere_at_all\" does not exist").endsWith("Previous connection kept");
            assertThat(psql.done("SELECT current_database(), :'kept'").results().get(0).rows().get(0))
                    .containsExactly(other, "yes");
            psql.done("BEGIN");
            assertThat(psql.run("\\c " + psql.database)).isInstanceOf(Outcome.Refused.class);
            psql.done("COMMIT");
            ExecutorService other2 = Executors.newSingleThreadExecutor();
            Future<Outcome> running = other2.submit(() -> psql.session.run(Request.of("SELECT pg_sleep(300)"),
                    OutputSink.none()));
            while (!psql.session.cancel().asked()) {
                Thread.sleep(1);
            }
            assertThat(running.get()).isInstanceOfSatisfying(Outcome.Cancelled.class,
                    c -> assertThat(c.proof()).isEqualTo("57014"));
            other2.shutdown();
        }
    }

    @Test
    void aPasswordIsAskedForWhenTheServerWantsOne() throws Exception {
        String database = EmbeddedServer.get().freshDatabase();
        Map<String, String> tcp = Map.of("host", "localhost");
        try (PsqlSession session = PsqlSession.open(PsqlFixture.spec(EmbeddedServer.SCRAM_USER, database, tcp),
                PsqlFixture.options(Map.of(), whose -> Optional.of(EmbeddedServer.SCRAM_PASSWORD.toCharArray())))) {
            assertThat(session.opened().identity()).containsEntry("user", EmbeddedServer.SCRAM_USER);
            assertThat(session.run(Request.of("\\c - postgres"), OutputSink.none())).isInstanceOf(Outcome.Done.class);
            assertThat(session.run(Request.of("\\c - " + EmbeddedServer.SCRAM_USER), OutputSink.none()))
                    .isInstanceOf(Outcome.Done.class);
            assertThat(ProcessHandle.current().descendants().map(p -> p.info().commandLine().orElse(""))
                    .filter(c -> c.contains(EmbeddedServer.SCRAM_PASSWORD))).isEmpty();
        }
    }

    @Test
    void otherEncodingsAreReadAndSent() throws Exception {
        try (PsqlFixture psql = new PsqlFixture()) {
            psql.done("SET client_encoding TO 'LATIN1'");
            assertThat(psql.done("SELECT 'gr\u00fc\u00df' AS \u00e4, length('\u00fc') AS n").results().get(0).rows().get(0))
                    .containsExactly("gr\u00fc\u00df", "1");
            psql.done("\\echo \u00f6l");
            assertThat(psql.out()).isEqualTo("\u00f6l\n");
            assertThat(psql.run("SELECT '\u4e2d'")).isInstanceOfSatisfying(Outcome.Refused.class,
                    r -> assertThat(r.reason()).contains("client_encoding"));
            psql.done("\\encoding UTF8");
            assertThat(psql.done("SELECT '\u4e2d'").results().get(0).rows().get(0)).containsExactly("\u4e2d");
        }
    }

    @Test
    void optionsOfTheCommandHold() throws Exception {
        try (PsqlFixture psql = new PsqlFixture("-A", "-F", ";", "-t", "-v", "name=plant", "-v", "ON_ERROR_STOP=1", "-q")) {
            assertThat(psql.done("SELECT 1 AS a, :'name' AS b").results().get(0).rows().get(0)).containsExactly("1", "plant");
            assertThat(psql.result()).isEqualTo("1;plant\n");
            psql.done("CREATE TABLE t (id int)");
            assertThat(psql.result() + psql.out()).isEmpty();
            psql.failed("SELECT 1/0");
            assertThat(psql.session.alive()).isTrue();
            Path script = Files.writeString(directory.resolve("s.sql"), "SELECT 1/0;\nSELECT 2;\n");
            Outcome.Failed stopped = psql.failed("\\i " + script);
            assertThat(stopped.message()).contains("division by zero");
            assertThat(psql.out()).doesNotContain("2");
        }
    }

    @Test
    void resultsThatGoToAFileStayThere() throws Exception {
        Path file = directory.resolve("out");
        try (PsqlFixture psql = new PsqlFixture()) {
            psql.done("\\o " + file);
            psql.done("SELECT 1 AS one");
            psql.done("\\o");
            assertThat(file).content().isEqualTo(" one \n-----\n   1\n(1 row)\n\n");
            assertThat(psql.done("SELECT 2 AS two").results().get(0).rows()).containsExactly(List.of("2"));
            psql.done("COPY (SELECT 1) TO STDOUT");
            assertThat(psql.out()).isEqualTo("1\n");
        }
    }

    @Test
    void aBackendThatIsEndedIsALoss() throws Exception {
        try (PsqlFixture psql = new PsqlFixture()) {
            Outcome outcome = psql.run("SELECT pg_terminate_backend(pg_backend_pid())");
            assertThat(outcome).isInstanceOfSatisfying(Outcome.Lost.class,
                    lost -> assertThat(lost.evidence()).contains("terminating connection"));
            assertThat(psql.session.alive()).isFalse();
            assertThat(psql.run("SELECT 1")).isInstanceOf(Outcome.Refused.class);
        }
    }

    @Test
    void whatTheSinkThrowsComesOutAndTheSessionGoesOn() throws Exception {
        try (PsqlFixture psql = new PsqlFixture()) {
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> psql.session.run(
                    Request.of("SELECT * FROM generate_series(1, 100000)"), (stream, buffer, offset, length) -> {
                        throw new IllegalStateException("full");
                    })).hasMessage("full");
            assertThat(psql.done("SELECT 1").results()).hasSize(1);
        }
    }

    @Test
    void aProgramThatReadsItsInputDoesNotTakeTheMarkers() throws Exception {
        try (PsqlFixture psql = new PsqlFixture()) {
            for (int i = 0; i < 5; i++) {
                psql.done("\\set x `sleep 0.1; head -c 1 <&0 >/dev/null & sleep 0.1; echo made`");
            }
            psql.done("\\echo :x");
            assertThat(psql.out()).isEqualTo("made\n");
        }
    }

    @Test
    void whatACommandSetsIsToldForTheNextTime() throws Exception {
        try (PsqlFixture psql = new PsqlFixture()) {
            assertThat(psql.done("\\set AUTOCOMMIT off").change().orElseThrow().settings())
                    .containsExactly("\\set AUTOCOMMIT=off");
            assertThat(psql.done("\\set AUTOCOMMIT on").change().orElseThrow().settings())
                    .containsExactly("\\set AUTOCOMMIT=on");
            assertThat(psql.done("\\set name 'a b'").change().orElseThrow().settings())
                    .containsExactly("\\set name='a b'");
            assertThat(psql.done("\\set other :name").change().orElseThrow().settings())
                    .containsExactly("\\set other=(not kept)");
            assertThat(psql.done("\\set db_password x").change().orElseThrow().settings())
                    .containsExactly("\\set db_password=(not kept)");
        }
    }

    @Test
    void aScriptThatGoesElsewhereIsNoticedAlsoWhenItFails() throws Exception {
        Path script = Files.writeString(directory.resolve("go.sql"), "\\c postgres\nSELECT 1/0;\n");
        try (PsqlFixture psql = new PsqlFixture()) {
            psql.failed("\\i " + script);
            assertThat(psql.session.unfinished().orElseThrow().database()).isEqualTo("postgres");
            assertThat(psql.session.opened().identity()).containsEntry("database", "postgres");
            psql.failed("SELECT 1/0");
            assertThat(psql.session.unfinished()).isEmpty();
        }
    }

    private static Outcome cancelled(PsqlFixture psql, String text, String runs) throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<Outcome> running = other.submit(() -> psql.session.run(Request.of(text), OutputSink.none()));
            while (psql.server.query("postgres", "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query"
                    + " LIKE '" + runs + "%'").equals("0")) {
                Thread.sleep(20);
            }
            psql.session.cancel();
            return running.get();
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    void aCancelReachesAScriptThatHasGoneElsewhere() throws Exception {
        Path script = Files.writeString(directory.resolve("go.sql"), "\\c postgres\nSELECT pg_sleep(301);\n");
        try (PsqlFixture psql = new PsqlFixture()) {
            assertThat(cancelled(psql, "\\i " + script, "SELECT pg_sleep(301)")).isInstanceOf(Outcome.Cancelled.class);
            assertThat(psql.server.query("postgres", "SELECT count(*) FROM pg_stat_activity WHERE query LIKE"
                    + " 'SELECT pg_sleep(301)%' AND state = 'active'")).isEqualTo("0");
        }
    }

    @Test
    void aCancelReachesWhatRunsAfterAScriptHasGoneElsewhere() throws Exception {
        Path script = Files.writeString(directory.resolve("go.sql"), "\\c postgres\n");
        try (PsqlFixture psql = new PsqlFixture()) {
            assertThat(psql.done("\\i " + script).change().orElseThrow().database()).isEqualTo("postgres");
            assertThat(cancelled(psql, "SELECT pg_sleep(302)", "SELECT pg_sleep(302)")).isInstanceOf(Outcome.Cancelled.class);
            assertThat(psql.done("SELECT current_database()").results().get(0).rows()).containsExactly(List.of("postgres"));
        }
    }

    @ParameterizedTest
    @CsvSource({"BEGIN;, OPEN", "BEGIN; SELECT 1/0;, FAILED"})
    void aScriptCanGoElsewhereAndLeaveATransactionOpenThere(String rest, Transaction state) throws Exception {
        Path script = Files.writeString(directory.resolve("go.sql"), "\\c postgres\n" + rest + "\n");
        try (PsqlFixture psql = new PsqlFixture()) {
            Outcome outcome = psql.run("\\i " + script);
            assertThat(outcome instanceof Outcome.Done done ? done.transaction() : ((Outcome.Failed) outcome).transaction())
                    .isEqualTo(state);
            Outcome.Done done = psql.done("ROLLBACK");
            assertThat(done.transaction()).isEqualTo(Transaction.NONE);
            assertThat(psql.session.opened().identity()).containsEntry("database", "postgres");
            psql.done("BEGIN");
            psql.failed("SELECT 1/0 \\gset");
            assertThat(psql.done("ROLLBACK \\g").transaction()).isEqualTo(Transaction.NONE);
        }
    }

    /** libpq takes PGPASSWORD to every host: what was typed for one must not be there when psql goes to the next. */
    @Test
    void aPasswordGoesToNobodyButTheOneItWasAskedFor() throws Exception {
        String database = EmbeddedServer.get().freshDatabase();
        List<String> asked = new java.util.ArrayList<>();
        try (PsqlSession session = PsqlSession.open(PsqlFixture.spec(EmbeddedServer.SCRAM_USER, database,
                Map.of("host", "localhost")), PsqlFixture.options(Map.of(), whose -> {
                    asked.add(whose);
                    return Optional.of(EmbeddedServer.SCRAM_PASSWORD.toCharArray());
                }))) {
            assertThat(seen(session)).isEqualTo("[]");
            assertThat(session.run(Request.of("\\c postgres"), OutputSink.none())).isInstanceOf(Outcome.Done.class);
            assertThat(session.run(Request.of("\\c - postgres"), OutputSink.none())).isInstanceOf(Outcome.Done.class);
            assertThat(asked).hasSize(1);
            assertThat(session.run(Request.of("\\c - " + EmbeddedServer.SCRAM_USER), OutputSink.none()))
                    .isInstanceOf(Outcome.Done.class);
            assertThat(asked).hasSize(2).last().asString().contains("\\c - " + EmbeddedServer.SCRAM_USER);
            assertThat(seen(session)).isEqualTo("[]");
            assertThat(session.run(Request.of("SELECT 1"), OutputSink.none())).isInstanceOf(Outcome.Done.class);
        }
    }

    private static String seen(PsqlSession session) {
        dev.stepmark.session.RecordingSink sink = new dev.stepmark.session.RecordingSink();
        session.run(Request.of("\\! echo \"[$PGPASSWORD]\""), sink);
        return sink.text(OutputSink.Stream.STDOUT).strip();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            \\x | \\pset expanded='on'
            \\x;;\\x | \\pset expanded='off'
            \\a | \\pset format='unaligned'
            \\t | \\pset tuples_only='on'
            \\timing | \\timing=on
            \\timing;;\\timing | \\timing=off
            \\pset border 2 | \\pset border='2'
            \\pset null 'it''s' | \\pset null='it''s'
            \\C 'a title' | \\pset title='a title'
            \\C 'a title';;\\C | \\pset title=
            \\if true \\\\ \\x \\\\ \\set a 'b' \\\\ \\endif | \\pset expanded='on'
            """)
    void aSwitchIsRememberedAsWhatItIsNow(org.junit.jupiter.params.aggregator.ArgumentsAccessor expected) throws Exception {
        try (PsqlFixture psql = new PsqlFixture()) {
            List<String> settings = List.of();
            for (String text : expected.getString(0).split(";;")) {
                settings = psql.done(text).change().orElseThrow().settings();
            }
            for (int i = 1; i < expected.size(); i++) {
                if (expected.getString(i) != null) {
                    assertThat(settings).contains(expected.getString(i));
                }
            }
            try (PsqlFixture again = new PsqlFixture()) {
                for (String setting : settings) {
                    String text = setting.replaceFirst("=", " ").strip();
                    assertThat(again.session.run(Request.of(text), OutputSink.none())).as(text)
                            .isInstanceOf(Outcome.Done.class);
                }
                psql.done("\\pset");
                again.done("\\pset");
                assertThat(again.out()).isEqualTo(psql.out());
            }
        }
    }

    @Test
    void whatAScriptSetsIsToldForTheNextTimeAlsoWhenItFails() throws Exception {
        Path script = Files.writeString(directory.resolve("s.sql"), "\\set a 'it''s'\n\\set my_token x\n\\x\n\\timing on\n"
                + "\\unset gone\nSELECT 1/0;\n");
        try (PsqlFixture psql = new PsqlFixture()) {
            psql.done("\\set gone 1");
            psql.failed("\\i " + script);
            assertThat(psql.session.unfinished().orElseThrow().settings()).containsExactlyInAnyOrder("\\set a='it''s'",
                    "\\set my_token=(not kept)", "\\pset expanded='on'", "\\timing=on", "\\unset gone=");
            assertThat(psql.done("SELECT 1 AS one").results().get(0).rows()).containsExactly(List.of("1"));
        }
    }

    @Test
    void aBackslashEndsNoLiteralWhereTheServerSaysSo() throws Exception {
        try (PsqlFixture psql = new PsqlFixture()) {
            psql.done("SET standard_conforming_strings = off");
            assertThat(psql.done("SELECT 'a\\'; b' AS x").results().get(0).rows()).containsExactly(List.of("a'; b"));
            psql.done("SET standard_conforming_strings = on");
            assertThat(psql.done("SELECT 'a\\' AS x").results().get(0).rows()).containsExactly(List.of("a\\"));
            assertThat(psql.run("SELECT 'a\\'; b' AS x")).isInstanceOf(Outcome.Refused.class);
        }
    }

    @Test
    void rowsThatWaitAreLetGoWhenTheirResultFails() throws Exception {
        try (PsqlFixture psql = new PsqlFixture()) {
            psql.failed("SELECT 1/(20000 - g) FROM generate_series(1, 30000) g");
            assertThat(dev.stepmark.session.jdbc.OpenFiles.named("stepmark-rows")).isEmpty();
        }
    }
}
