package dev.stepmark.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.journal.Event;
import dev.stepmark.table.DisplayWidth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is typed, pasted and printed at the wrong time or in the wrong form does no harm. */
class PromptTest {

    private static final Path RUNBOOK = Path.of("src", "test", "resources", "dialogue", "noisy.md");
    private static final String KEY = "\\[[^\\]\\n]*\\?\\]";
    private static final String SECRET = "fence-Post-77";

    @TempDir
    Path root;
    private Workplace place;

    @BeforeEach
    void prepare() {
        place = new Workplace(root).withDatabase().with(RUNBOOK);
    }

    /** Starts the run at a step, with those before it left out by option. */
    private Tmux at(int columns, int rows, String step) {
        Tmux terminal = place.terminal(columns, rows);
        terminal.type("stepmark run noisy.md --start-at " + step, "PASSWORD \\(secret; not shown, not logged\\):");
        assertThat(terminal.type(SECRET, "Start on .*" + KEY)).contains("read: 13 characters").doesNotContain(SECRET);
        terminal.type("y", "Run " + step + " .*" + KEY);
        return terminal;
    }

    @Test
    void noIsNoAndLeavesNoStepInTheLog() {
        try (Tmux terminal = place.terminal(80, 24)) {
            terminal.type("stepmark run noisy.md", "PASSWORD.*:");
            terminal.type(SECRET, "Start on .*" + KEY);
            assertThat(terminal.type("n", Tmux.SHELL)).contains("Nothing was run.");
            assertThat(terminal.type("echo exit $?", "exit \\d+\n" + Tmux.SHELL)).contains("exit 4");
        }
        assertThat(place.records()).noneMatch(r -> r.event() instanceof Event.ExecStarted);
    }

    @Test
    void thousandsOfLinesAreCutOnTheScreenAndWholeInTheRecord() {
        place.env("PAGER", "wc -l");
        try (Tmux terminal = at(80, 24, "1")) {
            int before = terminal.line();
            String out = terminal.type("r", "Run 2 .*" + KEY);
            assertThat(terminal.line() - before).as("lines that came").isLessThan(60);
            assertThat(out).contains("\n  | 30\n", "99,960 more lines; o shows them", "\n  | 99991\n", "\n  | 100000\n")
                    .doesNotContain("\n  | 31\n", "\n  | 99990\n");
            assertThat(terminal.type("o", "Run 2 .*" + KEY)).containsPattern("\\b10000\\d /");
        }
    }

    @Test
    void outputCannotLookLikeOursNorMoveTheCursor() {
        try (Tmux terminal = at(80, 24, "2")) {
            String out = "\n" + terminal.type("r", "Run 3 .*" + KEY);
            assertThat(out).contains("\n  | ok 6  all is well\n", "\n  | Run 7? [R]\n", "^[[2J^[[Hgone");
            assertThat(terminal.all()).startsWith("$ stepmark run noisy.md");
        }
    }

    @Test
    void wideRowsBecomeRecordsAndSecretsStars() {
        try (Tmux terminal = at(80, 24, "3")) {
            String wide = terminal.type("", "Run 4 .*" + KEY);
            assertThat(wide).contains("-[ 1 ]-", "eleven | 表と裏\n", "twelve | 🙂 smile\n");
            assertThat(wide.lines()).allMatch(l -> DisplayWidth.of(l) <= 80);
            String secret = terminal.type("r", "Run 5 .*" + KEY);
            assertThat(secret).contains("  | the password is ***");
            assertThat(terminal.all()).doesNotContain(SECRET);
        }
    }

    @Test
    void keysTypedBeforeTheQuestionAreIgnoredAndItSaysSo() {
        try (Tmux terminal = at(80, 24, "5")) {
            int from = terminal.line();
            terminal.keys("r\r");
            terminal.seen(from, "running 5");
            terminal.keys("r\rabc");
            String next = terminal.await(from + 1, "Run 6 .*" + KEY);
            assertThat(next).contains("(5 keys typed before this question were ignored)").doesNotContain("No such file");
        }
        assertThat(started("6")).isEmpty();
    }

    @Test
    void aPasteWithoutBracketsIsOneAnswer() {
        try (Tmux terminal = at(80, 24, "7")) {
            int from = terminal.line();
            terminal.keys("r\rr\rr\r");
            String next = terminal.await(from + 1, "Run 8 .*" + KEY);
            assertThat(next).contains("(4 keys typed before this question were ignored)");
        }
        assertThat(place.work().resolve("changed")).exists();
        assertThat(place.work().resolve("changed-more")).doesNotExist();
    }

