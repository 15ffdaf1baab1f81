package dev.stepmark.session.bash;

import static dev.stepmark.session.bash.Shells.done;
import static dev.stepmark.session.bash.Shells.output;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stepmark.session.CannotOpen;
import dev.stepmark.session.Outcome;
import dev.stepmark.session.OutputSink;
import dev.stepmark.session.RecordingSink;
import dev.stepmark.session.Request;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cancel, kill and close: what runs is ended, the rest of the block does not run, nothing survives. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BashStopTest {

    @TempDir
    Path directory;

    private final ExecutorService other = Executors.newSingleThreadExecutor();
    private final String cookie = "stop-" + java.util.UUID.randomUUID();
    private BashSession session;

    @BeforeEach
    void open() throws CannotOpen {
        session = Shells.withCookie(cookie);
    }

    @AfterEach
    void close() {
        session.close();
        other.shutdownNow();
    }

    /** Runs a block that prints "ready", stops it then, and returns how it ended. */
    private Outcome stopped(String text, Runnable stop) throws Exception {
        RecordingSink sink = new RecordingSink();
        Future<Outcome> running = other.submit(() -> session.run(Request.of(text), sink));
        sink.await("ready");
        stop.run();
        return running.get();
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo ready; sleep 300", "echo ready; while :; do :; done", "echo ready; sleep 300 | cat | cat",
        "echo ready; (sleep 300; sleep 300)", "echo ready; read x </dev/tty", "echo ready; sleep 300 & wait",
        "trap '' INT; echo ready; while :; do :; done", "trap 'echo int' INT; echo ready; sleep 300",
        "bash -c \"trap 'exit 0' INT; echo ready; sleep 300\"",
        "bash -c \"trap '' INT; echo ready; while :; do sleep 1; done\"",
        "bash -c \"trap '' INT TERM; echo ready; while :; do sleep 1; done\"", "setsid bash -c 'echo ready; sleep 300'",
        "f() { echo ready; sleep 300; }; f; true", "x=$(echo ready >&61; sleep 300)", "set -e; echo ready; sleep 300; true",
        "stty raw -echo </dev/tty; echo ready; sleep 300", "echo ready; while sleep 1; do :; done",
        "echo ready; yes a line of a flood"})
    void cancelEndsTheBlockAndTheShellLives(String text) throws Exception {
        Path witness = directory.resolve("rest");
        done(session, "kept=yes");
        Outcome outcome = stopped(text + "\ntouch " + witness, () -> assertThat(session.cancel().asked()).isTrue());
        assertThat(outcome).isEqualTo(new Outcome.Cancelled("130", false, List.of(), Outcome.Transaction.NONE));
        assertThat(Files.exists(witness)).as("the rest of the block ran").isFalse();
        assertThat(output(session, "echo $kept")).isEqualTo("yes\n");
        assertThat(marked("")).isEmpty();
    }

    @Test
    void olderBackgroundJobsSurviveACancelAndNothingOfTheBlockDoes() throws Exception {
        done(session, "sleep 301 & old=$!");
        Thread.sleep(30);
        Outcome outcome = stopped("sleep 302 & nohup setsid sleep 303 >/dev/null 2>&1 & (sleep 304 &) ; echo ready; sleep 300",
                session::cancel);
        assertThat(((Outcome.Cancelled) outcome).survivors()).isEmpty();
        assertThat(marked("sleep")).containsExactly(output(session, "echo $old").strip());
    }

    @Test
    void theInterruptTypedAtTheTerminalIsNoOutput() throws Exception {
        RecordingSink sink = new RecordingSink();
        Future<Outcome> running = other.submit(() -> session.run(Request.of("echo ready; sleep 300"), sink));
        sink.await("ready");
        session.cancel();
        assertThat(running.get()).isInstanceOf(Outcome.Cancelled.class);
        assertThat(sink.text(OutputSink.Stream.TTY)).isEmpty();
    }

    @Test
    void theUsersTrapIsThereAfterACancelThatHadToOverruleIt() throws Exception {
        done(session, "trap 'echo mine' INT");
        assertThat(stopped("echo ready; sleep 300", session::cancel)).isInstanceOf(Outcome.Cancelled.class);
        assertThat(output(session, "trap -p INT")).isEqualTo("trap -- 'echo mine' SIGINT\n");
    }

    @Test
    void killSparesTheShellWhenItCan() throws Exception {
        done(session, "kept=yes");
        Outcome outcome = stopped("bash -c \"trap '' INT TERM; echo ready; while :; do sleep 1; done\"", session::kill);
        assertThat(outcome).isInstanceOf(Outcome.Cancelled.class);
        assertThat(output(session, "echo $kept")).isEqualTo("yes\n");
    }

    @Test
    void killEndsAShellThatNothingElseEnds() throws Exception {
        Outcome outcome = stopped("trap '' INT URG; echo ready; while :; do :; done", session::kill);
        assertThat(outcome).isEqualTo(new Outcome.Cancelled("137", false, List.of(), Outcome.Transaction.NONE));
        assertThat(session.alive()).isFalse();
    }

    @Test
    void nothingSurvivesClose() throws Exception {
        done(session, "nohup sleep 311 >/dev/null 2>&1 & setsid sleep 312 & (setsid nohup sleep 313 >/dev/null 2>&1 &) ; "
                + "bash -c \"trap '' HUP TERM INT; sleep 314; sleep 315\" & sleep 316 & disown; (exec -a odd sleep 317 &)");
        assertThat(marked("")).hasSizeGreaterThanOrEqualTo(6);
        session.close();
        assertThat(marked("")).isEmpty();
    }

    @Test
    void nothingSurvivesACloseInTheMiddleOfABlock() throws Exception {
        Outcome outcome = stopped("trap '' HUP TERM; setsid sleep 321 & echo ready; while :; do sleep 1; done",
                session::close);
        assertThat(outcome).isInstanceOfAny(Outcome.Lost.class, Outcome.Ended.class);
        assertThat(marked("")).isEmpty();
    }

    @Test
    void nothingSurvivesCloseAfterTheShellEnded() throws Exception {
        assertThat(session.run(Request.of("nohup setsid sleep 331 >/dev/null 2>&1 & sleep 0.2; exit 0"), OutputSink.none()))
                .isEqualTo(new Outcome.Ended(0, "exit 0"));
        assertThat(marked("sleep")).hasSize(1);
        session.close();
        assertThat(marked("")).isEmpty();
    }

    @Test
    void whatIsAbandonedGoesOn() throws Exception {
        Path witness = directory.resolve("witness");
        Outcome outcome = stopped("echo ready; sleep 0.3; echo on; touch " + witness, session::abandon);
        assertThat(outcome).isInstanceOf(Outcome.Lost.class);
        assertThat(session.alive()).isFalse();
        session.close();
        while (!Files.exists(witness)) {
            Thread.sleep(10);
        }
        while (!marked("").isEmpty()) {
            Thread.sleep(10);
        }
    }

    /** Ids of the processes that this session started, apart from its shell, whose name contains a word. */
    private List<String> marked(String name) throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "needs /proc");
        String shell = session.opened().identity().get("pid");
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            return all.filter(path -> path.getFileName().toString().matches("\\d+"))
                    .filter(path -> !path.getFileName().toString().equals(shell))
                    .filter(path -> holds(path.resolve("environ"), "STEPMARK_RUN=" + cookie))
                    .filter(path -> holds(path.resolve("comm"), name)).map(path -> path.getFileName().toString()).toList();
        }
    }

    private static boolean holds(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1).contains(text);
        } catch (java.io.IOException e) {
            return false;
        }
    }
}
