package dev.stepmark.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connection with a banner and a connection that a project suggests, in a real terminal. */
class BannerTest {

    private static final String KEY = "\\[[^\\]]*\\?\\]";
    private static final String RUNBOOK = "# Fill the queue\n\n```sql {connection=plant}\nSELECT 1;\n```\n\n"
            + "```sql {connection=plant}\nDELETE FROM nowhere;\n```\n";

    @TempDir
    Path root;
    private Workplace place;

    @BeforeEach
    void prepare() {
        place = new Workplace(root).withDatabase().with("queue.md", RUNBOOK);
    }

    private void config(String text) throws IOException {
        Path file = root.resolve("home/.config/stepmark/config.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void theBannerStandsAboveEveryConfirmation() throws IOException {
        config("connections:\n  plant:\n    url: postgresql:///" + Workplace.DATABASE
                + "\n    color: red\n    banner: PRODUCTION\n");
        place.env("NO_COLOR", "1");
        try (Tmux terminal = place.terminal(80, 40)) {
            terminal.type("stepmark run queue.md", KEY);
            terminal.type("y", KEY);
            terminal.type("", KEY);
            terminal.type("delete nowhere", KEY);
            terminal.type("CREATE TABLE more (n int);", KEY);
            terminal.type("n", KEY);
            terminal.type("q", KEY);
            terminal.type("y", Tmux.SHELL);
            Golden.check("dialogue/banner.txt", Normal.of(terminal.all()));
        }
    }

    @Test
    void aSuggestionIsShownAndAsked() throws IOException {
        place.with(".stepmark.yaml", "connections:\n  plant: postgresql:///postgres\n");
        try (Tmux terminal = place.terminal(80, 40)) {
            String asked = terminal.type("stepmark run queue.md", "Connect there\\? " + KEY);
            assertThat(asked).contains(".stepmark.yaml:2 suggests for connection plant:", "  postgresql:///postgres");
            assertThat(terminal.type("", "Connect there\\? " + KEY)).as("Enter agrees to nothing").doesNotContain("Target");
            assertThat(terminal.type("q", Tmux.SHELL)).contains("Nothing was run.");
            assertThat(place.runs()).isEmpty();
            terminal.type("stepmark run queue.md", "Connect there\\? " + KEY);
            assertThat(terminal.type("y", "Start on postgres as .* " + KEY))
                    .contains("the connection is from .stepmark.yaml:2");
            terminal.type("n", Tmux.SHELL);
        }
    }
}
