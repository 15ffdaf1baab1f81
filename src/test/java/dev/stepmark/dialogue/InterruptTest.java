package dev.stepmark.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.journal.Event;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C, stopping, and a process that is killed: what runs is stopped, what ran stays known. */
class InterruptTest {

    private static final Path RUNBOOK = Path.of("src", "test", "resources", "dialogue", "slow.md");
    private static final String RUN = "stepmark run slow.md";
    private static final String KEY = "\\[[^\\]\\n]*\\?\\]";
    private static final String CTRL_C = "\u0003";
    private static final String CTRL_D = "\u0004";

    @TempDir
    Path root;
    private Workplace place;

    @BeforeEach
    void prepare() {
        place = new Workplace(root).withDatabase().with(RUNBOOK);
    }

    private Tmux atStep2() {
        Tmux terminal = place.terminal(80, 24);
        terminal.type(RUN, KEY);
        terminal.type("y", "Run 1 .*" + KEY);
        terminal.type("r", "Run 2 .*" + KEY);
        return terminal;
    }

    @Test
    void ctrlCStopsTheBlockAndNotTheTool() {
        try (Tmux terminal = atStep2()) {
            int from = terminal.line();
            terminal.keys("r\r");
            terminal.seen(from, "running 2  00:00:0");
            terminal.keys(CTRL_C);
            String cancelled = terminal.await(from + 1, "What now\\? " + KEY);
            assertThat(flat(cancelled)).contains("^C", "cancelling 2: ", "Ctrl-C again: other ways", "cancelled 2");
            assertThat(cancelled.lines()).as("the newline of the shell is no line").doesNotContain("  !");
            assertThat(alive("sleep 3111")).isEmpty();
            terminal.type("s", "Why skip 2\\? \\(goes into the log\\):");
            assertThat(terminal.type("", "Why skip 2\\? \\(goes into the log\\):")).contains("An empty reason");
            terminal.type("takes too long", "Run 3 .*" + KEY);
            assertThat(terminal.type("r", "Run 4 .*" + KEY)).contains("  | the mark is kept", "ok 3");
        }
    }

    @Test
    void ctrlCCancelsAStatementAndTheSessionGoesOn() {
        try (Tmux terminal = atStep2()) {
            terminal.type("s", "Why skip 2.*:");
            terminal.type("not now", "Run 3 .*" + KEY);
            terminal.type("r", "Run 4 .*" + KEY);
            int from = terminal.line();
            terminal.keys("r\r");
            terminal.seen(from, "running 4  00:00:0");
            terminal.keys(CTRL_C);
            String cancelled = terminal.await(from + 1, "What now\\? " + KEY);
            // what the server was asked is on the same line, or on one of its own when asking took long
            assertThat(cancelled).containsPattern("cancelling 4[.:] ").contains("asked the server (pid ", "cancelled 4", "57014");
            assertThat(terminal.type("SELECT 40 + 3;", "What now\\? " + KEY)).contains("  |        43", "ok a1");
        }
    }

    @Test
    void theSecondCtrlCOffersTheHardWay() {
        try (Tmux terminal = atStep2()) {
            skip(terminal, "2", "Run 3 .*" + KEY);
            terminal.type("r", "Run 4 .*" + KEY);
            skip(terminal, "4", "Run 5 .*" + KEY);
            int from = terminal.line();
            terminal.keys("r\r");
            terminal.seen(from, "\\| deaf\n(.*\n)*running 5");
            terminal.keys(CTRL_C);
            terminal.seen(from, "cancelling 5");
            terminal.keys(CTRL_C);
            terminal.await(from + 1, "Wait\\? \\[Enter waits, k, q, \\?\\]");
            assertThat(terminal.all()).contains("  Not stopped yet, 00:00:0");
            assertThat(terminal.type("k", "What now\\? " + KEY)).contains("killing 5");
            assertThat(alive("0.3122")).isEmpty();
        }
    }

    private static void skip(Tmux terminal, String step, String next) {
        terminal.type("s", "Why skip " + step + ".*:");
        terminal.type("not now", next);
    }

