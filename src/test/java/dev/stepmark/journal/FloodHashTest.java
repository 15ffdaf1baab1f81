package dev.stepmark.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** A hash by another program is the same hash, and none at all when something went wrong. */
class FloodHashTest {

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static Optional<String> hash(FloodHash flood, byte[] bytes, int begun) throws IOException {
        flood.begin(new ByteArrayInputStream(bytes, 0, begun));
        flood.update(bytes, begun, bytes.length - begun);
        return flood.finish();
    }

    @Test
    void theSameHash() throws IOException {
        byte[] bytes = bytes(3_000_001);
        Optional<String> hash = hash(FloodHash.start().orElseThrow(), bytes, 1_000_000);
        Assumptions.assumeTrue(hash.isPresent(), "neither sha256sum nor shasum is here");
        assertThat(hash).contains(Hashes.hex(bytes));
    }

    @Test
    void aProgramThatEndsEarlyOrBadlyOrSaysSomethingElseCountsForNothing() throws IOException {
        byte[] bytes = bytes(3_000_000);
        for (String script : new String[] {"exit 0", "head -c 1000000 >/dev/null; echo " + Hashes.ZERO,
            "cat >/dev/null; echo " + Hashes.ZERO + "; exit 1", "cat >/dev/null; echo no hash", "cat >/dev/null"}) {
            FloodHash flood = FloodHash.start("sh", "-c", script).orElseThrow();
            assertThat(hash(flood, bytes, 1_000_000)).as(script).isEmpty();
        }
        assertThat(FloodHash.start("no-such-program-as-this")).isEmpty();
    }

    @Test
    void whatIsTypedAtTheTerminalDoesNotEndIt() throws Exception {
        byte[] bytes = bytes(2_000_000);
        Optional<String> usual = hash(FloodHash.start().orElseThrow(), bytes, 0);
        Assumptions.assumeTrue(usual.isPresent(), "neither sha256sum nor shasum is here");
        FloodHash flood = FloodHash.start().orElseThrow();
        flood.begin(new ByteArrayInputStream(bytes, 0, 1_000_000));
        for (String signal : new String[] {"INT", "QUIT", "HUP", "TSTP"}) {
            assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(flood.pid())).start().waitFor()).isZero();
        }
        flood.update(bytes, 1_000_000, 1_000_000);
        assertThat(flood.finish()).isEqualTo(usual);
    }
}
