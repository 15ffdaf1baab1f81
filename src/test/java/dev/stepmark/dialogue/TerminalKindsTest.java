package dev.stepmark.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Terminals that are tiny, huge, or of a kind that nobody knows. */
class TerminalKindsTest {

    private static final String END = "\\s*\\[[^\\]]*\\?\\]";
    private static final String DOCUMENT = """
            # A procedure with a title that is longer than a terminal of twenty columns

            1. Look at what is there before you do anything else.

               ```bash
               printf 'a long line of output %.0s' 1 2 3; echo
               ```

            2. Throw the heap away.

               ```bash
               rm -rf ./heap-of-things
               ```
            """;

    @TempDir
    Path root;
    private Workplace place;

    @BeforeEach
    void prepare() {
        place = new Workplace(root).with("wide.md", DOCUMENT);
    }

    @Test
    void twentyColumnsAndFiveRowsAreEnough() {
        try (Tmux terminal = place.terminal(20, 5)) {
            terminal.keys("stepmark run wide.md\r");
            terminal.await(0, "Start on[^?]*\\?" + END);
            int from = terminal.line();
            terminal.keys("y\r");
            terminal.await(from + 1, "Run 1[^?]*\\?" + END);
            from = terminal.line();
            terminal.keys("r\r");
            terminal.await(from + 1, "to run\\s+it \\[or[^\\]]*\\]");
            String text = terminal.all().replace("\n", "");
            assertThat(text).contains("a long line of output a long line", "rm -rf ./heap-of-things",
                    "destructive, shell");
            from = terminal.line();
            terminal.keys("s\r");
            terminal.seen(from, "Why");
            terminal.keys("small\r");
            terminal.await(from + 1, Tmux.SHELL);
            assertThat(terminal.all().replaceAll("\\s+", "")).contains("1done,1skipped");
        }
    }

    @Test
    void aHugeTerminalBreaksNothing() {
        try (Tmux terminal = place.terminal(500, 120)) {
            terminal.type("stepmark run wide.md", "Start on .*" + END);
            terminal.type("y", "Run 1 .*" + END);
            String out = terminal.type("r", "to run it .*" + END.substring(3));
            assertThat(out.lines()).contains("  | " + "a long line of output ".repeat(3).strip());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown-9000", "vt52", "linux", ""})
    void aTerminalOfAnyKindCanBeWorkedAt(String kind) {
        place.env("TERM", kind);
        try (Tmux terminal = place.terminal(80, 24)) {
            terminal.type("stepmark run wide.md", "Start on .*(\\?\\]|choices:)");
            terminal.type("y", "Run 1 .*(\\?\\]|choices:)");
            assertThat(terminal.type("r", "to run it .*(\\?\\]|choices:)")).contains("  | a long line", "ok 1  exit 0");
        }
    }

    @Test
    void theTerminalKnowsItsWidthBetterThanAVariable() {
        place.env("COLUMNS", "30").env("LINES", "5");
        try (Tmux terminal = place.terminal(100, 30)) {
            List<String> lines = terminal.type("stepmark run wide.md", "Start on .*" + END).lines().toList();
            assertThat(lines).anyMatch(l -> l.length() > 90);
        }
    }
}
