package dev.stepmark.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.journal.Envelope;
import dev.stepmark.journal.Event;
import dev.stepmark.testing.EmbeddedServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real editors, pagers, clients and password prompts in the blocks of a run, in a real terminal. */
class GivenTerminalTest {

    private static final Path RUNBOOK = Path.of("src", "test", "resources", "dialogue", "terminals.md");
    private static final String RUN = "stepmark run terminals.md";
    private static final String KEY = "\\[[^\\]\\n]*\\?\\]";
    private static final String ESCAPE = "\u001b";
    private static final String CTRL_C = "\u0003";
    private static final String CTRL_Z = "\u001a";
    private static final String BACK = "--- back after [0-9.:]+( s)?, ";

    @TempDir
    Path root;
    private Workplace place;

    @BeforeEach
    void prepare() {
        place = new Workplace(root);
        needs("vi");
        needs("less");
        place.withDatabase().with(RUNBOOK);
        EmbeddedServer.get().execute(Workplace.DATABASE, "GRANT SELECT ON ordertable TO " + EmbeddedServer.SCRAM_USER);
    }

    private void needs(String program) {
        Assumptions.assumeTrue(place.has(program), "needs " + program);
    }

    private Tmux atStep1() {
        Tmux terminal = place.terminal(80, 24);
        terminal.type(RUN, KEY);
        assertThat(terminal.type("y", "Run 1 .*" + KEY)).contains("  . vi gets this terminal until it ends");
        return terminal;
    }

    @Test
    void theWholeWayThroughEditorPagerPasswordAndMenu() {
        needs("pg_dump");
        try (Tmux terminal = atStep1()) {
            int from = terminal.line();
            terminal.keys("r\r");
            until(() -> terminal.screen().stream().anyMatch(l -> l.contains("\"notes.txt\" [New")));
            terminal.keys("iline lock is on" + ESCAPE + ":wq\r");
            String edited = terminal.await(from + 1, "Run 2 .*" + KEY);
            assertThat(edited).contains("--- terminal given to vi; its screen is recorded ---", "ok 1  exit 0")
                    .containsPattern(BACK + "exit 0 ---").doesNotContain("~");
            assertThat(place.work().resolve("notes.txt")).hasContent("line lock is on");

            from = terminal.line();
            terminal.keys("\r");
            until(() -> terminal.screen().stream().anyMatch(l -> l.startsWith("notes.txt")));
            terminal.keys("q");
            assertThat(terminal.await(from + 1, "Run 3 .*" + KEY)).contains("terminal given to less", "ok 2");

            terminal.keys("r\r");
            terminal.await(from + 1, "3 asks \"Password:\" \\(not shown, not logged\\):");
            String dumped = terminal.type(EmbeddedServer.SCRAM_PASSWORD, "(Run 4|What now).*" + KEY);
            assertThat(dumped).contains("  | 1", "ok 3").doesNotContain(EmbeddedServer.SCRAM_PASSWORD);

            from = terminal.line();
            terminal.keys("r\r");
            String refused = terminal.await(from + 1, "What now\\? " + KEY);
            assertThat(flat(refused)).contains("FAILED 4 it opened a full screen, and has no terminal for it",
                    "r runs it again and gives it this terminal");
            terminal.keys("r\r");
            until(() -> terminal.screen().stream().anyMatch(l -> l.contains("\"unforeseen.txt\" [New")));
            terminal.keys(":q\r");
            assertThat(terminal.await(from + 1, "Run 5 .*" + KEY)).contains("ok 4");

            from = terminal.line();
            terminal.keys("r\r");
            terminal.await(from + 1, "Your pin:");
            terminal.keys("4711-geheim\r");
            String end = terminal.await(from + 1, Tmux.SHELL);
            assertThat(end).contains("thank you", "24 80", "ok 5", "Finished").doesNotContain("4711");
            assertThat(terminal.type("stty -a | grep -o ' echo ' | wc -l", "\\d\n" + Tmux.SHELL)).contains("1\n$");
        }
        assertThat(recorded(EmbeddedServer.SCRAM_PASSWORD)).isEmpty();
        assertThat(recorded("4711-geheim")).isEmpty();
        assertThat(recorded("line lock is on")).as("the screen of vi is recorded").isNotEmpty();
        assertThat(events(Event.QuestionAnswered.class)).filteredOn(e -> e.id().equals("step-3.typed"))
                .extracting(Event.QuestionAnswered::answer).containsExactly("(typed, not recorded)");
        assertThat(events(Event.ExecStarted.class)).filteredOn(e -> e.unit().step().equals("1"))
                .extracting(Event.ExecStarted::framing).containsExactly("</dev/tty >/dev/tty 2>&1");
    }

    @Test
    void aKilledEditorLeavesAWholeTerminal() {
        try (Tmux terminal = atStep1()) {
            int from = terminal.line();
            terminal.keys("r\r");
            until(() -> terminal.screen().stream().anyMatch(l -> l.contains("\"notes.txt\" [New")));
            terminal.resize(70, 20);
            until(() -> {
                terminal.keys(":set lines?\r");
                return terminal.screen().stream().anyMatch(l -> l.contains("lines=20"));
            });
            vi().orElseThrow().destroyForcibly();
            String failed = terminal.await(from + 1, "What now\\? " + KEY);
            assertThat(flat(failed)).contains("exit 137 ---", "FAILED 1 exit 137").doesNotContain("~");
            assertThat(terminal.type("/tty off", "What now\\? " + KEY)).contains("1 runs with its output captured");
            assertThat(terminal.type("/tty", "What now\\? " + KEY)).contains("1 gets this terminal when it runs");
            terminal.type("s", "Why skip 1.*:");
            assertThat(terminal.type("vi is of no use here", "Run 2 .*" + KEY)).contains("skipped 1");
            assertThat(vi()).isEmpty();
        }
    }

