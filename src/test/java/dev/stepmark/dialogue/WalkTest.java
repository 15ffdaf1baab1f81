package dev.stepmark.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.journal.Event;
import dev.stepmark.testing.Golden;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The project's own procedure from the first question to the last, in real terminals; the transcripts are kept. */
class WalkTest {

    static final Path RUNBOOK = Path.of("runbooks", "migrate-ordertable.md");
    private static final String RUN = "stepmark run migrate-ordertable.md --installed-version 0.9.5";
    private static final String NEXT = "Run \\d on factoryinsight\\? \\[[a-zR,?]+\\]";
    private static final String DONE = "Done\\?\\s\\[m mark done,.*\\]";
    private static final String START = "Start on factoryinsight .*\\[y,n,w,q,\\?\\]";
    private static final String PHRASE = "Type \"delete ordertable\" to run it\\s\\[or s,e,w,q,\\?\\]";

    @TempDir
    Path root;
    private Workplace place;

    @BeforeEach
    void prepare() {
        place = new Workplace(root).withDatabase().with(RUNBOOK);
    }

    @Test
    void theWholeWalkAt80Columns() {
        try (Tmux terminal = place.terminal(80, 24)) {
            terminal.type(RUN, START);
            terminal.type("?", START);
            terminal.type("y", DONE);
            terminal.type("?", DONE);
            terminal.type("m", "What did you see\\? \\(optional\\):");
            terminal.type("the shift lead knows", NEXT);
            schemaChangeWantsMoreThanEnter(terminal);
            besidesThePlan(terminal);
            terminal.type("r", NEXT);
            terminal.type("", PHRASE);
            phrase(terminal);
            terminal.type("", NEXT);
            terminal.type("r", NEXT);
            terminal.type("r", NEXT);
            terminal.type("", Tmux.SHELL);
            terminal.type("echo \"exit $?\"", "exit 0\n\\$");
            Golden.check("dialogue/walk-80x24.txt", Normal.of(terminal.all()));
            assertThat(terminal.all().lines()).allMatch(l -> l.length() <= 80);
        }
        migrated();
        assertThat(place.records()).filteredOn(r -> r.event() instanceof Event.NoteAdded)
                .extracting(r -> ((Event.NoteAdded) r.event()).text()).containsExactly("the backup took no time");
    }

    private void schemaChangeWantsMoreThanEnter(Tmux terminal) {
        String again = terminal.type("", NEXT);
        assertThat(again).isEqualTo("Run 2 on factoryinsight? [r,s,e,w,q,?]");
        assertThat(place.records()).noneMatch(r -> r.event() instanceof Event.ExecStarted started
                && started.origin() == Event.Origin.STEP);
    }

    private static void besidesThePlan(Tmux terminal) {
        terminal.type("?", NEXT);
        assertThat(terminal.type("SELECT count(*) FROM ordertable;", NEXT)).contains("  |     43", "ok a1  1 row");
        assertThat(terminal.type("SELECT order_name", "  ->")).doesNotContain("|");
        assertThat(terminal.type("FROM ordertable WHERE order_id = 41;", NEXT)).contains("  |  WO-10", "ok a2");
        assertThat(terminal.type("\\conninfo", NEXT)).contains("You are connected to database", "ok a3");
        assertThat(terminal.type("/note the backup took no time", NEXT)).contains("noted");
        assertThat(terminal.type("yes", NEXT)).contains("not understood;");
    }

    private void phrase(Tmux terminal) {
        assertThat(terminal.type("delete 21", PHRASE)).contains("  That is not \"delete ordertable\". Nothing was run.");
        assertThat(terminal.type("y", PHRASE)).contains("y is no choice here");
        assertThat(terminal.type("", PHRASE)).doesNotContain("DELETE");
        terminal.type("?", PHRASE);
        assertThat(place.query("SELECT count(*) FROM ordertable")).containsExactly("43");
        assertThat(terminal.type("delete ordertable", NEXT)).contains("  | DELETE 3", "ok 4");
    }

    private void migrated() {
        assertThat(place.query("SELECT conname FROM pg_constraint WHERE conrelid = 'ordertable'::regclass"
                + " AND contype = 'u'")).containsExactly("ordertable_asset_id_order_name_key");
        assertThat(place.query("SELECT count(*) FROM ordertable")).containsExactly("40");
        assertThat(place.query("SELECT count(*) FROM ordertable_before_key_change")).containsExactly("43");
        List<String> decided = place.records().stream().map(r -> r.event()).filter(Event.Decided.class::isInstance)
                .map(e -> ((Event.Decided) e).unit().step() + " " + ((Event.Decided) e).by()).toList();
        assertThat(decided).contains("2 key", "3 enter", "4 phrase");
    }

    @Test
    void theWholeWalkAt40Columns() {
        String transcript = shortWalk(40, "");
        assertThat(transcript.lines()).allMatch(l -> l.length() <= 40);
        Golden.check("dialogue/walk-40-columns.txt", Normal.of(transcript));
    }

    @Test
    void theWholeWalkOnADumbTerminal() {
        place.env("TERM", "dumb");
        String transcript = shortWalk(80, "\\? all\\schoices:|");
        assertThat(transcript).doesNotContain("\u001b", "^[");
        Golden.check("dialogue/walk-dumb.txt", Normal.of(transcript));
    }

    private String shortWalk(int columns, String spelled) {
        String key = "(?:" + spelled + "\\[[^\\]]*\\?\\])";
        try (Tmux terminal = place.terminal(columns, 24)) {
            terminal.type(RUN, key);
            terminal.type("y", key);
            terminal.type("m", "What did you see\\? \\(optional\\):");
            terminal.type("", key);
            terminal.type("r", key);
            terminal.type("", key);
            terminal.type("delete ordertable", key);
            terminal.type("", key);
            terminal.type("r", key);
            terminal.type("r", key);
            terminal.type("", Tmux.SHELL);
            migrated();
            return terminal.all();
        }
    }
}
