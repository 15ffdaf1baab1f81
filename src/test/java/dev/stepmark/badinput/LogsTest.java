package dev.stepmark.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.journal.StepState;
import dev.stepmark.testing.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Places where no log can be written, logs that are not there, that are damaged, or that another process writes. */
class LogsTest extends BadInput {

    private String simple() {
        return document("# Work", "", "```bash", "echo ran > " + mark("ran"), "```");
    }

    @Test
    void aPlaceBelowAFileCannotBeWritten() {
        String place = file("taken", "") + "/runs";
        refused(cli.run("run", simple(), "--yes", "--journal", place), LOG, "the log cannot be written", "taken",
                "What is not recorded is not run: no step was started", "--journal DIR");
        assertThat(mark("ran")).doesNotExist();
    }

    @Test
    void theLogGoesAwayInTheMiddle() {
        String file = document("# Work", "", "## First", "", "```bash", "echo first > " + mark("first"), "```", "",
                "## Second", "", "```bash", "rm -rf " + cli.journal() + "/*", "```", "",
                "## Third", "", "```bash", "echo third > " + mark("third"), "```");
        Cli.Result result = cli.run("run", file, "--yes", "--allow", "destructive");
        says(result, LOG, "the log", "What is not recorded is not run: nothing further is started", "Try: ");
        assertThat(mark("first")).exists();
        assertThat(mark("third")).doesNotExist();
    }

    @Test
    void aRunThatIsNotThere() {
        refused(cli.run("show", "zzzz"), USAGE, "there is no run zzzz", "which has 0 runs", "stepmark runs");
        refused(cli.run("verify", "zzzz"), USAGE, "there is no run zzzz", "stepmark runs");
        refused(cli.run("verify", directory.toString()), USAGE, "there is no run");
    }

    @Test
    void aDamagedLog() throws IOException {
        says(cli.run("run", simple(), "--yes"), DONE, "ok 1");
        String run = cli.run().getFileName().toString();
        assertThat(cli.run("verify", run).exit()).isZero();
        Path journal = cli.run().resolve("journal.jsonl");
        Files.writeString(journal, Files.readString(journal).replaceFirst("\"by\":\"option\"", "\"by\":\"answer\""));
        Cli.Result result = cli.run("verify", run);
        says(result, FAILED);
        assertThat(result.out()).contains("damaged", "record ").doesNotContain("consistent");
        says(cli.run("show", run), FAILED, "the log is damaged", "stepmark verify");
        says(cli.run("runs"), DONE);
        assertThat(cli.run("runs").out()).contains("damaged");
    }

    @Test
    void aLogThatLacksAnArtefact() throws IOException {
        says(cli.run("run", simple(), "--yes"), DONE, "ok 1");
        try (var files = Files.list(cli.run().resolve("artefacts"))) {
            Files.delete(files.sorted().findFirst().orElseThrow());
        }
        Cli.Result result = cli.run("verify", cli.run().toString());
        says(result, FAILED);
        assertThat(result.out()).contains("damaged", "is missing");
    }

    @Test
    void aDamagedRunIsNotGoneOnWith() throws IOException {
        String file = threeSteps("false");
        says(cli.run("run", file, "--yes"), FAILED, "FAILED 2");
        Path journal = cli.run().resolve("journal.jsonl");
        Files.writeString(journal, Files.readString(journal).replaceFirst("\"by\":\"option\"", "\"by\":\"answer\""));
        Files.delete(mark("first"));
        says(cli.run("run", file, "--yes"), FAILED, "FAILED 2");
        assertThat(cli.runs()).hasSize(2);
        assertThat(mark("first")).exists();
    }

    @Test
    @Timeout(120)
    void twoAtTheSameTimeOnOneLog() throws Exception {
        Path go = directory.resolve("go");
        String file = threeSteps("until [ -e " + go + " ]; do sleep 0.05; done");
        Process first = cli.start("run", file, "--yes");
        try {
            while (first.isAlive() && !mark("first").toFile().exists()) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
            Cli.Result second = cli.run("run", file, "--yes", "--answer", "resume=yes");
            says(second, REFUSED, "is being run in another terminal", "pid " + first.pid(), "Try: ");
            Files.createFile(go);
            assertThat(first.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(first.exitValue()).as(new String(first.getInputStream().readAllBytes())).isZero();
        } finally {
            first.destroyForcibly();
        }
        log(StepState.DONE, StepState.DONE, StepState.DONE);
    }
}