    @Test
    void stoppedRunsGoOnWhereTheyStopped() {
        try (Tmux terminal = atStep2()) {
            terminal.keys("half a line");
            terminal.seen(terminal.line(), "half a line");
            int from = terminal.line();
            terminal.keys(CTRL_C);
            assertThat(terminal.await(from + 1, "Run 2 .*" + KEY)).doesNotContain("half");
            from = terminal.line();
            terminal.keys(CTRL_D);
            terminal.await(from + 1, "Stop here\\? .*\\[y,N,\\?\\]");
            terminal.type("", "Run 2 .*" + KEY);
            terminal.type("q", "Stop here\\? .*\\[y,N,\\?\\]");
            String stopped = terminal.type("y", Tmux.SHELL);
            assertThat(stopped).contains("Stopped  Wait for slow programs", "  5 steps  1 done, 4 to do",
                    "  Go on     stepmark run ");
            assertThat(terminal.type("echo exit $?", "exit \\d+\n" + Tmux.SHELL)).contains("exit 4");
            assertThat(terminal.type(RUN, "Go on with run [a-z0-9]{4}\\? \\[y,n,q,\\?\\]")).contains("1 done, next: 2");
            assertThat(terminal.type("y", "Run 2 .*" + KEY)).doesNotContain("Start on", "[1/5]");
            skip(terminal, "2", "Run 3 .*" + KEY);
            String third = terminal.type("r", "Run 4 .*" + KEY);
            assertThat(third).contains("the mark is kept");
            skip(terminal, "4", "Run 5 .*" + KEY);
            terminal.type("s", "Why skip 5.*:");
            assertThat(terminal.type("not now", Tmux.SHELL)).contains("Finished  Wait for slow programs");
            assertThat(terminal.type("echo exit $?", "exit \\d+\n" + Tmux.SHELL)).contains("exit 0");
        }
        assertThat(place.runs()).hasSize(1);
        assertThat(started("1")).hasSize(1);
    }

    @Test
    void whatAKilledProcessLeftIsInDoubtAndNotRunAgain() {
        try (Tmux terminal = atStep2()) {
            int from = terminal.line();
            terminal.keys("r\r");
            terminal.seen(from, "running 2  00:00:0");
            assertThat(terminal.program().destroyForcibly()).as("signal 9 was sent").isTrue();
            terminal.await(from + 1, Tmux.SHELL);
            terminal.type("stty sane", Tmux.SHELL);
            String offered = terminal.type(RUN, "Go on with run [a-z0-9]{4}\\? \\[y,n,q,\\?\\]");
            assertThat(offered).contains("1 done, in doubt: 2");
            String doubt = terminal.type("y", "What now\\?\\s" + KEY);
            assertThat(flat(doubt)).contains("IN DOUBT 2 Wait for a program", "> sleep 3111", "no outcome recorded");
            assertThat(started("2")).hasSize(1);
            assertThat(terminal.type("", "What now\\?\\s" + KEY)).doesNotContain("running");
            terminal.type("m", "Why is 2 done\\? .*:");
            terminal.type("seen in its own log", "Type \"done 2\" to mark it done " + KEY);
            assertThat(terminal.type("done 3", "What now\\?\\s" + KEY)).contains("  That is not \"done 2\"");
            terminal.type("m", "Why is 2 done\\? .*:");
            terminal.type("seen in its own log", "Type \"done 2\" to mark it done " + KEY);
            String next = terminal.type("done 2", "Run 3 .*" + KEY);
            assertThat(next).contains("done 2  marked by hand, with a reason");
            assertThat(terminal.type("r", "Run 4 .*" + KEY)).contains("the mark is kept");
        }
        assertThat(started("2")).hasSize(1);
        assertThat(place.records()).filteredOn(r -> r.event() instanceof Event.DoubtResolved)
                .extracting(r -> ((Event.DoubtResolved) r.event()).reason()).containsExactly("seen in its own log");
    }

    /** Where lines are broken depends on numbers that differ from run to run. */
    private static String flat(String text) {
        return text.replaceAll("\\s+", " ");
    }

    private List<Event.ExecStarted> started(String step) {
        return place.records().stream().map(r -> r.event()).filter(Event.ExecStarted.class::isInstance)
                .map(Event.ExecStarted.class::cast).filter(e -> e.unit().step().equals(step)).toList();
    }

    /** Processes with these words in their command line that do not go away by themselves. */
    private static List<String> alive(String words) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        List<String> found = running(words);
        while (!found.isEmpty() && System.nanoTime() < end) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            found = running(words);
        }
        return found;
    }

    private static List<String> running(String words) {
        return ProcessHandle.allProcesses().map(p -> p.info().commandLine().orElse("")).filter(c -> c.contains(words))
                .toList();
    }
}
