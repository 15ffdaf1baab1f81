package dev.stepmark.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.journal.Event;
import dev.stepmark.journal.Journal;
import dev.stepmark.journal.RunDirectory;
import dev.stepmark.journal.Unit;
import dev.stepmark.secret.Masker;
import dev.stepmark.testing.Golden;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Back, forward, a step that is stale, one that is passed over, and a window that is too short, in a real terminal. */
class GoingWalkTest {

    private static final Path RUNBOOK = Path.of("src/test/resources/dialogue/going-back.md");
    private static final String RENAME = "UPDATE ordertable SET order_name = 'WO-' || order_id WHERE order_id > 40;";
    private static final String NEXT = "Run \\d on [^?]*\\? \\[[a-zR,?]+\\]";
    private static final String DONE = "Done\\?\\s\\[m mark done,.*\\]";
    private static final String STALE = "2 is stale. What now\\? \\[r run again, m mark valid,\\s?w, q, \\?\\]";

    @TempDir
    Path root;
    private Workplace place;

    @BeforeEach
    void prepare() {
        place = new Workplace(root).withDatabase().with(RUNBOOK).env("PGDATABASE", Workplace.DATABASE);
        tookFiveHours();
    }

    /** A run of the same document in which the second step took long. */
    private void tookFiveHours() {
        Path runs = root.resolve("home/.local/state/stepmark/runs");
        RunDirectory run = RunDirectory.create(runs, Clock.systemUTC());
        String text = run.artefacts().put(RENAME.getBytes(StandardCharsets.UTF_8));
        try (Journal journal = Journal.create(run.path(), run.id(), "anna@ops-1", Clock.systemUTC(), Masker.none())) {
            journal.append(new Event.RunStarted(place.work().resolve("going-back.md").toString(), "", text, text,
                    "Rename", "stepmark", Map.of(), Map.of(), false));
            journal.append(new Event.ExecStarted("x1", "", Event.Origin.STEP, Unit.block("2", "2.1").statement(0), 1, "s",
                    "", text, "", "write", false, ""));
            journal.append(new Event.ExecFinished("x1", "done", 0, List.of(), "", 3, List.of(), List.of(), "", 18_000_000,
                    List.of(), List.of()));
            journal.append(new Event.RunEnded("finished", 0, List.of()));
        }
    }

    @Test
    void backAndForward() {
        try (Tmux terminal = place.terminal(80, 24)) {
            terminal.type("stepmark run going-back.md --until +2h", "Start on .*\\[y,n,w,q,\\?\\]");
            terminal.type("y", NEXT);
            assertThat(terminal.type("", NEXT)).contains("  . Earlier    05:00:00 in 1 run", "  . Window     late: 01:5");
            terminal.type("r", DONE);
            assertThat(terminal.type("/goto 1", "Do 1 again\\? .*\\[y,N,q,\\?\\]"))
                    .contains("Going back undoes nothing", "Becomes stale when it runs: 2,");
            terminal.type("y", NEXT);
            assertThat(terminal.type("", STALE)).contains("STALE, write, SQL", "  . Stale: step 1 ran at");
            terminal.type("/list", STALE);
            terminal.type("m", "Why is 2 still valid\\? \\(goes into the log\\):");
            terminal.type("the names are unique now", DONE);
            assertThat(terminal.type("/goto 4", NEXT)).contains("Passed over, still to do: 3.");
            terminal.type("", "What now\\? \\[r go back to 3, s skip each, q quit, \\?\\]");
            terminal.type("?", "What now\\? \\[r go back to 3, s skip each, q quit, \\?\\]");
            terminal.type("s", "Why skip 3\\? \\(goes into the log\\):");
            terminal.type("the shift lead knows", Tmux.SHELL);
            terminal.type("echo \"exit $?\"", "exit 0\n\\$");
            Golden.check("dialogue/going-back.txt", Normal.of(terminal.all()));
            assertThat(terminal.all().lines()).allMatch(l -> l.length() <= 80);
        }
        assertThat(place.query("SELECT order_name FROM ordertable WHERE order_id > 40 ORDER BY order_id"))
                .containsExactly("WO-41", "WO-42", "WO-43");
    }

    @Test
    void stoppedWithAStaleStepTheListSaysSo() {
        try (Tmux terminal = place.terminal(80, 24)) {
            terminal.type("stepmark run going-back.md", "Start on .*\\[y,n,w,q,\\?\\]");
            terminal.type("y", NEXT);
            terminal.type("", NEXT);
            terminal.type("r", DONE);
            terminal.type("/goto 1", "Do 1 again\\? .*\\[y,N,q,\\?\\]");
            terminal.type("y", NEXT);
            terminal.type("", STALE);
            terminal.type("q", "Stop here\\? .*\\[y,N,\\?\\]");
            terminal.type("y", Tmux.SHELL);
            assertThat(terminal.type("stepmark runs", Tmux.SHELL)).contains("stopped, 1 stale: stepmark");
            assertThat(terminal.type("stepmark show " + place.runs().get(0).shortId(), Tmux.SHELL))
                    .contains("  STALE 2  Rename what clashes: step 1 ran later", "goto");
            terminal.type("CI=true stepmark run going-back.md --yes --answer resume=yes --assume-manual", Tmux.SHELL);
            assertThat(terminal.type("echo \"exit $?\"", "exit 3\n\\$")).contains("exit 3");
            assertThat(terminal.all()).contains("error: 1 step of this run was left for a person to decide",
                    "  2  Rename what clashes: stale, because of step 1");
            assertThat(terminal.type("stepmark run going-back.md", "Go on with run .*\\[y,n,q,\\?\\]"))
                    .contains("1 done, stale: 2, next: 2 Rename what clashes");
            terminal.type("y", STALE);
            assertThat(terminal.type("r", DONE)).contains("[2/4] Rename what clashes",
                    "skipped 2  does not apply: clashes.rowCount > 0 is false");
        }
    }
}
