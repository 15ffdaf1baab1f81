package dev.stepmark.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values in a real terminal: asked, explained, refused, remembered; real bash gets them as they are. */
class ValuesAtTerminalTest {

    private static final String KEY = "\\[[^\\]]*\\?\\]";
    private static final String RUNBOOK = """
            ---
            variables:
              SITE: {description: directory of the site, default: plant-1, from: {env: SITE_DIR}}
            ---
            # Move a site

            ## Make its directory

            ```bash
            mkdir "<SITE>" && touch "<SITE>"/<OWNER>
            printf '%s in %s\\n' <OWNER> "$REGION"
            ```

            ## Say what was made

            ```bash
            PGPASSWORD='<DB_PASSWORD>' bash -c 'printf "%s\\n" "${#PGPASSWORD}"'
            echo https://<HOST>/find?q=<OWNER>
            ```
            """;

    @TempDir
    Path root;

    @Test
    void valuesAreAskedOnceAndReachTheShellAsTheyAre() throws IOException {
        Workplace place = new Workplace(root).with("move.md", RUNBOOK);
        place.env("NO_COLOR", "1").env("SITE_DIR", "site a");
        try (Tmux terminal = place.terminal(80, 60)) {
            terminal.type("stepmark run move.md", "SITE \\[site a, from SITE_DIR\\]:");
            terminal.type("", "OWNER:");
            terminal.type("", "needs a value[\\s\\S]*OWNER:");
            terminal.type("?", "a line of text[\\s\\S]*OWNER:");
            terminal.type("O'Neil; touch $HOME.x", "REGION:");
            terminal.type("north", "DB_PASSWORD .*:");
            terminal.type("abcd", "too short[\\s\\S]*DB_PASSWORD .*:");
            terminal.type("correct horse; 'x", "HOST:");
            terminal.type("db 1", "no host of a URL[\\s\\S]*HOST:");
            terminal.type("db1", KEY);
            terminal.type("y", KEY);
            terminal.type("r", "ok 1[\\s\\S]*" + KEY);
            terminal.type("r", Tmux.SHELL);
            Golden.check("dialogue/values.txt", Normal.of(terminal.all()));
        }
        assertThat(root.resolve("home.x")).doesNotExist();
        assertThat(terminalFiles()).containsExactly("O'Neil; touch $HOME.x");
        try (Tmux terminal = place.terminal(80, 40)) {
            String asked = terminal.type("stepmark run move.md", "SITE \\[site a, from SITE_DIR\\]:");
            assertThat(asked).contains("5 values are needed. Enter takes the one in brackets; ? explains; q stops.");
            terminal.type("", "REGION \\[north, from last run\\]:|OWNER \\[.*, from last run\\]:");
            terminal.type("q", KEY);
            terminal.type("y", Tmux.SHELL);
        }
    }

    private java.util.List<String> terminalFiles() throws IOException {
        try (var files = Files.list(root.resolve("work/site a"))) {
            return files.map(f -> f.getFileName().toString()).toList();
        }
    }
}