    @Test
    void aPasteInBracketsStaysInTheLineUntilEnter() {
        try (Tmux terminal = at(80, 24, "3")) {
            place.with("pasted.sql", "SELECT 1\n  AS first;\nSELECT 2 AS second;");
            terminal.paste(place.work().resolve("pasted.sql"));
            terminal.seen(0, "SELECT 2 AS second;");
            assertThat(place.records()).noneMatch(r -> r.event() instanceof Event.ExecStarted);
            String out = terminal.type("", "Run 3 .*" + KEY);
            assertThat(out).contains("ok a1", "ok a2", " first", " second");
        }
    }

    @Test
    void wordsAreNoCommandsAndAdHocShellIsMarked() {
        try (Tmux terminal = at(80, 24, "7")) {
            assertThat(terminal.type("yes", "Run 7 .*" + KEY)).contains("not understood;");
            assertThat(terminal.type("quit", "Run 7 .*" + KEY)).contains("the key is q");
            assertThat(place.records()).noneMatch(r -> r.event() instanceof Event.ExecStarted);
            terminal.type("!ls " + RUNBOOK.getFileName(), "Run 7 .*" + KEY);
            assertThat(terminal.all()).contains("\n  | noisy.md\nok a1  exit 0");
            String asked = terminal.type("!touch besides", "Run a2\\? " + KEY);
            assertThat(asked).contains("a2 is write, and not part of the plan");
            assertThat(terminal.type("n", "Run 7 .*" + KEY)).contains("a2 was not run");
        }
        assertThat(place.work().resolve("besides")).doesNotExist();
    }

    @Test
    void aFailedStepIsSkippedWithAReason() {
        try (Tmux terminal = at(80, 24, "6")) {
            assertThat(terminal.type("r", "What now\\? " + KEY)).contains("  ! ls: ", "FAILED 6  ", "exit 2");
            terminal.type("s", "Why skip 6\\? \\(goes into the log\\):");
            assertThat(terminal.type("", "Why skip 6\\? \\(goes into the log\\):")).contains("An empty reason is not");
            assertThat(terminal.type("because", "Run 7 .*" + KEY)).contains("skipped 6  by hand, with a reason");
        }
        assertThat(place.records()).anyMatch(r -> r.event() instanceof Event.Decided d && d.reason().equals("because"));
    }

    @Test
    void theScreenSurvivesAnotherSize() {
        try (Tmux terminal = at(80, 24, "5")) {
            int from = terminal.line();
            terminal.keys("r\r");
            terminal.seen(from, "running 5");
            terminal.resize(60, 20);
            terminal.seen(0, "running 5  00:00:02");
            terminal.resize(80, 24);
            terminal.seen(0, "Run 6 .*" + KEY + "\n*");
            List<String> screen = terminal.screen();
            assertThat(screen).noneMatch(l -> l.contains("running 5"));
            assertThat(screen).anyMatch(l -> l.startsWith("ok 5  exit 0"));
            assertThat(screen).anyMatch(l -> l.matches("Run 6 .*" + KEY));
        }
    }

    @Test
    void aDumbTerminalSurvivesCtrlC() {
        place.env("TERM", "dumb");
        String asked = "(\\? all\\schoices:|" + KEY + ")";
        try (Tmux terminal = place.terminal(80, 24)) {
            terminal.type("stepmark run noisy.md --start-at 7", "PASSWORD.*:");
            terminal.type(SECRET, asked);
            terminal.type("y", asked);
            terminal.keys("half a line");
            terminal.seen(terminal.line(), "half a line");
            int from = terminal.line();
            terminal.keys("\u0003");
            terminal.await(from + 1, "Run 7 .*" + asked);
            terminal.type("q", asked);
            assertThat(terminal.type("y", Tmux.SHELL)).contains("Stopped  Print a lot");
        }
    }

    @Test
    void theTerminalIsLeftAsItWasFound() throws IOException {
        try (Tmux terminal = place.terminal(80, 24)) {
            terminal.type("stty -a > before", Tmux.SHELL);
            terminal.type("stepmark run noisy.md --start-at 5", "PASSWORD.*:");
            terminal.type(SECRET, "Start on .*" + KEY);
            terminal.type("y", "Run 5 .*" + KEY);
            terminal.type("q", "Stop here\\? .*" + KEY);
            terminal.type("y", Tmux.SHELL);
            terminal.type("stty -a > after", Tmux.SHELL);
        }
        assertThat(settings("after")).isEqualTo(settings("before"));
    }

    /** The number of the line discipline is no setting: setting attributes does not change it. */
    private String settings(String file) throws IOException {
        return Files.readString(place.work().resolve(file)).replaceAll("; line = \\d+", "");
    }

    private List<Event.ExecStarted> started(String step) {
        return place.records().stream().map(r -> r.event()).filter(Event.ExecStarted.class::isInstance)
                .map(Event.ExecStarted.class::cast).filter(e -> e.unit().step().equals(step)).toList();
    }
}
