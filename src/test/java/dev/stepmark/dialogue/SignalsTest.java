package dev.stepmark.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.journal.Event;
import dev.stepmark.journal.Runs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signals in each state: the terminal is given back, the run can go on, and what ran is stopped. */
class SignalsTest {

    private static final String RUN = "stepmark run wait.md";
    private static final String KEY = "\\[[^\\]\\n]*\\?\\]";
    private static final String DOCUMENT = """
            # Wait

            1. Short.

               ```bash
               echo hello
               ```

            2. Long.

               ```bash
               sleep 3136
               ```
            """;
    private static final String CTRL_Z = "\u001a";
    private static final String CTRL_C = "\u0003";
    private static final String CTRL_BACKSLASH = "\u001c";

    @TempDir
    Path root;
    private Workplace place;

    @BeforeEach
    void prepare() {
        place = new Workplace(root).with("wait.md", DOCUMENT);
    }

    /** The line discipline is left out: JLine writes another number there, which the kernel ignores. */
    private static void keepModes(Tmux terminal, String name) {
        terminal.type("stty -a | sed 's/ line = .*//' >" + name, Tmux.SHELL);
    }

    private static void start(Tmux terminal) {
        terminal.type(RUN, "Start on .*" + KEY);
        terminal.type("y", "Run 1 .*" + KEY);
    }

    private void signal(Tmux terminal, String name) throws Exception {
        long pid = terminal.program().pid();
        assertThat(new ProcessBuilder("kill", "-s", name, Long.toString(pid)).start().waitFor()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "HUP"})
    void atAPromptItEndsAndTheRunCanGoOn(String name) throws Exception {
        try (Tmux terminal = place.terminal(80, 24)) {
            keepModes(terminal, "before");
            start(terminal);
            int from = terminal.line();
            signal(terminal, name);
            String ended = terminal.await(from + 1, Tmux.SHELL);
            assertThat(terminal.all().replaceAll("\\s+", " ")).contains("interrupted; what runs is cancelled and recorded");
            assertThat(ended).doesNotContain("\tat ", "Exception");
            keepModes(terminal, "after");
            assertThat(place.work().resolve("after")).hasSameTextualContentAs(place.work().resolve("before"));
            assertThat(terminal.type(RUN, "Go on with run [a-z0-9]{4}\\? " + KEY)).contains("none done, next: 1");
            terminal.type("y", "Run 1 .*" + KEY);
            assertThat(terminal.type("r", "Run 2 .*" + KEY)).contains("  | hello");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "HUP"})
    void whileSomethingRunsItIsCancelledAndRecorded(String name) throws Exception {
        try (Tmux terminal = place.terminal(80, 24)) {
            keepModes(terminal, "before");
            start(terminal);
            terminal.type("r", "Run 2 .*" + KEY);
            int from = terminal.line();
            terminal.keys("r\r");
            terminal.seen(from, "running 2  00:00:0");
            signal(terminal, name);
            assertThat(terminal.await(from + 1, Tmux.SHELL)).doesNotContain("\tat ", "Exception");
            assertThat(terminal.type("echo exit $?", "exit \\d+\n" + Tmux.SHELL)).contains("exit 130");
            keepModes(terminal, "after");
            assertThat(place.work().resolve("after")).hasSameTextualContentAs(place.work().resolve("before"));
            assertThat(goneSoon("sleep 3136")).isTrue();
        }
        assertThat(place.records()).filteredOn(r -> r.event() instanceof Event.ExecFinished).hasSize(2);
        assertThat(place.runs()).hasSize(1).allMatch(Runs.Entry::unfinished);
    }

    @Test
    void aTerminalThatVanishesEndsIt() throws Exception {
        ProcessHandle program;
        try (Tmux terminal = place.terminal(80, 24)) {
            start(terminal);
            program = terminal.program();
        }
        program.onExit().get(30, java.util.concurrent.TimeUnit.SECONDS);
        assertThat(place.runs()).hasSize(1).allMatch(Runs.Entry::unfinished);
    }

    @Test
    void ctrlZPutsAPromptAsideAndFgBringsItBack() {
        try (Tmux terminal = place.terminal(80, 24)) {
            keepModes(terminal, "before");
            start(terminal);
            terminal.keys("ab");
            terminal.seen(0, "Run 1 .*\\] ab");
            int from = terminal.line();
            terminal.keys(CTRL_Z);
            assertThat(terminal.await(from + 1, Tmux.SHELL)).contains("Stopped");
            keepModes(terminal, "after");
            assertThat(place.work().resolve("after")).hasSameTextualContentAs(place.work().resolve("before"));
            terminal.type("fg", "Run 1 .*\\] ab");
            from = terminal.line();
            terminal.keys(CTRL_C);
            terminal.await(from + 1, "Run 1 .*" + KEY);
            assertThat(terminal.type("r", "Run 2 .*" + KEY)).contains("  | hello");
        }
    }

    @Test
    void stoppedFromOutsideWhileSomethingRunsItGoesOn() throws Exception {
        try (Tmux terminal = place.terminal(80, 24)) {
            start(terminal);
            terminal.type("r", "Run 2 .*" + KEY);
            int from = terminal.line();
            terminal.keys("r\r");
            terminal.seen(from, "running 2  00:00:0");
            signal(terminal, "TSTP");
            assertThat(terminal.await(from + 1, Tmux.SHELL)).contains("Stopped");
            from = terminal.line();
            terminal.keys("fg\r");
            terminal.seen(from, "running 2  00:00:");
            terminal.keys(CTRL_C);
            terminal.await(from + 1, "What now\\? " + KEY);
        }
    }

    @Test
    void startedInTheBackgroundItWaitsForTheForeground() {
        try (Tmux terminal = place.terminal(80, 24)) {
            int from = terminal.line();
            terminal.keys(RUN + " &\r");
            terminal.seen(from, "\\[1\\] \\d+");
            stopped(terminal);
            terminal.type("fg", "Start on .*" + KEY);
            terminal.type("y", "Run 1 .*" + KEY);
            assertThat(terminal.type("r", "Run 2 .*" + KEY)).contains("  | hello");
        }
    }

    /** Waits until the shell has heard that its job was stopped for touching the terminal. */
    private static void stopped(Tmux terminal) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        String jobs = "";
        while (!jobs.contains("Stopped") && System.nanoTime() < end) {
            jobs = terminal.type("jobs", Tmux.SHELL);
        }
        assertThat(jobs).contains("Stopped");
    }

    @Test
    void ctrlBackslashPrintsNoThreads() {
        try (Tmux terminal = place.terminal(80, 24)) {
            start(terminal);
            int from = terminal.line();
            terminal.keys(CTRL_BACKSLASH + CTRL_C);
            terminal.await(from + 1, "Run 1 .*" + KEY);
            terminal.type("r", "Run 2 .*" + KEY);
            from = terminal.line();
            terminal.keys("r\r");
            terminal.seen(from, "running 2  00:00:0");
            terminal.keys(CTRL_BACKSLASH + CTRL_C);
            assertThat(terminal.await(from + 1, "What now\\? " + KEY)).doesNotContain("thread dump");
            assertThat(terminal.all()).doesNotContain("thread dump");
        }
    }

    private static boolean goneSoon(String words) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (running(words) && System.nanoTime() < end) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        return !running(words);
    }

    private static boolean running(String words) {
        return ProcessHandle.allProcesses().anyMatch(p -> p.info().commandLine().orElse("").contains(words));
    }
}
