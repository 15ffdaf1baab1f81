package dev.stepmark.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.journal.Event;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person beside whom something runs: seen, looked at, stopped, started again. */
class BackgroundDialogueTest {

    private static final String KEY = "\\[[^\\]\\n]*\\?\\]";
    private static final String RUNBOOK = """
            # Follow the log

            1. Follow it:

               ```bash
               echo $BASHPID > pid; tail -n +1 -f a.log
               ```

            2. Write:

               ```bash
               echo second >> a.log
               ```

            3. Read:

               ```bash
               cat a.log
               ```
            """;

    @TempDir
    Path root;

    private Workplace place() {
        return new Workplace(root).with("follow.md", RUNBOOK).with("a.log", "first\n");
    }

    private static long pid(Workplace place) throws Exception {
        return Long.parseLong(Files.readString(place.work().resolve("pid")).strip());
    }

    private static void gone(long pid) throws Exception {
        for (int i = 0; i < 500 && ProcessHandle.of(pid).isPresent(); i++) {
            Thread.sleep(20);
        }
        assertThat(ProcessHandle.of(pid)).isEmpty();
    }

    @Test
    void itIsShownListedLookedAtAndStopped() throws Exception {
        Workplace place = place().env("PAGER", "cat");
        try (Tmux terminal = place.terminal(100, 40)) {
            terminal.type("stepmark run follow.md", KEY);
            String card = terminal.type("y", "Run 1 in the background on [^ ]*\\? " + KEY);
            assertThat(card).contains("shell, background", "It comes to no end by itself: it runs in the background");
            String started = terminal.type("r", "Run 2 .*" + KEY);
            assertThat(started).contains("| first", "ok 1  runs in the background, in a shell of its own, pid ");
            long pid = pid(place);
            assertThat(ProcessHandle.of(pid)).isPresent();
            assertThat(terminal.type("r", "Run 3 .*" + KEY)).doesNotContain("| second");
            assertThat(terminal.type("/jobs", "Run 3 .*" + KEY)).containsPattern("1  00:00:\\d\\d  echo \\$BASHPID");
            assertThat(terminal.type("/jobs 1", "Run 3 .*" + KEY)).contains("first").contains("second");
            assertThat(terminal.type("/jobs 2", "Run 3 .*" + KEY)).contains("Nothing runs in the background under \"2\"");
            assertThat(terminal.type("/jobs stop 1", "Run 3 .*" + KEY)).contains("stopped 1  it ran for");
            gone(pid);
            assertThat(terminal.type("/jobs", "Run 3 .*" + KEY)).contains("Nothing runs in the background.");
            assertThat(terminal.type("r", "\\$")).contains("Finished", "3 done").doesNotContain("stopped: 1");
        }
    }

    @Test
    void itEndsWhenTheRunIsStoppedAndIsAskedAboutWhenTheRunGoesOn() throws Exception {
        Workplace place = place();
        try (Tmux terminal = place.terminal(100, 40)) {
            terminal.type("stepmark run follow.md", KEY);
            terminal.type("y", "Run 1 .*" + KEY);
            terminal.type("r", "Run 2 .*" + KEY);
            long pid = pid(place);
            terminal.type("q", "\\[y,N,\\?\\]");
            assertThat(terminal.type("y", "\\$")).contains("Stopped", "stopped: 1 (");
            gone(pid);
            terminal.type("stepmark run follow.md", KEY);
            String asked = terminal.type("y", "Start 1 again\\? Later steps may need it .*\\]");
            assertThat(asked).contains("Step 1 ran in the background and ended with the run");
            terminal.type("y", "Run 2 .*" + KEY);
            long second = pid(place);
            assertThat(second).isNotEqualTo(pid);
            terminal.type("r", "Run 3 .*" + KEY);
            // the end of a person: the terminal is closed
            long tool = terminal.program().pid();
            ProcessHandle.of(tool).orElseThrow().destroyForcibly();
            gone(second);
        }
        assertThat(place.records().stream().map(dev.stepmark.journal.Envelope::event).filter(Event.ExecStarted.class::isInstance)
                .map(Event.ExecStarted.class::cast).filter(Event.ExecStarted::background)).hasSize(2);
    }
}
