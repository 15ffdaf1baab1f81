package dev.stepmark.session.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.session.Outcome;
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

/** Texts that end early: what they had changed by then, and the programs that they started. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PsqlProgramsTest {

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

    @Test
    void aScriptThatFailsTellsWhatItHadChanged() throws Exception {
        Files.writeString(directory.resolve("s.sql"), "\\set a 1\n\\c postgres\nSET jit = off;\nSELECT 1/0;\n");
        assertThat(run("\\i s.sql")).isInstanceOf(Outcome.Failed.class);
        assertThat(session.unfinished()).hasValueSatisfying(change -> {
            assertThat(change.database()).isEqualTo("postgres");
            assertThat(change.settings()).containsExactly("\\set a='1'", "jit=off");
        });
        assertThat(run("SELECT 'SET jit = on' UNION ALL SELECT 'SELECT 1/0' \\gexec")).isInstanceOf(Outcome.Failed.class);
        assertThat(session.unfinished()).hasValueSatisfying(c -> assertThat(c.settings()).containsExactly("jit=on"));
        assertThat(run("SELECT 1/0")).isInstanceOf(Outcome.Failed.class);
        assertThat(session.unfinished()).isEmpty();
    }

    @Test
    void aScriptWithEndlessVariablesHasRunWhatStandsBefore() {
        run("\\set a ':b :b :b'");
        StringBuilder script = new StringBuilder("\\if true\nCREATE TABLE before (i int);\n");
        for (int i = 0; i < 20; i++) {
            script.append("\\set v").append(i).append(" ':v").append(i + 1).append(" :v").append(i + 1).append("'\n");
        }
        Outcome outcome = run(script.append("\\set v20 x\nSELECT :v0;\n\\endif").toString());
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Failed.class,
                f -> assertThat(f.message()).contains("commands before it were done"));
    }

    @Test
    void whatAProgramPrintsGoesToTheExecutionThatEndsIt() {
        run("\\o |cat");
        run("SELECT 'kept' AS word");
        run("\\o");
        assertThat(sink.text(OutputSink.Stream.STDOUT)).contains("kept");
    }

    @Test
    void aProgramThatDoesNotEndIsStoppedByTheExecutionThatWaitsForIt() {
        run("\\o |trap '' TERM; sleep 300");
        Outcome outcome = session.run(new Request("\\o", "", Map.of(), Optional.of(java.time.Duration.ofMillis(300)), false),
                OutputSink.none());
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        assertThat(session.alive()).isTrue();
    }

    @Test
    void aProgramThatIgnoresBeingAskedIsEndedWhileItIsRead() {
        run("CREATE TABLE t (a text)");
        Outcome outcome = session.run(new Request("\\copy t FROM PROGRAM 'trap \"\" TERM; while :; do sleep 1; done'", "",
                Map.of(), Optional.of(java.time.Duration.ofMillis(300)), false), OutputSink.none());
        assertThat(outcome).isInstanceOf(Outcome.Cancelled.class);
    }

    @Test
    void aWatchThatIsCancelledBeforeItWasThroughOnceIsNotDone() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<Outcome> watching = other.submit(() -> session.run(Request.of("SELECT pg_sleep(100) \\watch 1"),
                    OutputSink.none()));
            while (server.server.query("postgres", "SELECT count(*) FROM pg_stat_activity WHERE query LIKE"
                    + " 'SELECT pg_sleep(100)%' AND datname = '" + server.database + "'").equals("0")) {
                Thread.sleep(20);
            }
            session.cancel();
            assertThat(watching.get()).isInstanceOf(Outcome.Cancelled.class);
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    void valuesOfTheEnvironmentThatSoundSecretAreMasked() {
        run("\\setenv DB_PASSWORD hunter2");
        run("\\getenv plain DB_PASSWORD");
        assertThat(secrets).containsExactly("hunter2", "hunter2");
    }

    private Path fifo(String name) throws Exception {
        assertThat(new ProcessBuilder("mkfifo", directory.resolve(name).toString()).inheritIO().start().waitFor()).isZero();
        return directory.resolve(name);
    }

    /** What waits for somebody else on this machine ends when it is asked to, and the session goes on. */
    @ParameterizedTest
    @ValueSource(strings = {
            "\\i nobody.writes",
            "\\o nobody.reads",
            "\\w nobody.reads",
            "\\copy t FROM nobody.writes",
            "\\copy (SELECT generate_series(1, 100000)) TO nobody.reads",
            "\\copy (SELECT generate_series(1, 100000)) TO PROGRAM 'exec sleep 300'"})
    void whatWaitsForSomebodyElseCanBeCancelled(String text) throws Exception {
        fifo("nobody.writes");
        fifo("nobody.reads");
        run("CREATE TABLE t (a text)");
        Outcome outcome = cancelled(text);
        assertThat(outcome).isInstanceOf(Outcome.Cancelled.class);
        assertThat(run("SELECT count(*) FROM t")).isInstanceOf(Outcome.Done.class);
        assertThat(sink.text(OutputSink.Stream.RESULT)).contains("     0\n");
    }

    /** When the server has done it already, that its rows went nowhere is a problem of the step. */
    @ParameterizedTest
    @ValueSource(strings = {"|exec sleep 300", "nobody.reads",
            "|trap '' TERM; exec 3<&0; setsid sleep 300 <&3 & echo $! > left; wait"})
    void rowsThatNobodyTakesAreNeverASuccess(String where) throws Exception {
        fifo("nobody.reads");
        Outcome outcome = cancelled("SELECT generate_series(1, 100000) \\g " + where);
        assertThat(outcome).satisfiesAnyOf(o -> assertThat(o).isInstanceOf(Outcome.Cancelled.class),
                o -> assertThat(((Outcome.Done) o).problems()).hasSize(1));
        assertThat(run("SELECT 1")).isInstanceOf(Outcome.Done.class);
        Path left = directory.resolve("left");
        if (Files.exists(left)) {
            ProcessHandle.of(Long.parseLong(Files.readString(left).strip())).ifPresent(ProcessHandle::destroy);
        }
    }

    private Outcome cancelled(String text) {
        return session.run(new Request(text, "", Map.of(), Optional.of(java.time.Duration.ofMillis(300)), false),
                OutputSink.none());
    }

    @ParameterizedTest
    @ValueSource(strings = {"|exec sleep 300", "|trap '' TERM; sleep 300 & wait; wait", "read.once"})
    void whatTakesTheResultsOfLaterStatementsCanBeCancelledWithThem(String where) throws Exception {
        Path fifo = fifo("read.once");
        Process reader = new ProcessBuilder("sh", "-c", "exec sleep 300 < " + fifo).start();
        try {
            assertThat(run("\\o " + where)).isInstanceOf(Outcome.Done.class);
            assertThat(run("SELECT 'small'")).isInstanceOf(Outcome.Done.class);
            // the server may have sent everything before: then the rest went nowhere, which is a problem of the step
            for (String text : List.of("SELECT generate_series(1, 1000000)", "COPY (SELECT generate_series(1, 1000000)) TO STDOUT")) {
                assertThat(cancelled(text)).satisfiesAnyOf(o -> assertThat(o).isInstanceOf(Outcome.Cancelled.class),
                        o -> assertThat(((Outcome.Done) o).problems()).hasSize(1));
            }
            assertThat(run("SELECT 'lost'")).isInstanceOfSatisfying(Outcome.Done.class, o -> assertThat(o.problems()).hasSize(1));
            assertThat(cancelled("\\o")).isInstanceOf(Outcome.Done.class);
            assertThat(run("SELECT 'after'")).isInstanceOf(Outcome.Done.class);
            assertThat(sink.text(OutputSink.Stream.RESULT)).contains("after");
        } finally {
            reader.destroy();
        }
    }

    @Test
    void aFifoIsWrittenAndReadAsAFile() throws Exception {
        fifo("through");
        run("CREATE TABLE t (a int)");
        run("\\o |cat > through");
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<List<String>> lines = other.submit(() -> Files.readAllLines(directory.resolve("through")));
            run("COPY (SELECT generate_series(1, 3)) TO STDOUT");
            run("\\o");
            assertThat(lines.get()).containsExactly("1", "2", "3");
        } finally {
            other.shutdownNow();
        }
        assertThat(new ProcessBuilder("sh", "-c", "(echo 7; echo 8) > through &").directory(directory.toFile()).start()
                .waitFor()).isZero();
        assertThat(run("\\copy t FROM through")).isInstanceOf(Outcome.Done.class);
        assertThat(new ProcessBuilder("sh", "-c", "echo 'INSERT INTO t VALUES (9);' > through &").directory(
                directory.toFile()).start().waitFor()).isZero();
        assertThat(run("\\i through")).isInstanceOf(Outcome.Done.class);
        run("SELECT string_agg(a::text, ' ') AS all FROM t");
        assertThat(sink.text(OutputSink.Stream.RESULT)).contains("7 8 9");
    }

    @Test
    void rowsThatWaitAreLetGoWhenTheirResultFails() throws Exception {
        assertThat(run("SELECT 1/(20000 - g) FROM generate_series(1, 30000) g")).isInstanceOf(Outcome.Failed.class);
        assertThat(OpenFiles.named("stepmark-rows")).isEmpty();
    }

    @Test
    void whatARollbackInAScriptUndoesIsNotTold() throws Exception {
        Files.writeString(directory.resolve("s.sql"), "SET jit = off;\nBEGIN;\nSET enable_sort = off;\n\\set a 1\nROLLBACK;\n"
                + "BEGIN;\nSET geqo = off;\nCOMMIT;\n");
        assertThat(run("\\i s.sql")).isInstanceOfSatisfying(Outcome.Done.class, done -> assertThat(done.change()
                .orElseThrow().settings()).containsExactly("jit=off", "\\set a='1'", "geqo=off"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY, ISOLATION LEVEL SERIALIZABLE; | session characteristics=READ ONLY, ISOLATION LEVEL SERIALIZABLE
            DISCARD ALL | discard all=DEFAULT
            RESET ALL | all=DEFAULT
            SET TIME ZONE INTERVAL '-08:00' HOUR TO MINUTE; | timezone=INTERVAL '-08:00' HOUR TO MINUTE
            """)
    void settingsAreTold(String text, String setting) {
        assertThat(run(text)).isInstanceOfSatisfying(Outcome.Done.class, done -> assertThat(done.change().orElseThrow()
                .settings()).containsExactly(setting));
    }

    @Test
    void anotherEncodingIsRefusedWithAWayOut() {
        assertThat(run("SET client_encoding TO 'LATIN1'")).isInstanceOfSatisfying(Outcome.Refused.class, refused ->
                assertThat(refused.reason()).contains("PGCLIENTENCODING").contains("goes through psql"));
        assertThat(run("SET NAMES 'LATIN1'")).isInstanceOf(Outcome.Refused.class);
        assertThat(run("SET client_encoding TO UTF8")).isInstanceOf(Outcome.Done.class);
    }
}
