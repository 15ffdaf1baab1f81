package dev.stepmark.terminal;

import dev.stepmark.session.OutputSink.Stream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Gathers the bytes of one line, at most {@link #LIMIT}; the rest is counted only. */
final class LineBytes {

    /** Bytes of a line that are shown. */
    static final int LIMIT = 4096;

    private byte[] bytes = new byte[256];
    private int length;
    private long dropped;

    void add(byte[] buffer, int offset, int count) {
        int taken = Math.min(count, LIMIT - length);
        if (length + taken > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(LIMIT, Math.max(length + taken, bytes.length * 2)));
        }
        System.arraycopy(buffer, offset, bytes, length, taken);
        length += taken;
        dropped += count - taken;
    }

    /** Moves what there is of the line to the end of the output. */
    void moveTo(OutputTail tail, Stream stream) {
        tail.add(stream, bytes, 0, length);
        length = 0;
        dropped = 0;
    }

    boolean isEmpty() {
        return length == 0;
    }

    /** The line; what is no UTF-8 is shown as U+FFFD. A line that was cut says how long it is. Begins a new one. */
    String take() {
        String text = new String(bytes, 0, length, StandardCharsets.UTF_8);
        if (dropped > 0) {
            text += "... (" + Amounts.of(dropped, "more byte") + " in this line)";
        }
        length = 0;
        dropped = 0;
        return text;
    }
}
