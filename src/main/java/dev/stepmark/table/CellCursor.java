package dev.stepmark.table;

/** Goes through a cell's lines, cutting those that are wider than the column. */
final class CellCursor {

    private final Cell cell;
    private final int columns;
    private int line;
    private int offset;
    private int shown;
    private int end;

    CellCursor(Cell cell, int columns) {
        this.cell = cell;
        this.columns = columns;
    }

    boolean hasNext() {
        return line < cell.height();
    }

    /** The next piece; {@link #shown()} then tells how wide it is. */
    String next() {
        Cell.Line now = cell.lines().get(line);
        end = now.width() <= columns && offset == 0 ? now.text().length() : now.fitting(offset, columns);
        String piece = now.text().substring(offset, end);
        shown = offset == 0 && end == now.text().length() ? now.width() : now.width(offset, end);
        if (end < now.text().length()) {
            offset = end;
        } else {
            line++;
            offset = 0;
        }
        return piece;
    }

    int shown() {
        return shown;
    }

    /** Whether all is shown and the last line was not empty: the old line style marks that as if it were wrapped. */
    boolean endedInText() {
        return !hasNext() && end > 0;
    }

    /** Whether all is shown and there was more than one line. */
    boolean endedTall() {
        return !hasNext() && cell.height() > 1;
    }

    int columns() {
        return columns;
    }

    /** Whether what comes next is the rest of a line that was cut. */
    boolean wrapped() {
        return hasNext() && offset > 0;
    }

    /** Whether what comes next is a further line. */
    boolean continued() {
        return hasNext() && offset == 0 && line > 0;
    }
}
