package dev.stepmark.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepmark.markdown.DocumentReader;
import dev.stepmark.message.StepmarkException;
import dev.stepmark.runbook.Runbook;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code needs=}: by name or number, and of steps above only. */
class NeedsTest {

    private static Runbook classify(String first, String second) {
        return Classifier.classify(DocumentReader.read("a.md", ("1. One\n\n   ```sql " + first + "\n   SELECT 1;\n   ```\n"
                + "2. Two\n\n   ```sql " + second + "\n   SELECT 2;\n   ```\n").getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> needs(String second) {
        return classify("{name=look}", second).steps().get(1).executables().get(0).attributes().needs();
    }

    @Test
    void namesAndNumbers() {
        assertThat(needs("{needs=look}")).containsExactly("look");
        assertThat(needs("{needs=\"1, look\"}")).containsExactly("1", "look");
        assertThat(needs("")).isEmpty();
    }

    @Test
    void whatNamesNoStepAboveIsRefusedWithItsLine() {
        for (String wrong : List.of("{needs=2}", "{needs=lok}", "{needs=3}")) {
            assertThatThrownBy(() -> classify("{name=look}", wrong)).as(wrong).isInstanceOfSatisfying(
                    StepmarkException.class, e -> assertThat(e.message().what()).startsWith("a.md:8: needs=")
                            .endsWith("names no step above this one"));
        }
        assertThatThrownBy(() -> classify("{needs=later}", "{name=later}")).isInstanceOf(StepmarkException.class);
    }
}
