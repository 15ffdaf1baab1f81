package dev.stepmark.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.message.StepmarkException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Text that would keep a Markdown parser busy for minutes is refused, what people write is not. */
class ComplexityTest {

    private static final Duration HANGING = Duration.ofSeconds(60);

    @Test
    void boundsRunsOfBackticks() {
        assertThat(refused(ticks(400))).contains("more than 16 times \"`\" in a row");
        assertThat(refused(ticks(Complexity.MAX_BACKTICKS + 1))).contains("a.md:1:");
        read(ticks(Complexity.MAX_BACKTICKS));
    }

    @Test
    void boundsNesting() {
        assertThat(refused(nested(1000))).contains("nested deeper than 100");
        assertThat(refused(">".repeat(Complexity.MAX_DEPTH + 1) + " a\n")).contains("nested deeper than 100");
        read(nested(Complexity.MAX_DEPTH - 1));
        read(">".repeat(Complexity.MAX_DEPTH) + " a\n");
    }

    @Test
    void boundsLinesAndParagraphs() {
        assertThat(refused("x".repeat(Complexity.MAX_LINE + 1))).contains("1,048,577 characters");
        assertThat(refused("- a\n".repeat(Complexity.MAX_LINES + 1))).contains("20,000 lines");
        assertThat(refused("[a ".repeat(Complexity.MAX_OPENERS + 1))).contains("5,000 characters of markup");
        read("[a ".repeat(Complexity.MAX_OPENERS));
        read("x".repeat(Complexity.MAX_LINE));
    }

    /** For each run of backticks the parser copies the rest of the paragraph. */
    @Test
    void boundsBackticksInLongParagraphs() {
        String paragraph = ("word ".repeat(20) + "`\n").repeat(200) + "\n";
        assertThat(refused(paragraph.repeat(10))).contains("too many backticks in long paragraphs");
        read(paragraph.repeat(5));
        read(("Words about `one` and `two` and [a link](b), then a few more of them to the end of the line.\n".repeat(4) + "\n")
                .repeat(2_700));
    }

    @Test
    void boundsMarkupOfTheWholeDocument() {
        String paragraph = "[a ".repeat(4_000) + "\n\n";
        assertThat(refused(paragraph.repeat(51))).contains("200,000 characters of markup in the document");
        read(paragraph.repeat(5));
        String code = "```\n" + ("a[i]_b &c\n".repeat(50) + "\n").repeat(1_400) + "```\n";
        read(code);
        assertThat(refused(code.replace("a[i]", "[[]]"))).contains("300,000 characters of markup in the document, fences included");
    }

    @Test
    void leavesFencesAndLinesAcrossThePageAlone() {
        read("```\n" + "[".repeat(300) + "\n" + "x\n".repeat(30_000) + "```\n");
        read("*".repeat(200) + "\n\n" + "_".repeat(200) + "\n\ntext\n");
    }

    @Test
    void oneLineThatUsesUpTheStackIsAnError() {
        assertThat(refused("<a " + "b ".repeat(400_000) + ">\n")).contains("too long or nested too deep for the Markdown parser");
        read("![x](data:image/png;base64," + "A".repeat(900_000) + ")\n");
    }

    @Test
    void survivesGarbage() {
        String alphabet = "`~>-*+1.) #\n\n\n\t<!-stepmark:=>[](){}|\\&:\"'azAZ$\u00e9\r---```sql psql exit <X>";
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            String text = random.ints(random.nextInt(3_000) + 1, 0, alphabet.length())
                    .mapToObj(i -> alphabet.substring(i, i + 1)).collect(Collectors.joining());
            byte[] bytes = (random.nextInt(4) == 0 ? "---\n" + text : text).getBytes(StandardCharsets.UTF_8);
            if (random.nextInt(8) == 0) {
                random.nextBytes(bytes);
            }
            Assertions.assertTimeoutPreemptively(HANGING, () -> documentOrMessage(bytes), "seed " + seed);
        }
    }

    private static void documentOrMessage(byte[] bytes) {
        try {
            assertThat(DocumentReader.read("garbage.md", bytes).lines()).isNotEmpty();
        } catch (StepmarkException e) {
            assertThat(e.message().what()).contains("garbage.md");
        }
    }

    private static String ticks(int longest) {
        return IntStream.rangeClosed(1, longest).mapToObj("`"::repeat).collect(Collectors.joining(" "));
    }

    private static String nested(int depth) {
        return IntStream.range(0, depth).mapToObj(i -> "  ".repeat(i) + "- a\n").collect(Collectors.joining());
    }

    private static void read(String text) {
        Assertions.assertTimeoutPreemptively(HANGING,
                () -> DocumentReader.read("a.md", text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String refused(String text) {
        return Assertions.assertThrows(StepmarkException.class,
                () -> DocumentReader.read("a.md", text.getBytes(StandardCharsets.UTF_8))).message().what();
    }
}