    @Test
    void aSuspendedEditorWaitsAndFgGoesBackToIt() {
        try (Tmux terminal = atStep1()) {
            int from = terminal.line();
            terminal.keys("r\r");
            until(() -> terminal.screen().stream().anyMatch(l -> l.contains("\"notes.txt\" [New")));
            terminal.keys("ihalf" + ESCAPE + CTRL_Z);
            String suspended = terminal.await(from + 1, "What now\\? " + KEY);
            assertThat(flat(suspended)).contains("--- back after", "suspended ---",
                    "FAILED 1 suspended, its job waits in the shell: [1]", "!fg goes back to it, !kill %1 ends it");
            terminal.type("!fg", "Run a1\\? " + KEY);
            terminal.keys("y\r");
            until(() -> terminal.screen().stream().anyMatch(l -> l.equals("half")));
            terminal.keys(":wq\r");
            assertThat(terminal.await(from + 1, "ok a1 .*\nWhat now\\? " + KEY)).contains("terminal given to fg");
            assertThat(place.work().resolve("notes.txt")).hasContent("half");
        }
    }

    @Test
    void aClientIsTypedByHandAndAnswersInItsOwnColours() {
        needs("psql");
        try (Tmux terminal = atStep1()) {
            int from = terminal.line();
            terminal.type("!psql -X postgres", "postgres=#");
            terminal.type("SELECT 40 + 2;", "42\n.*\n+postgres=#");
            from = terminal.line();
            terminal.keys("SELECT pg_sleep(3177);\r");
            until(() -> EmbeddedServer.get().query("postgres", "SELECT count(*) FROM pg_stat_activity WHERE query LIKE"
                    + " 'SELECT pg_sleep(3177)%' AND state = 'active'").equals("1"));
            terminal.keys(CTRL_C);
            terminal.await(from + 1, "canceling statement due to user request\npostgres=#");
            assertThat(terminal.type("\\q", "Run 1 .*" + KEY)).containsPattern(BACK + "exit 0 ---");
        }
    }

    @Test
    void aTerminalThatIsClosedTakesItsEditorAlongAndTheRunGoesOn() {
        try (Tmux terminal = atStep1()) {
            terminal.keys("r\r");
            until(() -> terminal.screen().stream().anyMatch(l -> l.contains("\"notes.txt\" [New")));
            assertThat(vi()).isPresent();
        }
        until(() -> vi().isEmpty());
        until(() -> place.runs().get(0).directory().writer().isEmpty());
        try (Tmux terminal = place.terminal(80, 24)) {
            String offered = terminal.type(RUN, "Go on with run [a-z0-9]{4}\\? \\[y,n,q,\\?\\]");
            assertThat(flat(offered)).containsAnyOf("in doubt: 1", "none done, next: 1");
            terminal.type("y", "(Run 1|What now).*\\s" + KEY);
        }
    }

    @Test
    void aKilledStepmarkLeavesNoEditorBehind() {
        try (Tmux terminal = atStep1()) {
            terminal.keys("r\r");
            until(() -> terminal.screen().stream().anyMatch(l -> l.contains("\"notes.txt\" [New")));
            assertThat(vi()).isPresent();
            assertThat(terminal.program().destroyForcibly()).as("signal 9 was sent").isTrue();
            until(() -> vi().isEmpty());
            until(() -> place.runs().get(0).directory().writer().isEmpty());
        }
    }

    @Test
    void whereNobodyIsAnEditorIsRefusedAndAPasswordEndsTheBlock() {
        Finished editor = Finished.of(place, RUN + " --yes --answer start=yes </dev/null");
        assertThat(editor.exit()).as(editor.err()).isEqualTo(3);
        assertThat(flat(editor.err())).contains("error: step 1 runs vi, step 5 runs a program for a person, and there is"
                + " no terminal to work in", "Nothing was run.", "--skip 1,5");
        assertThat(place.runs()).isEmpty();
        String run = "echo shown > notes.txt; " + RUN + " --skip 1,4,5 --yes --answer start=yes </dev/null";
        Finished missing = Finished.of(place, run);
        assertThat(missing.exit()).as(missing.err()).isEqualTo(3);
        assertThat(flat(missing.err())).contains("Step 3: pg_dump asks for a password", "STEPMARK_PASSWORD_3");
        assertThat(place.runs()).isEmpty();
        // a program that nobody knows to ask
        Finished password = Finished.of(place, "sed -i \"s/pg_dump -/pg_'du'mp -/\" terminals.md; " + run);
        assertThat(password.exit()).as(password.err()).isEqualTo(1);
        assertThat(flat(password.err())).contains("| shown", "ok 2", "it asks for a password, and nobody is there to type"
                + " one; it was stopped", "It asked Password:", "a .pgpass entry or PGPASSWORD");
    }

    private static Optional<ProcessHandle> vi() {
        return ProcessHandle.allProcesses().filter(p -> p.info().commandLine().orElse("").matches(
                "(\\S*/)?(vi|vim)(\\.\\w+)? notes.txt")).findFirst();
    }

    /** Files of the newest run that hold a text. */
    private List<Path> recorded(String text) {
        try (Stream<Path> files = Files.walk(place.runs().get(0).directory().path())) {
            return files.filter(Files::isRegularFile).filter(f -> contains(f, text)).toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private <T extends Event> List<T> events(Class<T> type) {
        return place.records().stream().map(Envelope::event).filter(type::isInstance).map(type::cast).toList();
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited in vain").isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(30).toNanos());
        }
    }

    private static String flat(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
