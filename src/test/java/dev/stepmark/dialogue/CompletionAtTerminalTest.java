package dev.stepmark.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Tab key in shells that people type in. */
class CompletionAtTerminalTest {

    private static final String RUNBOOK = "# Work\n\n```sql {connection=plant name=look}\nSELECT 1;\n```\n";

    @TempDir
    Path root;

    private Tmux terminal() {
        return new Workplace(root).with("orders.md", RUNBOOK).terminal(100, 30);
    }

    private static void complete(Tmux terminal) {
        completed(terminal, "stepmark doc", "\\$ stepmark doctor ");
        completed(terminal, "stepmark run ord", "\\$ stepmark run orders\\.md ");
        completed(terminal, "stepmark run orders.md --skip lo", "--skip look ");
        completed(terminal, "stepmark run orders.md --color=al", "--color=always ");
        completed(terminal, "stepmark run orders.md --connect pla", "--connect plant=");
    }

    /** Types, presses Tab, waits for what becomes of it, and discards the line. */
    private static void completed(Tmux terminal, String typed, String expected) {
        int line = terminal.line();
        terminal.keys(typed);
        terminal.seen(line, java.util.regex.Pattern.quote(typed));
        terminal.keys("\t");
        terminal.seen(line, expected.stripTrailing());
        terminal.keys("\u0015");
        terminal.await(line, Tmux.SHELL);
    }

    @Test
    void bash() {
        try (Tmux terminal = terminal()) {
            terminal.type("source <(stepmark completion bash)", Tmux.SHELL);
            complete(terminal);
        }
    }

    @Test
    void zsh() {
        Assumptions.assumeTrue(new Workplace(root).has("zsh"), "needs zsh");
        try (Tmux terminal = terminal()) {
            terminal.type("PS1='$ ' zsh -f", Tmux.SHELL);
            terminal.type("autoload -U compinit; compinit -u -d " + root.resolve("dump"), Tmux.SHELL);
            terminal.type("source <(stepmark completion zsh)", Tmux.SHELL);
            complete(terminal);
            assertThat(terminal.all()).doesNotContain("command not found", "no matches");
        }
    }
}
