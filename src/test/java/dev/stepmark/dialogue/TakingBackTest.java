package dev.stepmark.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.journal.Event;
import dev.stepmark.testing.Golden;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An error that is safe, output that is not what the document shows, and a failure that is taken back, in a real terminal. */
class TakingBackTest {

    private static final Path RUNBOOK = Path.of("src/test/resources/dialogue/taking-back.md");
    private static final String NEXT = "Run \\d on [^?]*\\? \\[[a-zR,?]+\\]";
    private static final String FAILED = "What now\\? \\[r run again, e edit, s skip, u undo, q quit, \\?\\]";
    private static final String SECTION = "Go through the rollback section, step 5\\? \\[y,N,q,\\?\\]";

    @TempDir
    Path root;

    @Test
    void fromAnErrorThatIsSafeToOneThatIsTakenBack() {
        Workplace place = new Workplace(root).withDatabase().with(RUNBOOK).env("PGDATABASE", Workplace.DATABASE);
        try (Tmux terminal = place.terminal(80, 24)) {
            terminal.type("stepmark run taking-back.md", "Start on .*\\[y,n,w,q,\\?\\]");
            terminal.type("y", NEXT);
            assertThat(terminal.type("r", NEXT)).contains("  . tolerated: taking-back.md:49 says it can be ignored",
                    "1 error, 1 tolerated, 0 others");
            assertThat(terminal.type("", NEXT)).contains("  . The document shows something else (lines 17-22)",
                    "  .   shows  0", "  .   came   43");
            terminal.type("r", NEXT);
            assertThat(terminal.type("r", FAILED)).contains("FAILED 4", "the document has such a section: 1 step");
            terminal.type("?", FAILED);
            assertThat(terminal.type("u", "Undo 3 on [^?]*\\? \\[r,s,n,q,\\?\\]")).contains("     3  Make the index: DROP INDEX");
            terminal.type("", "Undo 3 on [^?]*\\? \\[r,s,n,q,\\?\\]");
            assertThat(place.query("SELECT count(*) FROM pg_class WHERE relname = 'ordertable_name'")).containsExactly("1");
            terminal.type("r", SECTION);
            assertThat(place.query("SELECT count(*) FROM pg_class WHERE relname = 'ordertable_name'")).containsExactly("0");
            terminal.type("y", "Run 5 on [^?]*\\? \\[[a-zR,?]+\\]");
            terminal.type("r", "What now\\? \\[r go on with 3, q quit, \\?\\]");
            terminal.type("q", "Stop here\\?.*\\[y,N,\\?\\]");
            terminal.type("y", Tmux.SHELL);
            terminal.type("echo \"exit $?\"", "exit 4\n\\$");
            Golden.check("dialogue/taking-back.txt", Normal.of(terminal.all()));
            assertThat(terminal.all().lines()).allMatch(l -> l.length() <= 80);
        }
        assertThat(place.records()).filteredOn(r -> r.event() instanceof Event.ExecStarted e && e.origin() == Event.Origin.UNDO)
                .hasSize(1);
        assertThat(place.records()).filteredOn(r -> r.event() instanceof Event.RollbackBegun).hasSize(1);
    }
}
