package dev.stepmark.badinput;

import dev.stepmark.testing.Cli;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Front matter and annotations that cannot be taken as they are written: the bounds of a runbook could be in them. */
class FrontMatterAndAttributesTest extends BadInput {

    private Cli.Result frontMatter(String... lines) {
        List<String> document = new ArrayList<>(List.of("---"));
        document.addAll(List.of(lines));
        document.addAll(List.of("---", "", "# Work", "", "```bash", "echo hello", "```"));
        return cli.run("run", document(document.toArray(String[]::new)), "--yes");
    }

    @Test
    void notYaml() {
        refused(frontMatter("title: [a", "minimum_version: {"), USAGE, "work.md:3: the front matter is not YAML",
                "Version bounds could be in it, so nothing is run");
    }

    @Test
    void neverClosed() {
        refused(cli.run("run", document("---", "title: a", "", "# Work", "", "```bash", "echo hello", "```"), "--yes"),
                USAGE, "work.md:1", "front matter is never closed");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "title: {a: b}             | \"title\" must be one value",
        "connections: [1]          | \"connections\" must be a map",
        "variables: 7              | \"variables\" must be a map",
        "requires: 7               | \"requires\" must be a map",
        "minimum_version: [0, 9]   | \"minimum_version\" must be one value",
    })
    void wrongTypes(String line, String message) {
        refused(frontMatter(line), USAGE, "work.md:2: " + message, "refused");
    }

    @Test
    void aConnectionWithoutAnAddress() {
        says(cli.run("run", document("---", "connections: {orders: nonsense}", "---", "", "# Work", "",
                "```sql {connection=orders}", "SELECT 1;", "```"), "--yes"), REFUSED, "orders cannot be opened",
                "neither a URL that begins with postgresql:// nor a psql command", "No statement was sent",
                "--connect orders=postgresql://");
        log(dev.stepmark.journal.StepState.PENDING);
    }

    @Test
    void duplicateKeys() {
        refused(frontMatter("minimum_version: 0.9.0", "title: a", "minimum_version: 0.8.0"), USAGE,
                "work.md:4: \"minimum_version\" is given twice", "The other is in line 2", "keep one of the two");
    }

    @Test
    void aVersionThatIsNone() {
        refused(frontMatter("minimum_version: banana"), USAGE, "work.md:2: \"banana\" is no version",
                "Without it nobody knows whether the runbook applies", "minimum_version: 0.9.5");
    }

    @ParameterizedTest
    @CsvSource({"minimun_version,minimum_version", "maximum_versoin,maximum_version"})
    void aMisspeltBoundIsNotIgnored(String written, String meant) {
        refused(frontMatter(written + ": 0.9.0"), USAGE, "work.md:2: \"" + written + "\"", "The nearest is " + meant,
                "refused");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "```bash {captuer=rows}                      | \"captuer\" is no attribute of a block | nearest is capture",
        "```bash {\"timeuot\": \"3s\"}               | \"timeuot\" is no attribute of a block | nearest is timeout",
        "```bash {capture}                           | \"capture\" has no value               | capture=",
        "```bash {timeout=banana}                    | \"banana\" is no value for timeout     | timeout=30s",
    })
    void attributesOfOurs(String fence, String what, String remedy) {
        refused(cli.run("run", document("# Work", "", fence, "echo hello", "```"), "--yes"), USAGE, "work.md:3: ",
                what, "The block was not read, so the runbook is refused", remedy);
    }

    @Test
    void attributesInAComment() {
        refused(cli.run("run", document("# Work", "", "<!-- stepmark: wehn=\"a.rowCount > 0\" -->", "```bash",
                "echo hello", "```"), "--yes"), USAGE, "work.md:3: \"wehn\" is no attribute", "The nearest is when");
    }
}
