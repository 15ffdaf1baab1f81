package dev.stepmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.testing.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command for notifications in runs that nobody attends: only when the operator asked for it. */
class NotificationTest {

    @TempDir
    Path directory;

    private Cli.Result run(String unattended) throws IOException {
        Path config = directory.resolve("home/.config/stepmark/config.yaml");
        Files.createDirectories(config.getParent());
        Files.writeString(config, "notify:\n  after: 1s\n  command: echo \"$STEPMARK_EVENT $STEPMARK_OUTCOME"
                + " $STEPMARK_RUN $STEPMARK_STEP\" >>" + directory.resolve("told") + "\n" + unattended);
        Path runbook = Files.writeString(directory.resolve("work.md"), "# Work\n\n## Wait for it\n\n```bash\nsleep 1.2\n```\n");
        return new Cli(directory).run("run", runbook.toString(), "--yes");
    }

    @Test
    void offUnlessAskedFor() throws IOException {
        assertThat(run("").exit()).isZero();
        assertThat(directory.resolve("told")).doesNotExist();
    }

    @Test
    void toldWhenAskedFor() throws IOException {
        assertThat(run("  unattended: true\n").exit()).isZero();
        String id = new Cli(directory).run().getFileName().toString();
        List<String> lines = Files.readAllLines(directory.resolve("told"));
        assertThat(lines).containsExactlyInAnyOrder("step ok " + id + " Wait for it", "end Finished " + id + " ");
    }
}
