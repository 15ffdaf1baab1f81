package dev.stepmark.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.journal.Event;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A document with shells inside shells, and a psql in them, in a real terminal: what is shown, and how it is corrected. */
class StackAtTerminalTest {

    private static final String KEY = "\\[[^\\]\\n]*\\?\\]";
    private static final String STACK = """
            # Stack

            ## Work inside

            1. Name it.

               ```bash
               export LEVEL=outer
               ```

            2. Go in.

               ```bash
               bash
               ```

            3. Say where.

               ```bash
               LEVEL=inner; echo "here $LEVEL"
               ```

            4. Open the database.

               ```bash
               psql -h localhost -p PORT -U postgres -d factoryinsight
               ```

            5. Look.

               ```sql
               SELECT 6 * 7 AS answer;
               ```

            ## Check

            6. Say where.

               ```bash
               echo "now $LEVEL"
               ```

            7. Once more.

               ```bash
               echo "end $LEVEL"
               ```
            """;

    @TempDir
    Path root;
    private Workplace place;

    @BeforeEach
    void prepare() {
        place = new Workplace(root).withDatabase();
        place.with("stack.md", STACK.replace("PORT", Integer.toString(dev.stepmark.testing.EmbeddedServer.get().port())));
    }

    @Test
    void theStackIsShownAndTheRestRunsWhereThePersonSays() {
        try (Tmux terminal = place.terminal(100, 50)) {
            terminal.type("stepmark run stack.md", "Start on .*" + KEY);
            terminal.type("y", "Run 1 .*" + KEY);
            assertThat(terminal.type("r", "Run 2: open the session\\? " + KEY)).contains(
                    "Opens      the shell inside the shell, from this machine",
                    "Then       steps 3, 4, 6, 7 run there; nothing in the text closes it");
            assertThat(terminal.type("r", "Run 3 on .*@.*" + KEY)).contains("session subshell is open: bash",
                    "Inside     bash (line 14)");
            assertThat(terminal.type("r", "Run 4: open the session\\? " + KEY)).contains("  | here inner\n");
            assertThat(terminal.type("r", "Run 5 .*" + KEY)).contains("session psql1 is open: factoryinsight",
                    "Inside     bash (line 14), then psql -h localhost");
            assertThat(terminal.type("r", "Run 6 on .*@.*" + KEY)).contains("42", "Nothing in the text has closed subshell"
                    + " since line 14");
            assertThat(terminal.type("?", "Run 6 on .*@.*" + KEY)).contains("h");
            terminal.type("h", "Run this and the rest of subshell in \\(shell\\).*:");
            assertThat(terminal.type("nowhere", "Run 6 on .*@.*" + KEY)).contains("There is no session nowhere");
            terminal.type("h", "Run this and the rest of subshell in \\(shell\\).*:");
            assertThat(terminal.type("shell", "Run 6 on [^@\\n]*" + KEY)).contains("From step 6 on");
            assertThat(terminal.type("r", "Run 7 on [^@\\n]*" + KEY)).contains("  | now outer\n");
            assertThat(terminal.type("r", Tmux.SHELL)).contains("  | end outer\n", "Finished  Stack");
        }
        assertThat(place.records()).extracting(r -> r.event()).filteredOn(Event.QuestionAnswered.class::isInstance)
                .extracting(e -> ((Event.QuestionAnswered) e).id()).contains("step-6.session");
    }
}
