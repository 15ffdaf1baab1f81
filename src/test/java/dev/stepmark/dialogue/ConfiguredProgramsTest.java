package dev.stepmark.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the operator's file says about programs and the screen, in a real terminal. */
class ConfiguredProgramsTest {

    private static final String RUNBOOK = "# Count\n\n```bash\nseq 1 900\n```\n\n```bash\necho done > mark\n```\n";
    private static final String KEY = "\\[[^\\]]*\\?\\]";

    @TempDir
    Path root;

    private Workplace place(String config) throws IOException {
        Workplace place = new Workplace(root).with("count.md", RUNBOOK);
        Path file = root.resolve("home/.config/stepmark/config.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, config);
        return place;
    }

    @Test
    void theEditorAndThePager() throws IOException {
        try (Tmux terminal = place("editor: sed -i s/900/901/\npager: grep -m1 901\n").terminal(80, 60)) {
            terminal.type("stepmark run count.md", KEY);
            terminal.type("y", KEY);
            assertThat(terminal.type("e", KEY)).contains("seq 1 901");
            terminal.type("r", KEY);
            assertThat(terminal.type("o", KEY)).contains("901");
            terminal.type("q", KEY);
            terminal.type("y", Tmux.SHELL);
        }
        assertThat(root.resolve("work/mark")).doesNotExist();
    }

    @Test
    void accessible() throws IOException {
        try (Tmux terminal = place("accessible: true\n").terminal(80, 24)) {
            assertThat(terminal.type("stepmark run count.md", "\\? all choices:")).contains("y yes", "n no");
            terminal.type("n", Tmux.SHELL);
        }
    }
}
