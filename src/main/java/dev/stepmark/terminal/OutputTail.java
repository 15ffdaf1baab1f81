package dev.stepmark.terminal;

import dev.stepmark.session.OutputSink.Stream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The end of a long output in bounded memory: pieces of bytes in the order in which they came, the oldest thrown away.
 * No text is made of them before the end is asked for, so that a gigabyte costs little more than being copied.
 */
final class OutputTail {

    /** Lines shown at the end. */
    static final int LINES = 10;
    /** Bytes kept: as many as the lines may have. */
    static final int BYTES = LINES * LineBytes.LIMIT;
    /** Room of a piece at least, so that single bytes do not make a piece each. */
    private static final int PIECE = 4096;

    private final Deque<Piece> pieces = new ArrayDeque<>();
    private long kept;
    private boolean cut;
    /** The piece thrown away last: a flood fills it again. */
    private Piece spare;

    private static final class Piece {
        private Stream stream;
        private final byte[] bytes;
        private int length;

        Piece(Stream stream, int size) {
            this.stream = stream;
            this.bytes = new byte[Math.max(PIECE, size)];
        }
    }

    /**
     * A line.
     *
     * @param stream where it came from
     * @param text   the line
     */
    record Line(Stream stream, String text) { }

    void add(Stream stream, byte[] buffer, int offset, int length) {
        if (length == 0) {
            return;
        }
        int taken = Math.min(length, BYTES);
        cut |= taken < length;
        int from = offset + length - taken;
        Piece last = pieces.peekLast();
        if (last == null || last.stream != stream || last.length + taken > last.bytes.length) {
            last = piece(stream, taken);
            pieces.addLast(last);
        }
        System.arraycopy(buffer, from, last.bytes, last.length, taken);
        last.length += taken;
        kept += taken;
        while (pieces.size() > 1 && kept - pieces.peekFirst().length >= BYTES) {
            spare = pieces.removeFirst();
            kept -= spare.length;
            cut = true;
        }
    }

    private Piece piece(Stream stream, int size) {
        Piece piece = spare;
        if (piece == null || piece.bytes.length < size) {
            return new Piece(stream, size);
        }
        spare = null;
        piece.stream = stream;
        piece.length = 0;
        return piece;
    }

    /** Streams whose last line has no end. */
    Set<Stream> unterminated() {
        Set<Stream> streams = EnumSet.noneOf(Stream.class);
        for (Piece piece : pieces) {
            if (piece.bytes[piece.length - 1] == '\n') {
                streams.remove(piece.stream);
            } else {
                streams.add(piece.stream);
            }
        }
        return streams;
    }

    /** The last lines; the first bytes kept are left out unless they begin a line. */
    List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        Map<Stream, LineBytes> open = new EnumMap<>(Stream.class);
        Map<Stream, Boolean> torn = new EnumMap<>(Stream.class);
        for (Piece piece : pieces) {
            LineBytes line = open.computeIfAbsent(piece.stream, s -> new LineBytes());
            int from = 0;
            for (int i = 0; i < piece.length; i++) {
                if (piece.bytes[i] == '\n') {
                    line.add(piece.bytes, from, i - from);
                    String text = line.take();
                    if (!torn.getOrDefault(piece.stream, cut)) {
                        lines.add(new Line(piece.stream, text));
                    }
                    torn.put(piece.stream, false);
                    from = i + 1;
                }
            }
            line.add(piece.bytes, from, piece.length - from);
        }
        open.forEach((stream, line) -> {
            if (!line.isEmpty()) {
                String start = torn.getOrDefault(stream, cut) ? "..." : "";
                lines.add(new Line(stream, start + line.take()));
            }
        });
        return lines.subList(Math.max(0, lines.size() - LINES), lines.size());
    }
}
