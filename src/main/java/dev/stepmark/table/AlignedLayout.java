package dev.stepmark.table;

import dev.stepmark.table.Borders.Rule;
import java.util.ArrayList;
import java.util.List;

/** The aligned and the wrapped format: columns side by side. */
final class AlignedLayout implements Layout {

    private final Frame frame;
    private final Borders borders;
    private final ByteText out;
    private final int border;
    private final List<Cell> headers;
    private final int[] widths;

    AlignedLayout(Frame frame) {
        this.frame = frame;
        borders = Borders.of(frame.options());
        out = frame.out();
        border = frame.border();
        headers = frame.headers().stream().map(Cell::of).toList();
        widths = new int[headers.size()];
    }

    /** Whether the table is wider than there is room, even when it is wrapped, so that records are the better form. */
    boolean tooWide(Rows rows) {
        int room = frame.options().columns();
        return room > 0 && widths.length > 1 && room < total(rows);
    }

    /** Settles the widths of the columns; the width of all. */
    private int total(Rows rows) {
        measure(rows);
        int total = edges();
        for (int width : widths) {
            total += width;
        }
        return frame.wrapped() ? squeeze(rows, total) : total;
    }

    private int edges() {
        int n = widths.length;
        return switch (border) {
            case 0 -> n;
            case 1 -> n * 3 - (n > 0 ? 1 : 0);
            default -> n * 3 + 1;
        };
    }

