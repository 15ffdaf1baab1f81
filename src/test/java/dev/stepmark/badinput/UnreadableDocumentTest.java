package dev.stepmark.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Files that are no runbook. */
class UnreadableDocumentTest extends BadInput {

    @Test
    void missing() {
        file("work-orders.md", "# Work\n");
        refused(cli.run("run", directory.resolve("work-order.md").toString(), "--yes"), USAGE,
                "error: there is no runbook", "work-order.md", "Nothing was run", "work-orders.md");
    }

    @Test
    void notUtf8NamesTheLineAndTheByte() {
        byte[] latin = "# Work\n\nGr\u00fc\u00dfe\n".getBytes(StandardCharsets.ISO_8859_1);
        refused(cli.run("run", file("latin.md", latin), "--yes"), USAGE, "latin.md:3: not UTF-8: byte 0xFC",
                "nothing was run", "iconv -f WINDOWS-1252");
    }

    @Test
    void empty() {
        refused(cli.run("run", file("empty.md", ""), "--yes"), USAGE, "empty.md is empty",
                "There is nothing to run in it");
        refused(cli.run("run", file("blank.md", "\n  \n\n"), "--yes"), USAGE, "blank.md", "nothing to run");
    }

    @Test
    void fiftyMegabytes() throws IOException {
        Path large = directory.resolve("large.md");
        try (RandomAccessFile sparse = new RandomAccessFile(large.toFile(), "rw")) {
            sparse.setLength(50L << 20);
        }
        refused(cli.run("run", large.toString(), "--yes"), USAGE, "large.md is too large for a runbook: 50.0 MiB",
                "The limit is 5.0 MiB", "not read");
    }

    @Test
    void binary() {
        refused(cli.run("run", file("image.md", new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, 1, 2}), "--yes"),
                USAGE, "image.md is a binary file: byte 4 is NUL", "Nothing was run", "Markdown source");
    }

    @Test
    void aDirectory() {
        refused(cli.run("run", directory.toString(), "--yes"), USAGE, "is a directory", "one Markdown file",
                "stepmark list " + directory);
    }

    @Test
    void proseOnlyHasNothingToRun() {
        String file = document("# Work", "", "Nothing but prose.");
        says(cli.run("run", file, "--yes"), USAGE, "has no steps", "Nothing was run");
        assertThat(cli.runs()).isEmpty();
    }

    @Test
    void aFenceThatIsNeverClosed() {
        String file = document("# Work", "", "## First", "", "```bash", "echo first > " + mark("first"), "```", "",
                "## Second", "", "```bash", "echo second > " + mark("second"), "", "## Third", "",
                "Tell the people on shift.");
        refused(cli.run("run", file, "--yes", "--assume-manual"), USAGE, "work.md:11: this fence is never closed",
                "Everything up to line 16 would be one block", "nothing is run", "``` on a line of its own");
        assertThat(mark("first")).doesNotExist();
        assertThat(cli.run("plan", file).out()).contains("never closed");
    }
}
