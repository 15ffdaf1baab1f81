package dev.stepmark.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.stepmark.markdown.DocumentReader;
import dev.stepmark.message.StepmarkException;
import dev.stepmark.plan.PlanJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no procedure at all gives a plan or an explanation. The limit only keeps a hanging test from hanging all. */
class GarbageTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int LENGTH = 128 * 1024;
    private static final List<String> TOKENS = List.of("```", "```bash\n", "```sql\n", "\n", "\n\n", "# H", "1. ", "- ", "> ", "    ",
            "`run x -y`", "run `ls -l`", "[a](b)", "<x>", "{{ y }}", "{{< z \"q\" >}}", "$ ls", "db=> SELECT 1;", "mysql> ", "The following ",
            "You should see:", "*", "_", "~~~", "!!! note", "??? x \"output\"", "| a | b |\n|---|---|", "<div>", "\\", "'", "\"", "$(", "psql",
            "ssh host", "kubectl exec -it p -- bash", "exit", "...", "{% include x %}", "replace `YOUR_X` with", "older than v1.2",
            "If you want", "(Optional)", "Roll back", "a: b", "x = 1");

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void tokensInAnyOrder(int seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        while (text.length() < LENGTH) {
            text.append(TOKENS.get(random.nextInt(TOKENS.size()))).append(random.nextInt(3) == 0 ? "\n" : " ");
        }
        read(text.toString());
    }

    /** Each makes some pattern that looks at lines, sentences or paragraphs try as often as it can. */
    @ParameterizedTest
    @ValueSource(strings = {"By word, word, ", "A\t\t", "?(", "a@", "Run  ", "Run `x -y` now. ", "replace replace ", "the the the ",
        "\n\n", "older than  ", "{{ ", "[a-", "<a b ", "'", "`", "a=b ", "- a: ", "1) ", "(y/n) ", "-- bad ", "mysql> a\n", "$ a\n"})
    void oneThingOverAndOver(String piece) {
        String many = piece.repeat(LENGTH / piece.length());
        read("# T\n\n```bash\n" + many.replace("`", "'") + "~\n```\n");
        read("# T\n\n```\n" + many.replace("`", "'") + "~\n```\n");
        read("# T\n\n```sql\n" + many.replace("`", "'") + "~\n```\n");
        read("# T\n\nRun " + many.replace("\n", " ") + "\n\n```bash\nls\n```\n");
    }

    @Test
    void linesOfACommandThatNeverEnds() {
        read("# T\n\n```bash\necho '\n" + ("a b c " + "d ".repeat(500) + "\n").repeat(100) + "```\n");
    }

    private static void read(String text) {
        assertTimeoutPreemptively(LIMIT, () -> {
            try {
                String plan = PlanJson.write(Classifier.classify(DocumentReader.read("a.md", text.getBytes(StandardCharsets.UTF_8))),
                        List.of(), false);
                assertThat(plan).startsWith("{\"schema\"");
            } catch (StepmarkException e) {
                assertThat(e.message().what()).startsWith("a.md");
            }
        });
    }
}
