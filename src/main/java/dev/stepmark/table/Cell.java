package dev.stepmark.table;

import java.util.ArrayList;
import java.util.List;

/** A value cut into its lines, with control characters made visible as psql does. */
record Cell(List<Line> lines) {

    private static final int TAB_STOP = 8;

    /** One line, ready to print, and its columns. */
    record Line(String text, int width) { }

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
                width += DisplayWidth.of(codePoint);
            } else {
                text.appendCodePoint(codePoint);
                width += DisplayWidth.of(codePoint);
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
