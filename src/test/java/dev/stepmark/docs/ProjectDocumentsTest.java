package dev.stepmark.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stepmark.sandbox.Sandbox;
import dev.stepmark.testing.Cli;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The project's own README, documents and runbooks under {@code stepmark test}: what they tell the reader to type is
 * typed, in a sandbox, and what they show comes out. The report lies where build servers look for such.
 */
class ProjectDocumentsTest {

    /** Documents in which something runs; one more is welcome, one that is lost has become words. */
    private static final Set<String> RUN = Set.of("README.md", "docs/classification.md", "docs/configuration.md",
            "docs/doctor.md", "docs/going-back.md", "docs/runbook-format.md", "docs/test.md", "runbooks/archive-logs.md",
            "runbooks/migrate-ordertable.md", "runbooks/rotate-reader-role.md");

    @TempDir
    private Path directory;

    @Test
    void whatTheyTellTheReaderToTypeWorks() throws Exception {
        Optional<String> problem = Sandbox.problem(Files.createDirectories(directory.resolve("trial")));
        Assumptions.assumeTrue(problem.isEmpty(), () -> "no sandbox on this machine: " + problem.orElseThrow());

        Cli.Result result = new Cli(directory).run("test", "README.md", "docs", "runbooks", "--directory", ".", "--setup",
                "src/test/resources/docs/examples.setup.md", "--format", "json", "--junit", "target/documents/junit.xml");

        JsonNode documents = new ObjectMapper().readTree(result.out()).get("documents");
        List<String> bad = new ArrayList<>();
        Set<String> run = new TreeSet<>();
        for (JsonNode document : documents) {
            for (JsonNode step : document.get("steps")) {
                if (step.get("verdict").asText().equals("ok")) {
                    run.add(document.get("path").asText());
                } else if (Set.of("failed", "differs", "not_run").contains(step.get("verdict").asText())) {
                    bad.add(document.get("path").asText() + ":" + step.get("line") + " " + step);
                }
            }
            document.get("problem").forEach(line -> bad.add(document.get("path").asText() + ": " + line.asText()));
        }
        assertThat(bad).isEmpty();
        assertThat(result.exit()).isZero();
        assertThat(run).containsAll(RUN);
        assertThat(Path.of("target/documents/junit.xml")).content().contains("<testsuite name=\"README.md\"");
    }
}
