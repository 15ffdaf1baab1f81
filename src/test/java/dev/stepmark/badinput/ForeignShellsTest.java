package dev.stepmark.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.testing.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Shells on other hosts and of other users: nothing that belongs there runs here unless the operator says so. */
class ForeignShellsTest {

    @TempDir
    private Path directory;
    private Cli cli;
    private Path proof;
    private Path file;

    @BeforeEach
    void lay() {
        cli = new Cli(directory);
        proof = directory.resolve("ran-here");
        file = directory.resolve("host.md");
    }

    private void document(String opener) throws IOException {
        Files.writeString(file, "# Clean a host\n\n1. Log in\n\n   ```bash\n   " + opener + "\n   ```\n\n2. Do\n\n   ```bash\n"
                + "   touch " + proof + "\n   ```\n\n3. Leave\n\n   ```bash\n   exit\n   ```\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssh -p 1 ops@127.0.0.1", "docker exec -it plant bash", "kubectl exec -it plant-0 -- bash"})
    void whatBelongsToAShellThatCannotBeOpenedRunsNowhere(String opener) throws IOException {
        document(opener);
        Cli.Result result = cli.run("run", file.toString(), "--yes", "--assume-manual", "--answer",
                "step-1.opens-session=yes");

        assertThat(result.exit()).as(result.all()).isEqualTo(1);
        assertThat(result.err()).contains("the shell cannot be opened", "run nowhere else").doesNotContain("Exception");
        assertThat(proof).doesNotExist();
    }

    /** That the rest of a document belongs to another shell is a conclusion: --yes alone does not confirm it. */
    @ParameterizedTest
    @ValueSource(strings = {"ssh -p 1 ops@127.0.0.1", "sudo -i", "docker exec -it plant bash"})
    void withoutAnAnswerNothingRuns(String opener) throws IOException {
        document(opener);
        Cli.Result result = cli.run("run", file.toString(), "--yes", "--assume-manual");

        assertThat(result.exit()).as(result.all()).isEqualTo(3);
        assertThat(result.err()).contains("step-1.opens-session");
        assertThat(proof).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssh ops@plant-1", "sudo -i", "docker exec -it plant bash"})
    void byHandNothingRunsHere(String opener) throws IOException {
        document(opener);
        Cli.Result result = cli.run("run", file.toString(), "--yes", "--assume-manual", "--answer",
                "step-1.opens-session=yes", "--target", "by-hand");

        assertThat(result.err()).doesNotContain("Exception");
        assertThat(result.exit()).isZero();
        assertThat(proof).doesNotExist();
    }

    @Test
    void psqlThroughAProgramThatIsNotThereSaysSo() throws IOException {
        Files.writeString(file, "# Look\n\n1. Open\n\n   ```bash\n   gosu postgres psql\n   ```\n\n2. Look\n\n   ```sql\n"
                + "   SELECT 1;\n   ```\n");
        Cli.Result result = cli.run("run", file.toString(), "--yes", "--assume-manual", "--target", "local", "--answer",
                "step-1.opens-session=yes");

        assertThat(result.exit()).isIn(1, 3);
        assertThat(result.err()).contains("psql cannot be opened", "gosu", "No statement was sent", "Try: ")
                .doesNotContain("Exception");
    }
}
