package dev.stepmark.session.bash;

import static dev.stepmark.session.bash.Shells.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.session.CannotOpen;
import dev.stepmark.session.OutputSink;
import dev.stepmark.session.RecordingSink;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every byte arrives, whatever it is and however many there are; secrets and descriptors stay where they belong. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BashStreamsTest {

    @TempDir
    Path directory;

    @Test
    void twoHundredMegabytesWithoutALineEndArriveInBoundedMemory() throws Exception {
        AtomicLong count = new AtomicLong();
        AtomicInteger largest = new AtomicInteger();
        try (BashSession session = Shells.open()) {
            done(session, "head -c 200000000 /dev/zero", (stream, buffer, offset, length) -> {
                count.addAndGet(length);
                largest.accumulateAndGet(length, Math::max);
            });
        }
        assertThat(count).hasValue(200_000_000L);
        assertThat(largest.get()).isLessThanOrEqualTo(1 << 16);
    }

    @Test
    void everyByteArrives() throws Exception {
        byte[] bytes = new byte[3_000_000];
        new Random(11).nextBytes(bytes);
        // What begins like a marker, and what a terminal would act on.
        byte[] odd = "\u001e\u001e\u001eabc\u001e\u001b[?1049h\u0000\u001b[?1049l\u001f".getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(odd, 0, bytes, 65_530, odd.length);
        bytes[bytes.length - 1] = 0x1e;
        Path file = directory.resolve("bytes");
        Files.write(file, bytes);
        MessageDigest out = MessageDigest.getInstance("SHA-256");
        MessageDigest err = MessageDigest.getInstance("SHA-256");
        try (BashSession session = Shells.open()) {
            done(session, "cat '" + file + "' & cat '" + file + "' >&2; wait", (stream, buffer, offset, length) ->
                    (stream == OutputSink.Stream.STDOUT ? out : err).update(buffer, offset, length));
        }
        String expected = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        assertThat(HexFormat.of().formatHex(out.digest())).isEqualTo(expected);
        assertThat(HexFormat.of().formatHex(err.digest())).isEqualTo(expected);
    }

    @Test
    void markersAreNeverSeenAndCannotBePrinted() throws Exception {
        try (BashSession session = Shells.open()) {
            RecordingSink sink = new RecordingSink();
            for (int i = 0; i < 200; i++) {
                done(session, "printf a; printf b >&2; printf c >/dev/tty; false || true", sink);
            }
            assertThat(sink.text(OutputSink.Stream.STDOUT)).isEqualTo("a".repeat(200));
            assertThat(sink.text(OutputSink.Stream.STDERR)).isEqualTo("b".repeat(200));
            assertThat(sink.text(OutputSink.Stream.TTY)).isEqualTo("c".repeat(200));
            RecordingSink all = new RecordingSink();
            done(session, "set; declare -f; trap; set -v\n: | :\nset -x", all);
            assertThat(all.text(OutputSink.Stream.STDOUT) + all.text(OutputSink.Stream.STDERR)).doesNotContain("\u001e");
        }
    }

    @Test
    void closedDescriptorsOfTheFramingDoNotHang() throws Exception {
        try (BashSession session = Shells.open()) {
            RecordingSink sink = new RecordingSink();
            done(session, "echo one; exec 63>&-; echo two", sink);
            done(session, "echo three; exec 61>&- 62>&-; echo four", sink);
            assertThat(sink.text(OutputSink.Stream.STDOUT)).isEqualTo("one\ntwo\nthree\nfour\n");
        }
    }

    @Test
    void secretsAreInTheShellAndNowhereElse() throws Exception {
        String secret = "canary-'\"$(x)`\\\n\té-4711 ";
        try (BashSession session = Shells.open(Map.of(), Map.of("PERMANENT", secret))) {
            RecordingSink sink = new RecordingSink();
            var request = new dev.stepmark.session.Request("set -x; [ \"$ONCE\" = \"$PERMANENT\" ]; set +x; printf %s "
                    + "\"$ONCE\"; tr '\\0' ' ' </proc/$$/environ >&61; tr '\\0' ' ' </proc/$$/cmdline; bash -c 'echo \"<$ONCE>\"'",
                    "", Map.of("ONCE", secret), java.util.Optional.empty(), false);
            assertThat(session.run(request, sink)).isInstanceOf(dev.stepmark.session.Outcome.Done.class);
            String printed = sink.text(OutputSink.Stream.STDOUT);
            assertThat(printed).startsWith(secret).endsWith("<" + secret + ">\n");
            assertThat(printed.substring(secret.length(), printed.length() - secret.length() - 3)).doesNotContain("canary")
                    .contains("STEPMARK_RUN=run-of-a-test");
            assertThat(Shells.output(session, "echo \"[${ONCE-unset}]\"; printf %s \"$PERMANENT\""))
                    .isEqualTo("[unset]\n" + secret);
            assertThat(session.snapshot().orElseThrow().variables()).doesNotContainKey("ONCE");
        }
    }

    @Test
    void aSecretThatCannotBeSetRefuses() throws Exception {
        try (BashSession session = Shells.open()) {
            done(session, "readonly LOCKED=1");
            var request = new dev.stepmark.session.Request("echo ran", "", Map.of("LOCKED", "value"),
                    java.util.Optional.empty(), false);
            RecordingSink sink = new RecordingSink();
            assertThat(session.run(request, sink).toString()).startsWith("Refused").contains("LOCKED")
                    .doesNotContain("value");
            assertThat(sink.printed()).isEmpty();
            assertThat(Shells.output(session, "echo next")).isEqualTo("next\n");
        }
    }

    @Test
    void descriptorsAndThreadsDoNotLeak() throws Exception {
        openAndClose(5);
        long before = descriptors();
        Set<Thread> threads = Thread.getAllStackTraces().keySet();
        openAndClose(50);
        assertThat(descriptors()).isLessThanOrEqualTo(before + 3);
        assertThat(Thread.getAllStackTraces().keySet()).noneMatch(
                thread -> thread.getName().startsWith("stepmark-bash") && !threads.contains(thread));
    }

    private void openAndClose(int times) throws CannotOpen {
        for (int i = 0; i < times; i++) {
            try (BashSession session = Shells.open()) {
                done(session, "true");
            }
        }
    }

    private static long descriptors() throws Exception {
        System.gc();
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.count();
        }
    }
}
