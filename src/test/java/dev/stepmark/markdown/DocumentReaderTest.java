package dev.stepmark.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.message.ExitCode;
import dev.stepmark.message.StepmarkException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is no runbook is refused with a message that says what, where, and what to do. */
class DocumentReaderTest {

    @TempDir
    Path directory;

    @Test
    void readsAFileWithItsHash() throws IOException {
        Path file = Files.writeString(directory.resolve("a.md"), "# Title\n\ntext\n");
        Document document = DocumentReader.read(file);
        assertThat(document.path()).isEqualTo(file.toString());
        assertThat(document.lines()).containsExactly("# Title", "", "text");
        assertThat(document.sha256()).isEqualTo("93d69814787418d01ab787f251674c64f5547e17a602c7d3390bfb84a8c6f4d2");
    }

    @Test
    void namesTheNearestFile() throws IOException {
        Files.writeString(directory.resolve("work-orders.md"), "x");
        Refusal refusal = refusal(directory.resolve("work-order.md"));
        assertThat(refusal.what()).startsWith("there is no runbook ");
        assertThat(refusal.tries()).contains("work-orders.md", "the nearest name in this directory");
    }

    @Test
    void namesNoFileThatIsFarAway() throws IOException {
        Files.writeString(directory.resolve("something-else.md"), "x");
        assertThat(refusal(directory.resolve("work-order.md")).tries()).doesNotContain("something-else");
    }

    @Test
    void refusesAMissingDirectory() {
        assertThat(refusal(directory.resolve("no/where.md")).meaning()).contains("does not exist");
    }

    @Test
    void refusesADirectory() {
        assertThat(refusal(directory).what()).endsWith("is a directory");
        assertThat(refusal(directory).tries()).contains("stepmark list");
    }

    @Test
    void refusesAnEmptyFileAndOneOfBlanks() throws IOException {
        assertThat(refusal(Files.writeString(directory.resolve("a.md"), "")).what()).endsWith("is empty");
        assertThat(refusal(Files.writeString(directory.resolve("b.md"), " \n\n\t\n")).what()).endsWith("is empty");
    }

    @Test
    void refusesFiftyMegabytesWithoutReadingThem() throws IOException {
        Path file = directory.resolve("large.md");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(50L * 1024 * 1024);
        }
        Refusal refusal = refusal(file);
        assertThat(refusal.what()).endsWith("is too large for a runbook: 50.0 MiB");
        assertThat(refusal.meaning()).contains("The limit is 5.0 MiB. The file was not read.");
    }

    @Test
    void readsExactlyTheLimitAndNoByteMore() {
        byte[] limit = ("# t\n\n```\n" + ("x".repeat(999_999) + "\n").repeat(6)).substring(0, DocumentReader.MAX_BYTES)
                .getBytes(StandardCharsets.UTF_8);
        assertThat(DocumentReader.read("limit.md", limit).lines()).hasSizeGreaterThan(5);
        byte[] more = java.util.Arrays.copyOf(limit, limit.length + 1);
        more[limit.length] = 'x';
        assertThat(refusal("more.md", more).what()).contains("too large");
    }

    @Test
    void refusesABinaryFile() {
        Refusal refusal = refusal("a.md", new byte[] {'a', '\n', 0, 'b'});
        assertThat(refusal.what()).isEqualTo("a.md is a binary file: byte 2 is NUL");
    }

    @Test
    void namesLineAndByteOfWhatIsNotUtf8() {
        byte[] bytes = "# caf\u00e9\n\nna\u00efve".getBytes(StandardCharsets.UTF_8);
        byte[] broken = java.util.Arrays.copyOf(bytes, bytes.length + 2);
        broken[bytes.length] = '\n';
        broken[bytes.length + 1] = (byte) 0xE9;
        Refusal refusal = refusal("a.md", broken);
        assertThat(refusal.what()).isEqualTo("a.md:4: not UTF-8: byte 0xE9 at offset 16, column 1 of the line");
        assertThat(refusal.tries()).contains("iconv");
    }

    @Test
    void acceptsByteOrderMarkAndWindowsLineEnds() {
        byte[] bytes = "\uFEFF---\r\ntitle: x\r\n---\r\n\r\n```sh\r\necho a\r\necho b\r\n```\r\n".getBytes(StandardCharsets.UTF_8);
        Document document = DocumentReader.read("a.md", bytes);
        assertThat(document.frontMatter().title()).isEqualTo("x");
        Node.Code code = (Node.Code) document.nodes().get(0);
        assertThat(code.text()).isEqualTo("echo a\necho b\n");
        assertThat(code.span().first()).isEqualTo(5);
        assertThat(code.span().last()).isEqualTo(8);
    }

    @Test
    void acceptsTextThatWasEncodedTwice() {
        assertThat(DocumentReader.read("a.md", "don\u00e2\u20ac\u2122t\n".getBytes(StandardCharsets.UTF_8)).lines())
                .containsExactly("don\u00e2\u20ac\u2122t");
    }

    record Refusal(String what, String meaning, String tries) { }

    private static Refusal refusal(Path file) {
        return refusal(() -> DocumentReader.read(file));
    }

    private static Refusal refusal(String path, byte[] bytes) {
        return refusal(() -> DocumentReader.read(path, bytes));
    }

    private static Refusal refusal(Runnable read) {
        StepmarkException e = org.junit.jupiter.api.Assertions.assertThrows(StepmarkException.class, read::run);
        assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
        return new Refusal(e.message().what(), String.join("\n", e.message().meaning()),
                String.join("\n", e.message().tries()));
    }
}
