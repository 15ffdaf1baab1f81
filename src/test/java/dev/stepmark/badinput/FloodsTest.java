package dev.stepmark.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.journal.Envelope;
import dev.stepmark.journal.Event;
import dev.stepmark.journal.RunDirectory;
import dev.stepmark.journal.StepState;
import dev.stepmark.testing.Cli;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Output that is too much, has no lines, or would take the screen over: cut on the screen, whole in the record. */
class FloodsTest extends BadInput {

    /** With a heap of one gigabyte, what keeps output in memory fails here. */
    private static final long LARGE = 300L << 20;
    private static final int SCREEN = 20_000;

    private Event.Output output(String block) {
        Cli.Result result = cli.run("run", document("# Work", "", "```bash", block, "```"), "--yes");
        says(result, DONE, "ok 1");
        assertThat(result.err()).hasSizeLessThan(SCREEN);
        log(StepState.DONE);
        return events(cli.run()).stream().map(Envelope::event).filter(Event.ExecFinished.class::isInstance)
                .map(e -> ((Event.ExecFinished) e).outputs().get(0)).findFirst().orElseThrow();
    }

    private long size(Event.Output output) throws IOException {
        return Files.size(new RunDirectory(cli.run()).artefacts().path(output.artefact()));
    }

    @Test
    @Timeout(300)
    void withoutALineEnd() throws IOException {
        Event.Output output = output("head -c " + LARGE + " /dev/zero | tr '\\0' x");
        assertThat(output.bytes()).isEqualTo(LARGE);
        assertThat(size(output)).isEqualTo(LARGE);
    }

    @Test
    @Timeout(300)
    void ofManyLines() throws IOException {
        Event.Output output = output("yes 'one line of many' | head -n 5000000");
        assertThat(output.bytes()).isEqualTo(5_000_000L * 17);
        assertThat(size(output)).isEqualTo(output.bytes());
    }

    /** Nobody cleans up: the flood that came is on disk, in order, and nobody says that the step is done. */
    @Test
    @Timeout(300)
    void killedInItsMiddle() throws Exception {
        Path again = directory.resolve("again");
        String document = document("# Work", "", "```bash", "if [ -e " + again + " ]; then seq 3; else touch " + again
                + "; seq 1000000000; fi", "```");
        Process killed = cli.start("run", document, "--yes");
        Path part = null;
        while (part == null || !Files.exists(part) || Files.size(part) < 8 << 20) {
            assertThat(killed.isAlive()).isTrue();
            Thread.sleep(10);
            part = cli.runs().isEmpty() ? null : cli.run().resolve("outputs/x1.stdout");
        }
        killed.destroyForcibly().waitFor();
        try (BufferedReader lines = Files.newBufferedReader(part)) {
            for (int i = 1; i < 1_000_000; i++) {
                assertThat(lines.readLine()).isEqualTo(Integer.toString(i));
            }
        }
        Cli.Result result = cli.run("run", document, "--yes", "--answer", "resume=yes", "--answer", "step-1.doubt=run",
                "--answer", "step-1.doubt.reason=looked");
        says(result, DONE, "ok 1");
        log(StepState.DONE);
    }

    @Test
    void withNulAndEscapeSequences() throws IOException {
        Event.Output output = output("printf 'a\\0b\\033[2J\\033]0;owned\\007\\r\\033[1Aok 2  done\\n'");
        byte[] kept = Files.readAllBytes(new RunDirectory(cli.run()).artefacts().path(output.artefact()));
        assertThat(kept).as("whole in the record").contains(0, 0x1b, 0x07);
    }

    @Test
    void theScreenGetsThemInCaretNotation() {
        Cli.Result result = cli.run("run", document("# Work", "", "```bash",
                "printf 'a\\0b\\033[2J\\033]0;owned\\007\\nok 2  done\\n'", "```"), "--yes");
        assertThat(result.all()).contains("| a^@b^[[2J^[]0;owned^G", "| ok 2  done").doesNotContain("\u001b", "\0",
                "\u0007");
    }
}
