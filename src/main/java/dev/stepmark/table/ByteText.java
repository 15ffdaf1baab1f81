package dev.stepmark.table;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Text on its way to a sink, in a buffer that is handed on when it is full. */
final class ByteText {

    private static final int SIZE = 1 << 16;

    private final TablePrinter.Sink sink;
    private final byte[] buffer = new byte[SIZE];
    private int length;

    ByteText(TablePrinter.Sink sink) {
        this.sink = sink;
    }

    ByteText put(char ascii) {
        if (length == SIZE) {
            flush();
        }
        buffer[length++] = (byte) ascii;
        return this;
    }

    ByteText put(byte[] bytes) {
        if (bytes.length > SIZE - length) {
            flush();
        }
        if (bytes.length > SIZE) {
            sink.write(bytes, 0, bytes.length);
            return this;
        }
        System.arraycopy(bytes, 0, buffer, length, bytes.length);
        length += bytes.length;
        return this;
    }

    ByteText put(String text) {
        if (text.length() == 1 && text.charAt(0) < 0x80) {
            return put(text.charAt(0));
        }
        return text.isEmpty() ? this : put(text.getBytes(StandardCharsets.UTF_8));
    }

    ByteText spaces(int count) {
        return repeat(' ', count);
    }

    /** Nothing when the count is not positive. */
    ByteText repeat(char ascii, int count) {
        int left = count;
        while (left > 0) {
            if (length == SIZE) {
                flush();
            }
            int part = Math.min(left, SIZE - length);
            Arrays.fill(buffer, length, length + part, (byte) ascii);
            length += part;
            left -= part;
        }
        return this;
    }

    ByteText repeat(String text, int count) {
        if (text.length() == 1 && text.charAt(0) < 0x80) {
            return repeat(text.charAt(0), count);
        }
        for (int i = 0; i < count; i++) {
            put(text);
        }
        return this;
    }

    void flush() {
        if (length > 0) {
            sink.write(buffer, 0, length);
            length = 0;
        }
    }
}
