package dev.stepmark.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.journal.Envelope;
import dev.stepmark.journal.Event;
import dev.stepmark.journal.RunDirectory;
import dev.stepmark.journal.StepState;
import dev.stepmark.testing.Cli;
import java.io.IOException;
import java.nio.file.Files;
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
