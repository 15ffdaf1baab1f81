package dev.stepmark.table;

import java.util.ArrayList;
import java.util.List;

/** The expanded format: one line for each column of each record. */
final class ExpandedFormat {

    private final List<Cell> headers;
    private final List<List<Cell>> rows = new ArrayList<>();
    private final int headerWidth;
    private final int dataWidth;
    private final StringBuilder out = new StringBuilder();

    ExpandedFormat(List<String> headers, List<List<String>> rows, String nullText) {
        this.headers = headers.stream().map(Cell::of).toList();
        int widest = 0;
        for (List<String> row : rows) {
            List<Cell> cells = row.stream().map(v -> Cell.of(v == null ? nullText : v)).toList();
            this.rows.add(cells);
            widest = Math.max(widest, cells.stream().mapToInt(Cell::width).max().orElse(0));
        }
        headerWidth = this.headers.stream().mapToInt(Cell::width).max().orElse(0);
        dataWidth = widest;
    }

    String print() {
        for (int record = 0; record < rows.size() && !headers.isEmpty(); record++) {
            rule(record + 1L);
            for (int i = 0; i < headers.size(); i++) {
                column(headers.get(i), rows.get(record).get(i));
            }
        }
        return out.toString();
    }

    /** {@code -[ RECORD 1 ]-+---}: the title overwrites the rule from its second column, also past the cross. */
    private void rule(long record) {
        String title = "[ RECORD " + record + " ]";
        StringBuilder rule = new StringBuilder(headerWidth + dataWidth + 3);
        rule.append("-".repeat(headerWidth + 1)).append('+').append("-".repeat(dataWidth + 1));
        int end = Math.min(rule.length(), 1 + title.length());
        out.append(rule.replace(1, end, title)).append('\n');
    }

    private void column(Cell header, Cell data) {
        int height = Math.max(header.height(), data.height());
        for (int line = 0; line < height; line++) {
            headerPart(header, line);
            out.append('|');
            if (line < data.height()) {
                dataPart(data, line);
            }
            out.append('\n');
        }
    }

    private void headerPart(Cell header, int line) {
        if (line >= header.height()) {
            out.append(" ".repeat(headerWidth + 1));
            return;
        }
        Cell.Line text = header.lines().get(line);
        out.append(text.text()).append(" ".repeat(headerWidth - text.width()));
        out.append(line + 1 < header.height() ? '+' : ' ');
    }

    private void dataPart(Cell data, int line) {
        Cell.Line text = data.lines().get(line);
        out.append(' ').append(text.text());
        if (line + 1 < data.height()) {
            out.append(" ".repeat(dataWidth - text.width())).append('+');
        }
    }
}
