package dev.stepmark.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.session.OutputSink.Stream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LiveOutputTest {

    private final Captured captured = new Captured(80);
    private final AtomicLong millis = new AtomicLong();
    private final LiveOutput output = new LiveOutput(captured.screen,
            LiveLine.on(captured.screen, "9", millis::get));

    private void write(Stream stream, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        output.write(stream, bytes, 0, bytes.length);
    }

    private void lines(int from, int to) {
        for (int i = from; i <= to; i++) {
            write(Stream.STDOUT, i + "\n");
        }
    }

    @Test
    void everyLineHasItsGutter() {
        write(Stream.STDOUT, "out\n");
        write(Stream.STDERR, "err\n");
        write(Stream.TTY, "Password:");
        write(Stream.RESULT, "not shown\n");
        output.close();

        assertThat(captured.text()).isEqualTo("  | out\n  ! err\n  ! Password:\n");
    }

    @Test
    void charactersMayBeCutAnywhere() {
        byte[] bytes = "Z\u00fcrich \u6771\n".getBytes(StandardCharsets.UTF_8);
        for (byte b : bytes) {
            output.write(Stream.STDOUT, new byte[] {9, b, 9}, 1, 1);
        }
        output.write(Stream.STDOUT, new byte[] {'a', (byte) 0xff, 'b', '\n'}, 0, 4);
        output.close();

        assertThat(captured.text()).isEqualTo("  | Z\u00fcrich \u6771\n  | a\ufffdb\n");
    }

    @Test
    void aScreenOfItsOwnIsNotShown() {
        write(Stream.STDOUT, "before\n\u001b[?1049h~\n~\n~\n");
        write(Stream.STDERR, "apart\n");
        for (int i = 0; i < 100; i++) {
            write(Stream.STDOUT, "\u001b[" + i + ";1H~\n");
        }
        write(Stream.STDOUT, "\u001b[?10");
        write(Stream.STDOUT, "49lafter\n");
        output.close();

        assertThat(captured.text()).isEqualTo("  | before\n  . it draws on a screen of its own, which is recorded and"
                + " not shown\n  ! apart\n  | after\n");
    }

    @Test
    void fortyLinesAreShownWhole() {
        lines(1, 40);
        output.close();

        assertThat(captured.text().lines()).hasSize(40).startsWith("  | 1").endsWith("  | 40");
    }

    @Test
    void theFirstAndTheLastLinesWithTheCountBetween() {
        lines(1, 100_000);
        output.close();

        List<String> shown = captured.text().lines().toList();
        assertThat(shown).hasSize(41).startsWith("  | 1").endsWith("  | 100000");
        assertThat(shown.subList(29, 32)).containsExactly("  | 30", "  . 99,960 more lines; o shows them",
                "  | 99991");
    }

    @Test
    void theCountSaysWhenAllWasOnStderr() {
        write(Stream.STDERR, "x\n".repeat(50));
        output.close();

        assertThat(captured.text()).contains("  . 10 more lines, all on stderr; o shows them\n");
    }

    @Test
    void theLastLineMayHaveNoEnd() {
        lines(1, 30);
        write(Stream.STDOUT, "a\nb");
        write(Stream.STDERR, "c");
        write(Stream.STDOUT, "d");
        output.close();

        assertThat(captured.text().lines().skip(30)).containsExactlyInAnyOrder("  | a", "  | bd", "  ! c");
        assertThat(captured.text()).doesNotContain("more line");
    }

    @Test
    void aLineBegunBeforeTheLimitIsWholeAfterIt() {
        write(Stream.STDERR, "begun ");
        lines(1, 31);
        write(Stream.STDERR, "and ended\n");
        output.close();

        assertThat(captured.text().lines().skip(30)).containsExactlyInAnyOrder("  | 31", "  ! begun and ended");
    }

    @Test
    void aLineWithoutEndIsCutAndSaysSo() {
        byte[] block = new byte[1 << 16];
        Arrays.fill(block, (byte) 'x');
        for (int i = 0; i < 16; i++) {
            output.write(Stream.STDOUT, block, 0, block.length);
        }
        output.close();

        assertThat(captured.text().length()).isLessThan(6000);
        assertThat(captured.text().replace("\n  |+", "")).endsWith("x... (1,044,480 more bytes in this line)\n");
    }

    @Test
    void aLineWithoutEndBehindManyLinesStaysBounded() {
        lines(1, 50);
        byte[] block = new byte[1 << 20];
        Arrays.fill(block, (byte) 'y');
        output.write(Stream.STDOUT, block, 0, block.length);
        output.close();

        List<String> shown = captured.text().lines().toList();
        assertThat(shown.get(30)).isEqualTo("  . 20 more lines; o shows them");
        assertThat(shown.get(31)).startsWith("  | ...yyy");
        assertThat(captured.text().length()).isLessThan(8000);
    }

    @Test
    void aGigabyteIsCountedInBoundedMemory() {
        byte[] block = "0123456789abcde\n".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 1024; i++) {
            output.write(Stream.STDOUT, block, 0, block.length);
        }
        output.close();

        assertThat(captured.text()).contains("  . 67,108,824 more lines; o shows them\n");
        assertThat(captured.text().lines()).hasSize(41);
    }

    @Test
    void theClockAppearsAfterASecondAndIsErased() {
        output.tick();
        assertThat(captured.text()).isEmpty();
        millis.set(90_000);
        output.tick();
        output.tick();
        assertThat(captured.text()).isEqualTo("running 9  00:01:30  ^C cancels");
        write(Stream.STDOUT, "a\n");
        output.close();

        assertThat(captured.text()).isEqualTo("running 9  00:01:30  ^C cancels\r\u001b[K  | a\n");
    }

    @Test
    void theClockCountsLines() {
        millis.set(2000);
        lines(1, 12_391);
        output.tick();

        assertThat(captured.text()).endsWith("running 9  00:00:02  12,391 lines so far  ^C cancels");
    }

    @Test
    void theClockNeverWraps() {
        for (int columns : new int[] {20, 8, 2, 1}) {
            Captured narrow = new Captured(columns);
            long[] now = {0};
            LiveLine line = LiveLine.on(narrow.screen, "9", () -> now[0]);
            now[0] = 5000;
            line.tick(12_391, null);

            assertThat(narrow.text()).hasSizeBetween(1, Math.max(1, columns - 1));
        }
    }

    @Test
    void theClockFitsIntoFortyColumns() {
        Captured narrow = new Captured(40);
        LiveLine line = LiveLine.on(narrow.screen, "9", millis::get);
        millis.set(5000);
        line.tick(12_391, null);

        assertThat(narrow.text()).isEqualTo("running 9  00:00:05  ^C cancels");
    }

    @Test
    void withoutCursorMovementTheClockIsARemark() {
        Captured dumb = new Captured(80, false, true);
        LiveLine line = LiveLine.on(dumb.screen, "9", millis::get);
        for (long second = 0; second <= 65; second++) {
            millis.set(second * 1000);
            line.tick(0, null);
        }

        assertThat(dumb.text()).isEqualTo("  . 9 still running, 00:00:30\n  . 9 still running, 00:01:00\n");
    }

    @Test
    void withoutATerminalThereIsNoClock() {
        LiveOutput plain = LiveOutput.plain(captured.screen);
        plain.tick();
        plain.close();

        assertThat(captured.text()).isEmpty();
    }

    @Test
    void outputWaitsWhileAQuestionIsOpen() {
        output.hold();
        lines(1, 2);
        output.tick();
        assertThat(captured.text()).isEmpty();
        output.release();

        assertThat(captured.text()).isEqualTo("  | 1\n  | 2\n");
    }

    @Test
    void aTransferIsInTheLiveLineOnly() {
        output.progress(1_234_567, 5 << 20);
        millis.set(2500);
        output.tick();
        assertThat(captured.text()).isEqualTo("running 9  00:00:02  1,234,567 rows, 5.0 MiB, 2.0 MiB/s  ^C cancels");
        output.progress(-1, 900);
        output.tick();
        assertThat(captured.text()).endsWith("\r\u001b[Krunning 9  00:00:02  900 B, 360 B/s  ^C cancels");
        output.close();
        assertThat(captured.text()).endsWith("\r\u001b[K");
    }
}
