package dev.stepmark.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.journal.Envelope;
import dev.stepmark.journal.Event;
import dev.stepmark.journal.StepState;
import dev.stepmark.testing.Cli;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Blocks that fail, end their shell, or want input; the step before each is done and stays so. */
class ShellBlocksTest extends BadInput {

    private Cli.Result failed(String what, String... second) {
        Cli.Result result = cli.run("run", threeSteps(second), "--yes");
        says(result, FAILED, "FAILED 2", what, "It means", "Go on stepmark run");
        assertThat(mark("first")).exists();
        assertThat(mark("third")).as("later steps are not run").doesNotExist();
        log(StepState.DONE, StepState.FAILED, StepState.PENDING);
        return result;
    }

    @Test
    void aProgramThatIsNotThere() {
        failed("no-such-program-here: command not found", "no-such-program-here --all");
        assertThat(finished().outcome()).isEqualTo("done");
        assertThat(finished().exit()).isEqualTo(127);
    }

    private Event.ExecFinished finished() {
        return events(cli.run()).stream().map(Envelope::event).filter(Event.ExecFinished.class::isInstance)
                .map(Event.ExecFinished.class::cast).reduce((a, b) -> b).orElseThrow();
    }

    @Test
    void aBlockThatFails() {
        failed("false -> 1", "false");
    }

    @Test
    void aLineInTheMiddleThatFails() {
        Path after = mark("after");
        failed("exit 0, but not all of it worked", "false", "touch " + after);
        assertThat(after).as("bash goes on, and that is told").exists();
    }

    @Test
    void aPipeThatHalfFailed() {
        Path dump = directory.resolve("dump.gz");
        failed("1|0", "false | gzip > " + dump);
        assertThat(dump).exists();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "exit 3         | the session ended: exit 3",
        "kill -9 $$     | the session ended: killed by signal 9",
        "exec false     | the session ended: exit 1",
        "set -e; false  | the session ended: exit 1",
    })
    void aBlockThatEndsItsShell(String block, String what) {
        failed(what, block);
    }

    @Test
    void aBlockThatEndsItsShellWellGetsANewOneForTheNext() {
        says(cli.run("run", threeSteps("exec true"), "--yes"), DONE, "the session ended: exit 0");
        assertThat(mark("third")).exists();
        log(StepState.DONE, StepState.DONE, StepState.DONE);
    }

    @Test
    void whatStandsBehindAnExecWasNotRun() {
        Path behind = mark("behind");
        failed("lines behind it were not run", "exec true", "touch " + behind);
        assertThat(behind).doesNotExist();
    }

    @Test
    void aBlockThatReadsGetsNothing() {
        Path seen = directory.resolve("seen");
        says(cli.run("run", threeSteps("cat > " + seen, "read -r line || true", "echo \"[$line]\" >> " + seen),
                "--yes"), DONE, "ok 2");
        assertThat(text(seen)).isEqualTo("[]\n");
        log(StepState.DONE, StepState.DONE, StepState.DONE);
    }

    @Test
    void aBlockThatIsNoWholeIsAskedAboutWithItsReason() {
        String file = threeSteps("echo \"open");
        Cli.Result result = cli.run("run", file, "--yes", "--assume-manual");
        says(result, REFUSED, "1 answer is missing, so nothing was run", "line 11 is not run",
                "a double quote is not closed", "block-2.1:");
        assertThat(cli.runs()).isEmpty();
        says(cli.run("run", file, "--yes", "--answer", "block-2.1=yes"), DONE, "done 2 by hand");
        log(StepState.DONE, StepState.DONE, StepState.DONE);
    }

    @Test
    void anOptionalStepWithoutAnAnswerIsARecordedSkip() {
        String file = document("# Work", "", "1. Begin", "", "   ```bash", "   echo first > " + mark("first"), "   ```",
                "", "2. (Optional) Remove it", "", "   ```bash", "   rm -rf " + directory.resolve("cache"), "   ```",
                "", "3. (Optional) Tell the people on shift");
        says(cli.run("run", file, "--yes", "--allow", "destructive", "--assume-manual"), DONE, "skipped 2",
                "optional");
        log(StepState.DONE, StepState.SKIPPED, StepState.SKIPPED);
        assertThat(events(cli.run()).stream().map(Envelope::event).filter(Event.Decided.class::isInstance)
                .map(Event.Decided.class::cast).filter(d -> d.action() == Event.Action.SKIP)
                .map(Event.Decided::reason)).containsOnly("optional");
    }

    @Test
    void aSecretThatIsTooShortToBeMaskedEndsTheRun() {
        String file = document("---", "variables:", "  CODE: {secret: true, from: {env: CODE}}", "---", "", "# Work",
                "", "```bash", "echo first > " + mark("first"), "```");
        Cli.Result result = cli.with("CODE", "ab").run("run", file, "--yes");
        says(result, REFUSED, "too short to be masked", "CODE", "No step was started");
        assertThat(mark("first")).doesNotExist();
        log(StepState.PENDING);
    }

    @Test
    void aBlockThatTakesTooLongIsStopped() {
        String file = document("# Work", "", "```bash {timeout=300ms}", "sleep 600", "```");
        says(cli.run("run", file, "--yes"), FAILED, "cancelled", "time");
        log(StepState.FAILED);
    }
}
