package dev.stepmark.table;

import java.util.ArrayList;
import java.util.List;

/** The aligned format: widths of all columns first, then the lines. */
final class AlignedFormat {

    private final List<Cell> headers;
    private final List<List<Cell>> rows;
    private final List<Boolean> right;
    private final int[] widths;
    private final StringBuilder out = new StringBuilder();

    AlignedFormat(List<String> headers, List<Boolean> right, List<List<String>> rows, String nullText) {
        this.headers = headers.stream().map(Cell::of).toList();
        this.right = right;
        this.rows = new ArrayList<>(rows.size());
        for (List<String> row : rows) {
            this.rows.add(row.stream().map(v -> Cell.of(v == null ? nullText : v)).toList());
        }
        widths = new int[headers.size()];
        measure(this.headers);
        this.rows.forEach(this::measure);
    }

    private void measure(List<Cell> cells) {
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], cells.get(i).width());
        }
    }

    String print() {
        if (widths.length > 0) {
            headerLines();
        }
        rule();
        for (List<Cell> row : rows) {
            if (widths.length > 0) {
                rowLines(row);
            }
        }
        return out.toString();
    }

    private void headerLines() {
        int height = height(headers);
        for (int line = 0; line < height; line++) {
            for (int i = 0; i < widths.length; i++) {
                headerCell(i, line);
                if (i < widths.length - 1) {
                    out.append('|');
                }
            }
            out.append('\n');
        }
    }

    private void headerCell(int column, int line) {
        Cell cell = headers.get(column);
        out.append(' ');
        if (line < cell.height()) {
            Cell.Line text = cell.lines().get(line);
            int spare = widths[column] - text.width();
            out.append(" ".repeat(spare / 2)).append(text.text()).append(" ".repeat((spare + 1) / 2));
        } else {
            out.append(" ".repeat(widths[column]));
        }
        out.append(line + 1 < cell.height() ? '+' : ' ');
    }

    private void rule() {
        out.append('-');
        for (int i = 0; i < widths.length; i++) {
            out.append("-".repeat(widths[i])).append(i < widths.length - 1 ? "-+-" : "");
        }
        out.append("-\n");
    }

    private void rowLines(List<Cell> row) {
        int height = height(row);
        for (int line = 0; line < height; line++) {
            for (int i = 0; i < widths.length; i++) {
                dataCell(row.get(i), i, line);
                if (i < widths.length - 1) {
                    out.append('|');
                }
            }
            out.append('\n');
        }
    }

    private void dataCell(Cell cell, int column, int line) {
        boolean last = column == widths.length - 1;
        boolean continued = line + 1 < cell.height();
        out.append(' ');
        if (line >= cell.height()) {
            out.append(last ? "" : " ".repeat(widths[column] + 1));
            return;
        }
        Cell.Line text = cell.lines().get(line);
        String padding = " ".repeat(widths[column] - text.width());
        if (isRight(column)) {
            out.append(padding).append(text.text());
        } else {
            // psql leaves the last column's padding out, except where a continuation mark must stand in line
            out.append(text.text()).append(last && !continued ? "" : padding);
        }
        if (continued) {
            out.append('+');
        } else if (!last) {
            out.append(' ');
        }
    }

    private boolean isRight(int column) {
        return column < right.size() && right.get(column);
    }

    private static int height(List<Cell> cells) {
        int height = 1;
        for (Cell cell : cells) {
            height = Math.max(height, cell.height());
        }
        return height;
    }
}
