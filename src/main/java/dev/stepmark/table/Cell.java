package dev.stepmark.table;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A value cut into its lines, with control characters made visible as psql does. */
record Cell(List<Line> lines) {

    private static final int TAB_STOP = 8;

    /** One line, ready to print, and its columns. */
    record Line(String text, int width) {

        /** How many characters from {@code offset} on fit; at least one, and marks that take no column go along. */
        int fitting(int offset, int columns) {
            int at = offset;
            int used = 0;
            while (at < text.length()) {
                int codePoint = text.codePointAt(at);
                int wide = PsqlWidth.of(codePoint);
                if (used + wide > columns && used > 0) {
                    break;
                }
                used += wide;
                at += Character.charCount(codePoint);
            }
            return at;
        }

        int width(int from, int to) {
            int columns = 0;
            for (int i = from; i < to; i += Character.charCount(text.codePointAt(i))) {
                columns += PsqlWidth.of(text.codePointAt(i));
            }
            return columns;
        }
    }

    /** Whether the bytes print as they are, each in one column, on one line: most values of most results. */
    static boolean simple(byte[] value) {
        for (byte b : value) {
            if (b < 0x20 || b == 0x7F) {
                return false;
            }
        }
        return true;
    }

    static Cell of(byte[] value) {
        return of(new String(value, StandardCharsets.UTF_8));
    }

    static Cell of(String value) {
        List<Line> lines = new ArrayList<>(1);
        StringBuilder text = new StringBuilder(value.length());
        int width = 0;
        for (int i = 0; i < value.length();) {
            int codePoint = value.codePointAt(i);
            i += Character.charCount(codePoint);
            if (codePoint == '\n') {
                lines.add(new Line(text.toString(), width));
                text.setLength(0);
                width = 0;
            } else if (codePoint == '\t') {
                int spaces = TAB_STOP - width % TAB_STOP;
                text.append(" ".repeat(spaces));
                width += spaces;
            } else if (DisplayWidth.isControl(codePoint)) {
                text.append(DisplayWidth.escaped(codePoint));
                width += PsqlWidth.of(codePoint);
            } else {
                text.appendCodePoint(codePoint);
                width += PsqlWidth.of(codePoint);
            }
        }
        lines.add(new Line(text.toString(), width));
        return new Cell(lines);
    }

    int width() {
        int widest = 0;
        for (Line line : lines) {
            widest = Math.max(widest, line.width());
        }
        return widest;
    }

    int height() {
        return lines.size();
    }
}
