package dev.stepmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stepmark.testing.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code plan DIR}. */
class PlanDirectoryTest {

    @TempDir
    private Path directory;
    private Path books;
    private Cli cli;

    @BeforeEach
    void write() throws IOException {
        cli = new Cli(directory);
        books = Files.createDirectories(directory.resolve("books/deep"));
        Files.writeString(books.resolve("b.md"), "# B\n\n1. Do it:\n\n   ```bash\n   rm -rf /srv/x\n   ```\n\n2. Look at the screen.\n");
        books = books.getParent();
        Files.writeString(books.resolve("a.md"), "# A\n\n```sql\nSELECT 1;\n```\n");
        Files.writeString(books.resolve("words.md"), "# Words\n\nOnly words.\n");
    }

    private void broken() throws IOException {
        Files.writeString(books.resolve("c.md"), "---\ntitle: [\n---\n# C\n");
    }

    @Test
    void hasALineForEachDocument() {
        Cli.Result result = cli.run("plan", books.toString());
        assertThat(result.exit()).as(result.err()).isZero();
        List<String> lines = result.out().lines().toList();
        assertThat(lines.get(0)).matches("  runbook +steps +by hand +inferred +questions +worst risk");
        assertThat(lines.get(1)).matches("  a\\.md +1 +0 +\\d+ +\\d+ +read-only");
        assertThat(lines.get(2)).matches("  deep/b\\.md +2 +1 +\\d+ +\\d+ +destructive");
        assertThat(lines.get(3)).isEqualTo("  2 runbooks; 1 more file has no steps; the whole plan: stepmark plan FILE");
        assertThat(lines).hasSize(4);
    }

    @Test
    void aBrokenDocumentIsSaidAndDoesNotStopTheOthers() throws IOException {
        broken();
        Cli.Result result = cli.run("plan", books.toString());
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.out()).contains("a.md").contains("deep/b.md").contains("1 could not be read");
        assertThat(result.err()).contains("error: ").contains("c.md");
    }

    @Test
    void asJsonEachDocumentIsOneLine() throws IOException {
        broken();
        Cli.Result result = cli.run("plan", books.toString(), "--json");
        assertThat(result.exit()).isEqualTo(2);
        List<String> titles = new ArrayList<>();
        for (String line : result.out().lines().toList()) {
            titles.add(new ObjectMapper().readTree(line).at("/title").asText());
        }
        assertThat(titles).containsExactly("A", "B", "Words");
        assertThat(result.err()).contains("c.md");
    }

    @Test
    void anEmptyDirectoryIsNoMistake() throws IOException {
        Path empty = Files.createDirectories(directory.resolve("empty"));
        Cli.Result result = cli.run("plan", empty.toString());
        assertThat(result.exit()).isZero();
        assertThat(result.out()).contains("0 runbooks");
    }

    @Test
    void aLinkToADirectoryIsOneAndLinksBelowItMayGoRound() throws IOException {
        Files.createSymbolicLink(books.resolve("deep/up"), books);
        Path link = Files.createSymbolicLink(directory.resolve("link"), books);
        String direct = cli.run("plan", books.toString()).out();
        assertThat(direct).contains("2 runbooks");
        assertThat(cli.run("plan", link.toString()).out()).isEqualTo(direct);
        assertThat(cli.run("list", link.toString()).out()).contains("deep/b.md");
    }

    @Test
    void aDirectoryThatIsNotThereIsSaid() {
        Cli.Result result = cli.run("list", directory.resolve("nowhere").toString());
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("cannot read the directory ", "It is not there. Nothing was run.");
    }

    @Test
    void aBrokenConfigurationIsSaidOnce() throws IOException {
        Files.writeString(books.resolve(".stepmark.yaml"), "connections: [");
        Cli.Result result = cli.run("plan", books.toString());
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).containsOnlyOnce("error: ");
    }

    /** They are read on all processors. */
    @Test
    void manyDocumentsAreInOrderAndReadAsEachAlone() throws IOException {
        List<String> alone = new ArrayList<>();
        Path many = Files.createDirectories(directory.resolve("many"));
        for (int i = 100; i < 180; i++) {
            String text = "---\ntitle: Book " + i + "\n---\n\n" + "1. Do it:\n\n   ```bash\n   ls /srv/" + i
                    + " | wc -l\n   ```\n\n2. Look:\n\n   ```sql\n   SELECT " + i + " FROM t;\n   ```\n\n";
            Path file = Files.writeString(many.resolve("b" + i + ".md"), i % 9 == 0 ? "Words.\n" : text);
            alone.add(cli.run("plan", file.toString(), "--questions").out());
        }
        assertThat(cli.run("plan", many.toString(), "--questions").out()).isEqualTo(String.join("", alone));
        assertThat(cli.run("list", many.toString()).out().lines().skip(1).limit(72).map(l -> l.strip().substring(0, 4)))
                .hasSize(72).isSorted().doesNotHaveDuplicates().doesNotContain("b108");
        Files.writeString(many.resolve("b101.md"), "---\ntitle: [\n---\n");
        Files.writeString(many.resolve("b179.md"), "---\ntitle: [\n---\n");
        Cli.Result broken = cli.run("list", many.toString());
        assertThat(broken.exit()).isEqualTo(2);
        assertThat(broken.out()).endsWith("  70 runbooks; 8 more files have no steps\n");
        assertThat(broken.err().indexOf("b101.md")).isPositive().isLessThan(broken.err().indexOf("b179.md"));
    }
}
