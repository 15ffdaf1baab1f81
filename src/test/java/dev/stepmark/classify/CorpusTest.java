package dev.stepmark.classify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.markdown.DocumentReader;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Placeholder;
import dev.stepmark.runbook.Runbook;
import dev.stepmark.runbook.Statement;
import dev.stepmark.runbook.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Documents written for the thirty patterns of real procedures, each with labels in a file beside it: what every block
 * is for, who does what, which versions and values are spoken of. A label is one line, as {@link #found} writes it.
 */
class CorpusTest {

    private static final Path CORPUS = Path.of("src/test/resources/corpus");
    private static final Pattern BLOCK = Pattern.compile("(\\d+)-(\\d+) (\\w+)( inline)?(.*)");

    static List<Path> documents() throws IOException {
        try (Stream<Path> files = Files.list(CORPUS)) {
            return files.filter(f -> f.toString().endsWith(".md")).sorted().toList();
        }
    }

    @Test
    void everyPatternHasADocumentAndNoLabelIsLeftOver() throws IOException {
        assertThat(documents().stream().map(f -> f.getFileName().toString().substring(0, 2)).distinct())
                .isEqualTo(IntStream.rangeClosed(1, 30).mapToObj(n -> String.format("%02d", n)).toList());
        try (Stream<Path> files = Files.list(CORPUS)) {
            assertThat(files.filter(f -> f.toString().endsWith(".labels"))).hasSameSizeAs(documents());
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void isReadAsLabelled(Path document) throws IOException {
        List<String> expected = Files.readAllLines(Path.of(document.toString().replaceFirst("md$", "labels")));
        List<String> found = found(Classifier.classify(DocumentReader.read(document)));
        assertThat(critical(expected, found)).as("errors that would run something wrong").isEmpty();
        assertThat(found).containsExactlyElementsOf(expected);
    }

    @Test
    void theGraderSeesEveryKindOfCriticalError() {
        List<String> labels = List.of("1-2 sample_output", "4-5 execute shell @shell held | rm x", "7-8 execute shell @shell | ls");
        assertThat(critical(labels, labels)).isEmpty();
        assertThat(critical(labels, List.of("1-2 execute shell @shell | a", labels.get(1), labels.get(2)))).hasSize(1);
        assertThat(critical(labels, List.of(labels.get(0), "4-5 execute shell @shell | rm x", labels.get(2)))).hasSize(1);
        assertThat(critical(labels, List.of(labels.get(0), labels.get(1)))).hasSize(1);
        assertThat(critical(labels, List.of(labels.get(2), labels.get(0), labels.get(1)))).isNotEmpty();
        assertThat(critical(labels.subList(0, 1), labels)).hasSize(1);
    }

    /** What would be run and must not be, what is missing, and what is out of order. */
    private static List<String> critical(List<String> expected, List<String> found) {
        List<String> errors = new ArrayList<>();
        List<String> blocks = expected.stream().filter(l -> BLOCK.matcher(l).matches()).toList();
        int last = 0;
        for (String line : found) {
            Matcher block = BLOCK.matcher(line);
            if (!block.matches()) {
                continue;
            }
            int first = Integer.parseInt(block.group(1));
            String label = blocks.stream().filter(l -> lines(l).equals(lines(line))).findFirst().orElse("");
            boolean mayRun = label.matches("\\S+ (execute|mixed)\\b.*") && !label.contains(" held");
            if (line.matches("\\S+ (execute|mixed)\\b.*") && !line.contains(" held") && !mayRun) {
                errors.add("would be run: " + line);
            }
            if (first < last) {
                errors.add("out of order: " + line);
            }
            last = first;
        }
        blocks.stream().filter(l -> found.stream().noneMatch(f -> lines(f).equals(lines(l)))).forEach(l -> errors.add("missing: " + l));
        return errors;
    }

    private static String lines(String label) {
        return label.split(" ")[0];
    }

    private static List<String> found(Runbook runbook) {
        List<String> out = new ArrayList<>();
        for (Step step : runbook.steps()) {
            if (step.kind() == Step.Kind.MANUAL) {
                out.add("manual " + step.span().first());
            }
            step.blocks().forEach(b -> out.add(block(step, b)));
        }
        runbook.frontMatter().gates().forEach(g -> out.add("gate " + g.line() + " " + g.constraint()));
        runbook.remarks().forEach(r -> out.add("gate " + r.line() + " " + r.constraint()));
        runbook.steps().stream().flatMap(s -> s.executables().stream()).flatMap(b -> b.placeholders().stream())
                .map(Placeholder::name).distinct().forEach(n -> out.add("asks " + n));
        return out;
    }

    private static String block(Step step, Block block) {
        StringBuilder line = new StringBuilder(block.span().first() + "-" + block.span().last() + " " + block.role().word());
        line.append(block.syntax() == Block.Syntax.INLINE ? " inline" : "");
        if (block.role().executable()) {
            line.append(' ').append(block.executor().word()).append(" @").append(block.session());
            line.append(block.runByDefault() ? "" : " held");
            line.append(block.alternative().isEmpty() ? "" : " of=" + block.alternative());
            line.append(step.section() == Step.Section.MAIN ? "" : " section=" + step.section().name().toLowerCase(Locale.ROOT));
            line.append(" | ").append(block.statements().stream().map(Statement::text).map(t -> t.replace("\n", "\\n"))
                    .collect(Collectors.joining(" // ")));
        }
        return line.toString();
    }
}