    private void measure(Rows rows) {
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], Math.max(headers.get(i).width(), rows.widest(i)));
        }
    }

    @Override
    public void begin(Rows rows) {
        int total = total(rows);
        if (frame.options().tuplesOnly()) {
            return;
        }
        title(total);
        if (border == 2) {
            rule(borders.top());
        }
        header();
        rule(borders.middle());
    }

    private void title(int total) {
        frame.options().title().ifPresent(title -> {
            int width = Cell.of(title).width();
            out.spaces(width >= total ? 0 : (total - width) / 2).put(title).put('\n');
        });
    }

    /** Takes columns away where cells are much wider than they are on the average, until the table fits. */
    private int squeeze(Rows rows, int needed) {
        int total = needed;
        int room = frame.options().columns();
        int least = edges() + headers.stream().mapToInt(Cell::width).sum();
        if (room <= 0 || room < least) {
            return total;
        }
        int[] full = widths.clone();
        while (total > room) {
            int worst = -1;
            double most = 0;
            for (int i = 0; i < widths.length; i++) {
                int average = rows.average(i);
                if (average > 0 && widths[i] > headers.get(i).width()) {
                    double ratio = (double) widths[i] / average + full[i] * 0.01;
                    if (ratio > most) {
                        most = ratio;
                        worst = i;
                    }
                }
            }
            if (worst < 0) {
                break;
            }
            widths[worst]--;
            total--;
        }
        return total;
    }

    private void rule(Rule rule) {
        if (border == 1) {
            out.put(rule.line());
        } else if (border == 2) {
            out.put(rule.left()).put(rule.line());
        }
        for (int i = 0; i < widths.length; i++) {
            out.repeat(rule.line(), widths[i]);
            if (i < widths.length - 1) {
                if (border == 0) {
                    out.put(' ');
                } else {
                    out.put(rule.line()).put(rule.cross()).put(rule.line());
                }
            }
        }
        if (border == 2) {
            out.put(rule.line()).put(rule.right());
        } else if (border == 1) {
            out.put(rule.line());
        }
        out.put('\n');
    }

    private void header() {
        int height = headers.isEmpty() ? 0 : headers.stream().mapToInt(Cell::height).max().orElse(1);
        for (int line = 0; line < height; line++) {
            if (border == 2) {
                out.put(borders.data().left());
            }
            for (int i = 0; i < widths.length; i++) {
                headerCell(i, line);
                if (border != 0 && i < widths.length - 1) {
                    out.put(borders.data().cross());
                }
            }
            if (border == 2) {
                out.put(borders.data().right());
            }
            out.put('\n');
        }
    }

    private void headerCell(int column, int line) {
        Cell cell = headers.get(column);
        if (border != 0 || !borders.marksWithoutBorder() && column > 0) {
            out.put(line > 0 ? borders.headerLeft() : " ");
        }
        if (line < cell.height()) {
            Cell.Line text = cell.lines().get(line);
            int spare = widths[column] - text.width();
            out.spaces(spare / 2).put(text.text()).spaces((spare + 1) / 2);
        } else {
            out.spaces(widths[column]);
        }
        if (border != 0 || borders.marksWithoutBorder()) {
            out.put(line + 1 < cell.height() ? borders.headerRight() : " ");
        }
    }

    @Override
    public void rows(Rows rows) {
        if (widths.length == 0) {
            return;
        }
        if (!frame.wrapped()) {
            measure(rows);
        }
        for (int i = 0; i < rows.size(); i++) {
            byte[][] row = rows.get(i);
            if (rows.complex(i) || frame.wrapped() && !fits(row)) {
                complexRow(row);
            } else {
                simpleRow(row);
            }
        }
    }

    private boolean fits(byte[][] row) {
        for (int i = 0; i < widths.length; i++) {
            if (row[i].length > widths[i]) {
                return false;
            }
        }
        return true;
    }

    private void simpleRow(byte[][] row) {
        int last = widths.length - 1;
        if (border == 2) {
            out.put(borders.data().left());
        }
        for (int i = 0; i <= last; i++) {
            byte[] cell = row[i];
            boolean padded = border == 2 || i < last;
            if (border != 0) {
                out.put(' ');
            }
            if (frame.right()[i]) {
                out.spaces(widths[i] - cell.length).put(cell);
            } else {
                out.put(cell);
                if (padded) {
                    out.spaces(widths[i] - cell.length);
                }
            }
            if (padded) {
                out.put(' ');
            }
            if (border != 0 && i < last) {
                out.put(borders.data().cross());
            }
        }
        if (border == 2) {
            out.put(borders.data().right());
        }
        out.put('\n');
    }

    private void complexRow(byte[][] row) {
        List<CellCursor> cells = new ArrayList<>(row.length);
        for (int i = 0; i < row.length; i++) {
            cells.add(new CellCursor(Cell.of(row[i]), widths[i]));
        }
        boolean more = true;
        while (more) {
            more = complexLine(cells);
        }
    }

    private boolean complexLine(List<CellCursor> cells) {
        int last = widths.length - 1;
        boolean more = false;
        if (border == 2) {
            out.put(borders.data().left());
        }
        for (int i = 0; i <= last; i++) {
            CellCursor cell = cells.get(i);
            if (border != 0) {
                out.put(cell.wrapped() ? borders.wrapLeft() : " ");
            }
            dataPart(cell, frame.right()[i], border == 2 || i < last);
            more |= cell.hasNext();
            if (border != 0 && i < last) {
                out.put(divider(cells.get(i + 1)));
            }
        }
        if (border == 2) {
            out.put(borders.data().right());
        }
        out.put('\n');
        return more;
    }

    private void dataPart(CellCursor cell, boolean right, boolean padded) {
        int padding = cell.columns();
        if (cell.hasNext()) {
            String text = cell.next();
            padding -= Math.min(cell.columns(), cell.shown());
            if (right) {
                out.spaces(padding);
                padding = 0;
            }
            out.put(text);
        }
        boolean marked = cell.wrapped() || cell.continued();
        // the last column's padding is left out, except where a mark must stand in line
        if (padded || marked) {
            out.spaces(padding);
        }
        if (cell.wrapped()) {
            out.put(borders.wrapRight());
        } else if (cell.continued()) {
            out.put(borders.newlineRight());
        } else if (padded) {
            out.put(' ');
        }
    }

    private String divider(CellCursor next) {
        if (next.wrapped()) {
            return borders.middleWrap();
        }
        if (next.continued()) {
            return borders.middleNewline();
        }
        return next.hasNext() ? borders.data().cross() : borders.middleBlank();
    }

    @Override
    public void end(Rows rows, List<String> footers) {
        if (border == 2) {
            rule(borders.bottom());
        }
        if (!frame.options().tuplesOnly()) {
            frame.footers(rows, footers).forEach(line -> out.put(line).put('\n'));
        }
        out.put('\n');
    }
}
