package dev.stepmark.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.testing.Golden;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the program makes of the project's own runbooks, letter by letter. */
class GoldenPlansTest {

    /** Suffix of the golden file to the options that print it. */
    private static final Map<String, List<String>> FORMS = Map.of(".txt", List.of(), ".json", List.of("--json"),
            ".questions.yaml", List.of("--questions"));

    @TempDir
    Path home;

    static List<Path> runbooks() {
        try (Stream<Path> files = Files.list(Path.of("runbooks"))) {
            return files.filter(f -> f.toString().endsWith(".md") && !f.toString().endsWith(".setup.md"))
                    .sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("runbooks")
    void plansStayAsTheyWereRead(Path runbook) {
        FORMS.forEach((suffix, options) -> {
            List<String> arguments = new java.util.ArrayList<>(List.of("plan", runbook.toString()));
            arguments.addAll(options);
            Program plan = Program.run(home, arguments);
            assertThat(plan.exit()).as(plan.err()).isZero();
            assertThat(plan.err()).isEmpty();
            Golden.check("plan/" + name(runbook) + suffix, plan.out());
        });
    }

    @Test
    void everyGoldenPlanHasItsRunbook() throws IOException {
        Set<String> expected = new TreeSet<>();
        runbooks().forEach(r -> FORMS.keySet().forEach(suffix -> expected.add(name(r) + suffix)));
        try (Stream<Path> files = Files.list(Golden.DIRECTORY.resolve("plan"))) {
            assertThat(files.map(f -> f.getFileName().toString())).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    private static String name(Path runbook) {
        return runbook.getFileName().toString().replaceFirst("\\.md$", "");
    }
}
