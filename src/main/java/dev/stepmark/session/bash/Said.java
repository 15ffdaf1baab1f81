package dev.stepmark.session.bash;

import dev.stepmark.session.AlternateScreen;
import dev.stepmark.session.OutputSink;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a captured block said last: an unfinished line may be a question. It also sees a program switch to the screen
 * that only a terminal has.
 */
final class Said implements OutputSink {

    /** Longer questions are not shown whole. */
    private static final int MAX_LINE = 500;
    /** Full-screen programs begin with their screen; a flood is not searched. */
    private static final int SEARCHED = 1 << 20;

    private final OutputSink next;
    private final Map<Stream, Line> lines = new EnumMap<>(Stream.class);
    private volatile long terminalBytes;

    /** The end of a stream since its last newline. */
    private static final class Line {

        private final StringBuilder text = new StringBuilder();
        private final AlternateScreen alternate = new AlternateScreen();
        private int searched;
        private boolean screen;

        void add(byte[] buffer, int offset, int length) {
            int from = Math.max(offset, offset + length - MAX_LINE);
            if (from > offset) {
                text.setLength(0);
            }
            for (int at = from; at < offset + length; at++) {
                if (buffer[at] == '\n') {
                    text.setLength(0);
                } else if (text.length() < MAX_LINE) {
                    text.append((char) (buffer[at] & 0xff));
                }
            }
        }

        void lookForScreen(byte[] buffer, int offset, int length) {
            int end = offset + (screen ? length : Math.min(length, SEARCHED - searched));
            searched += end - offset;
            for (int at = offset; at < end; at++) {
                AlternateScreen.Seen seen = alternate.next(buffer[at]);
                screen = seen == AlternateScreen.Seen.OPENED || screen && seen != AlternateScreen.Seen.CLOSED;
            }
        }
    }

    Said(OutputSink next) {
        this.next = next;
        for (Stream stream : List.of(Stream.TTY, Stream.STDERR, Stream.STDOUT)) {
            lines.put(stream, new Line());
        }
    }

    @Override
    public void write(Stream stream, byte[] buffer, int offset, int length) {
        Line line = lines.get(stream);
        if (line != null) {
            synchronized (line) {
                line.add(buffer, offset, length);
                if (line.screen || line.searched < SEARCHED) {
                    line.lookForScreen(buffer, offset, length);
                }
            }
        }
        next.write(stream, buffer, offset, length);
        if (stream == Stream.TTY) {
            terminalBytes += length;
        }
    }

    /** Whether something is open that only a terminal can show. */
    boolean screen() {
        for (Line line : lines.values()) {
            synchronized (line) {
                if (line.screen) {
                    return true;
                }
            }
        }
        return false;
    }

    /** How much came on the terminal so far. */
    long terminalBytes() {
        return terminalBytes;
    }

    /** The unfinished line of the terminal; empty when there is none. */
    String onTerminal() {
        return text(Stream.TTY);
    }

    /** The unfinished line that may be a question: of the terminal, else of standard error, else of the output. */
    String last() {
        return List.of(Stream.TTY, Stream.STDERR, Stream.STDOUT).stream().map(this::text).filter(t -> !t.isBlank())
                .findFirst().orElse("");
    }

    private String text(Stream stream) {
        Line line = lines.get(stream);
        synchronized (line) {
            String bytes = line.text.toString();
            return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8).strip();
        }
    }
}
