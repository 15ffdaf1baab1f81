package dev.stepmark.classify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.runbook.Include;
import dev.stepmark.runbook.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps that stand for another document (pattern 30). */
class IncludesTest {

    @ParameterizedTest
    @ValueSource(strings = {"{% include backup.md %}", "{{< include \"backup.md\" >}}", "--8<-- \"backup.md\"", "include::backup.md[]",
        "<!-- include backup.md -->", "<!-- #include file=\"backup.md\" -->", "{!backup.md!}", "!include backup.md",
        "[!INCLUDE [Back up](backup.md)]", "1. First follow [the guide](backup.md).", "1. Complete the steps in [Back up](backup.md#start).",
        "Before you begin, follow [the guide](backup.md)."})
    void namesTheOther(String words) {
        var runbook = Plans.of("# T", "", words, "", "## Then", "", "```bash", "ls -l", "```");
        assertThat(runbook.includes()).extracting(Include::path).containsExactly("backup.md");
        assertThat(runbook.step(runbook.includes().get(0).step()).orElseThrow().kind()).isEqualTo(Step.Kind.MANUAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1. See [the guide](https://example.org/backup.md).", "1. Read about [it](backup.md).", "1. Open [it](backup.png).",
        "1. Follow [this](#below).", "1. Follow [this](/docs/backup.html).", "Words about include and [a link](backup.md)."})
    void namesNone(String words) {
        assertThat(Plans.of("# T", "", words, "", "## Then", "", "```bash", "ls -l", "```").includes()).isEmpty();
    }

    @Test
    void aStepWithCodeIsItsOwn() {
        assertThat(Plans.of("# T", "1. Follow [this](backup.md), or run:", "   ```bash", "   ls -l", "   ```").includes()).isEmpty();
    }
}
