package dev.stepmark.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log cannot be written while a program waits for what a person types. */
class LostLogTest {

    private static final String KEY = "\\[[^\\]\\n]*\\?\\]";

    @TempDir
    Path root;

    @Test
    void nothingIsTypedForAQuestionThatCannotBeRecorded() {
        Workplace place = new Workplace(root).with("ask.md", "# Ask\n\n1. Ask for it.\n\n   ```bash\n"
                + "   mv \"$XDG_STATE_HOME/stepmark/runs\" moved\n   printf 'Password: ' >/dev/tty\n"
                + "   read -rs p </dev/tty\n   echo \"<$p>\" >got.txt\n   ```\n");
        try (Tmux terminal = place.terminal(100, 30)) {
            terminal.type("stepmark run ask.md", KEY);
            terminal.type("y", "Run 1 .*" + KEY);
            terminal.type("r", "1 asks \"Password:\" \\(not shown, not logged\\):");
            String end = terminal.type("open sesame", Tmux.SHELL).replaceAll("\\s+", " ");
            assertThat(end).contains("error: the log", "is gone: somebody removed it", "1 waited for what is typed."
                    + " Nothing was typed for it, and it was cancelled.", "it is in doubt").doesNotContain("sesame");
            assertThat(terminal.type("echo status $?", Tmux.SHELL)).contains("status 74");
        }
        assertThat(place.work().resolve("got.txt")).doesNotExist();
    }
}
