package dev.stepmark.session.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.session.Ask;
import dev.stepmark.session.Outcome;
import dev.stepmark.session.Outcome.Transaction;
import dev.stepmark.session.OutputSink;
import dev.stepmark.session.RecordingSink;
import dev.stepmark.session.Request;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a session adds to psql's language: what is recorded, shown, asked and stopped. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PsqlLanguageTest {

    @TempDir
    Path directory;

    private final List<String> secrets = new ArrayList<>();
    private JdbcFixture server;
    private JdbcSession session;
    private RecordingSink sink = new RecordingSink();

    @BeforeEach
    void open() throws Exception {
        server = new JdbcFixture();
        session = JdbcSession.open(server.spec(server.database), Passwords.none(), Options.DEFAULT,
                new Surroundings(directory, System.getenv(), value -> secrets.add(new String(value))));
    }

    @AfterEach
    void close() {
        session.close();
        server.close();
    }

    private Outcome run(String text) {
        sink = new RecordingSink();
        return session.run(Request.of(text), sink);
    }

    private Outcome.Done done(String text) {
        Outcome outcome = run(text);
        assertThat(outcome).as(text + sink.text(OutputSink.Stream.STDERR)).isInstanceOf(Outcome.Done.class);
        return (Outcome.Done) outcome;
    }

    private List<String> settings(String text) {
        return done(text).change().map(Outcome.Change::settings).orElse(List.of());
    }

    @Test
    void tellsWhatWouldBeSent() {
        done("\\set table work_orders");
        done("\\set day 'it''s monday'");
        assertThat(session.sent(Request.of("SELECT :'day' FROM :table;")).text())
                .isEqualTo("SELECT 'it''s monday' FROM work_orders;");
        assertThat(session.sent(Request.of("SELECT :'day' FROM :table \\gset")).text())
                .isEqualTo("SELECT 'it''s monday' FROM work_orders \\gset");
        assertThat(session.sent(Request.of("\\if :table\nSELECT :'day';\n\\endif")).with())
                .containsOnly(Map.entry(":table", "work_orders"), Map.entry(":day", "it's monday"));
        assertThat(session.sent(Request.of("COPY :table FROM STDIN;\n:day\n\\.")).text())
                .isEqualTo("COPY work_orders FROM STDIN;\n:day\n\\.");
        assertThat(session.sent(Request.of("\\echo `touch made`")).with()).isEmpty();
        assertThat(directory.resolve("made")).doesNotExist();
    }

    @Test
    void whatChangedCanBeBroughtBack() {
        assertThat(settings("\\set table work_orders")).containsExactly("\\set table='work_orders'");
        assertThat(settings("\\set odd 'it''s \\n \\\\ x'")).containsExactly("\\set odd='it''s \\n \\\\ x'");
        assertThat(settings("SELECT 1 AS a, NULL AS table \\gset")).containsExactly("\\set a='1'", "\\unset table=");
        assertThat(settings("\\timing on")).containsExactly("\\timing=on");
        assertThat(settings("\\pset null 'n/a'")).containsExactly("\\pset null='n/a'");
        assertThat(settings("\\x")).containsExactly("\\pset expanded=on");
        assertThat(settings("\\unset odd")).containsExactly("\\unset odd=");
        assertThat(settings("\\o out.txt")).containsExactly("\\o=(not kept)");
        assertThat(settings("\\o")).containsExactly("\\o=");
        assertThat(settings("\\if true\n\\set a 2\nSET search_path = pg_catalog;\n\\endif"))
                .containsExactly("\\set a='2'", "search_path=pg_catalog");
    }

    @Test
    void valuesThatSoundLikeSecretsAreMaskedAndNotKept() {
        assertThat(settings("SELECT 'hunter2hunter2' AS db_password \\gset"))
                .containsExactly("\\set db_password=(not kept)");
        assertThat(secrets).containsExactly("hunter2hunter2");
    }

    @Test
    void whatAScriptSendsIsRecordedBesideItsText() throws Exception {
        Files.writeString(directory.resolve("script.sql"), "SELECT 1 AS one;\n\\set x 5\nSELECT :x AS five;\n");
        done("\\i script.sql");
        assertThat(sink.text(OutputSink.Stream.SENT)).isEqualTo("SELECT 1 AS one;\nSELECT 5 AS five;\n");
        done("SELECT 'SELECT 7 AS seven' \\gexec");
        assertThat(sink.text(OutputSink.Stream.SENT)).isEqualTo("SELECT 7 AS seven\n");
        done("SELECT 1");
        assertThat(sink.text(OutputSink.Stream.SENT)).isEmpty();
    }

    @Test
    void aFailureInsideSaysWhereAndWhatWasDone() {
        Outcome failed = run("\\if true\nSELECT 1;\n\nSELECT 1/0;\n\\endif");
        assertThat(failed).isInstanceOfSatisfying(Outcome.Failed.class, f -> assertThat(f.message())
                .startsWith("ERROR:  division by zero").endsWith(
                        "(at line 4 of this \\if; 1 statement or command before it was done)"));
        Outcome refused = run("\\if true\nSELECT 1;\n\\nonsense\n\\endif");
        assertThat(refused).isInstanceOfSatisfying(Outcome.Failed.class, f -> assertThat(f.message())
                .contains("invalid command \\nonsense").contains("1 statement or command before it was done"));
        assertThat(run("\\if true\n\\nonsense\n\\endif")).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void aScriptThatIncludesItselfEnds() throws Exception {
        Files.writeString(directory.resolve("loop.sql"), "\\i loop.sql\n");
        assertThat(run("\\i loop.sql").toString()).contains("more than 32 scripts");
        done("SELECT 1");
    }

    @Test
    void aScriptThatIsNotCompleteRunsNothing() throws Exception {
        Files.writeString(directory.resolve("open.sql"), "CREATE TABLE made (i int);\nSELECT 'open;\n");
        assertThat(run("\\i open.sql")).isInstanceOfSatisfying(Outcome.Refused.class, r -> assertThat(r.reason())
                .contains("line 2 of open.sql: a string literal is not closed").contains("nothing of it was run"));
        assertThat(done("SELECT to_regclass('made')").results().get(0).rows().get(0).get(0)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\if true\nSELECT pg_sleep(300);\n\\endif", "\\! sleep 300", "\\set x `sleep 300; echo 1`",
        "\\copy (SELECT pg_sleep(300)) to program 'cat'", "\\copy gone from program 'sleep 300'",
        "SELECT 'SELECT pg_sleep(300)' \\gexec", "SELECT pg_sleep(300) \\gset"})
    void aCancelStopsIt(String text) throws Exception {
        done("CREATE TABLE gone (i int)");
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<Outcome> running = other.submit(() -> session.run(Request.of(text), OutputSink.none()));
            while (!running.isDone()) {
                session.cancel();
                Thread.sleep(20);
            }
            assertThat(running.get()).as(text).satisfiesAnyOf(
                    o -> assertThat(o).isInstanceOf(Outcome.Cancelled.class),
                    o -> assertThat(((Outcome.Done) o).problems()).isNotEmpty());
            assertThat(ProcessHandle.current().descendants().map(p -> p.info().commandLine().orElse(""))
                    .filter(c -> c.contains("sleep 300"))).isEmpty();
            done("SELECT 1");
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    void aTimeOutEndsAWatchAsATimeOut() {
        Outcome outcome = session.run(new Request("SELECT 1 \\watch 0.1", "", Map.of(),
                Optional.of(java.time.Duration.ofMillis(400)), false), OutputSink.none());
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Cancelled.class, c -> assertThat(c.timedOut()).isTrue());
    }

    @Test
    void watchCountsAndHasPsqlsTitle() {
        assertThat(done("SELECT 1 AS one \\watch i=0.05 c=3").results()).hasSize(1);
        assertThat(sink.text(OutputSink.Stream.RESULT).split("\\(every 0\\.05s\\)", -1)).hasSize(4);
        assertThat(sink.text(OutputSink.Stream.RESULT)).containsPattern(
                "(?m)^ *[A-Z][a-z]{2} [A-Z][a-z]{2} [ 0-9]\\d \\d\\d:\\d\\d:\\d\\d \\d{4} \\(every 0\\.05s\\)$");
        assertThat(run("SELECT 1 \\watch often")).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void psqlsOwnTransactionsAreShownAsFraming() {
        done("\\set AUTOCOMMIT off");
        assertThat(session.framing(Request.of("CREATE TABLE t (i int)"))).containsExactly("BEGIN", "...");
        assertThat(done("CREATE TABLE t (i int)").transaction()).isEqualTo(Transaction.OPEN);
        assertThat(session.framing(Request.of("COMMIT"))).isEmpty();
        done("\\set ON_ERROR_ROLLBACK on");
        assertThat(session.framing(Request.of("SELECT 1"))).containsExactly("SAVEPOINT pg_psql_temporary_savepoint",
                "...", "RELEASE pg_psql_temporary_savepoint");
        assertThat(run("SELECT 1/0")).isInstanceOfSatisfying(Outcome.Failed.class,
                f -> assertThat(f.transaction()).isEqualTo(Transaction.OPEN));
        assertThat(done("COMMIT").results().get(0).tag()).isEqualTo("COMMIT");
    }

    @Test
    void promptIsAskedBeforehand() {
        assertThat(session.asks(Request.of("\\prompt 'Which table? ' tab"))).containsExactly(
                new Ask("prompt.tab", "Which table? ", false));
        assertThat(session.asks(Request.of("\\prompt db_password"))).extracting(Ask::secret).containsExactly(true);
        session.answer(Map.of("prompt.tab", "work orders".toCharArray()));
        done("\\prompt 'Which table? ' tab");
        done("\\echo :tab");
        assertThat(sink.printed()).isEqualTo("work orders\n");
        assertThat(run("\\prompt tab")).isInstanceOfSatisfying(Outcome.Refused.class,
                r -> assertThat(r.reason()).contains("prompt.tab in the answers file"));
        assertThat(run("\\if true\n\\prompt tab\n\\endif").toString()).contains("must not stand inside");
    }

    @ParameterizedTest
    @CsvSource({"scram-sha-256,SCRAM-SHA-256$", "md5,md5"})
    void aNewPasswordGoesOutAsAVerifier(String method, String begins) {
        String role = "worker_" + method.replace('-', '_') + "_" + server.database;
        done("CREATE ROLE " + role + " LOGIN");
        done("SET password_encryption = '" + method + "'");
        assertThat(session.asks(Request.of("\\password " + role))).extracting(Ask::secret).containsExactly(true, true);
        session.answer(Map.of("password", "s3cret word".toCharArray(), "password.again", "other".toCharArray()));
        assertThat(run("\\password " + role).toString()).contains("Passwords didn't match.");
        session.answer(Map.of("password", "s3cret word".toCharArray(), "password.again", "s3cret word".toCharArray()));
        done("\\password " + role);
        assertThat(secrets).containsExactly("s3cret word");
        assertThat(done("SELECT rolpassword FROM pg_authid WHERE rolname = '" + role + "'").results().get(0).rows()
                .get(0).get(0)).startsWith(begins).doesNotContain("s3cret");
        assertThat(run("\\password " + role)).isInstanceOf(Outcome.Refused.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"0.512|Time: 0.512 ms", "999.9994|Time: 999.999 ms",
        "1000|Time: 1000.000 ms (00:01.000)", "61234|Time: 61234.000 ms (01:01.234)",
        "3600000|Time: 3600000.000 ms (01:00:00.000)", "90061000|Time: 90061000.000 ms (1 d 01:01:01.000)"})
    void timeLines(double millis, String line) {
        assertThat(Timing.line(millis)).isEqualTo(line + "\n");
    }

    @Test
    void timingIsPrintedBehindEachStatement() {
        done("\\timing");
        done("SELECT 1 AS one");
        assertThat(sink.text(OutputSink.Stream.STDOUT)).matches("Time: \\d+\\.\\d{3} ms\\n");
        run("SELECT 1/0");
        assertThat(sink.text(OutputSink.Stream.STDOUT)).matches("Time: \\d+\\.\\d{3} ms\\n");
    }

    @Test
    void aProbeMayNotTouchThisMachine() {
        for (String text : List.of("\\! touch made", "\\set x `touch made`", "SELECT 1 \\g made", "\\o made", "SELECT 1\\; COMMIT\\; CREATE TABLE t (i int);",
                "\\copy (SELECT 1) to made", "SELECT 'SELECT 1' \\gexec", "\\i made")) {
            Outcome outcome = session.run(new Request(text, "", Map.of(), Optional.empty(), true), OutputSink.none());
            assertThat(outcome).as(text).isInstanceOf(Outcome.Refused.class);
        }
        assertThat(directory.resolve("made")).doesNotExist();
        Outcome gset = session.run(new Request("SELECT 1 AS a \\gset", "", Map.of(), Optional.empty(), true),
                OutputSink.none());
        assertThat(gset).isInstanceOf(Outcome.Done.class);
        Outcome writes = session.run(new Request("CREATE TABLE t (i int) \\gset", "", Map.of(), Optional.empty(), true),
                OutputSink.none());
        assertThat(writes).isInstanceOfSatisfying(Outcome.Failed.class,
                f -> assertThat(f.sqlState()).isEqualTo("25006"));
    }

    @Test
    void theLastErrorCanBeShownInFull() {
        done("\\errverbose");
        assertThat(sink.printed()).isEqualTo("There is no previous error.\n");
        run("SELECT * FROM nobody");
        done("\\errverbose");
        assertThat(sink.text(OutputSink.Stream.STDERR)).startsWith(
                "ERROR:  42P01: relation \"nobody\" does not exist\nLINE 1: SELECT * FROM nobody\n")
                .containsPattern("LOCATION:  \\w+, \\w+\\.c:\\d+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"host=localhost", "postgresql://localhost"})
    void connectTakesConnectionStrings(String place) {
        String string = place.contains("=") ? "'host=localhost port=" + server.server.port() + " user=postgres dbname="
                + server.database + "'" : "postgresql://postgres@localhost:" + server.server.port() + "/" + server.database;
        done("\\set kept yes");
        done("\\c " + string);
        assertThat(sink.printed()).isEqualTo("You are now connected to database \"" + server.database
                + "\" as user \"postgres\".\n");
        done("\\c -reuse-previous=on 'dbname=postgres'");
        assertThat(sink.printed()).contains("database \"postgres\"");
        done("\\echo :DBNAME :kept");
        assertThat(sink.printed()).isEqualTo("postgres yes\n");
        assertThat(run("\\c -reuse-previous=perhaps x")).isInstanceOf(Outcome.Refused.class);
        assertThat(run("\\c " + string + " other")).isInstanceOf(Outcome.Refused.class);
        assertThat(done("SELECT current_database()").results().get(0).rows()).containsExactly(List.of("postgres"));
    }

    @Test
    void statementsThatAreSentTogetherAreOneTransaction() {
        done("CREATE TABLE t (i int)");
        assertThat(run("INSERT INTO t VALUES (1)\\; SELECT 1/0;")).isInstanceOf(Outcome.Failed.class);
        assertThat(done("SELECT count(*) FROM t").results().get(0).rows()).containsExactly(List.of("0"));
        assertThat(done("INSERT INTO t VALUES (1)\\; SELECT 2 AS two\\; SET search_path = x\\; SET jit = off;")
                .results()).extracting(r -> r.tag()).containsExactly("INSERT 0 1", "SELECT 1", "SET", "SET");
        assertThat(settings("SET search_path = y\\; SET jit = on;")).containsExactly("search_path=y", "jit=on");
    }
}
