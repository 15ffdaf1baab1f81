package dev.stepmark.table;

import dev.stepmark.table.Borders.Rule;
import java.util.List;

/** The expanded form of the aligned and the wrapped format: one line for each column of each record. */
final class ExpandedLayout implements Layout {

    /** A wrapped value gets so many columns at least. */
    private static final int LEAST_DATA = 3;

    private final Frame frame;
    private final Borders borders;
    private final ByteText out;
    private final int border;
    private final List<Cell> headers;
    private final int headerWidth;
    private final boolean tallHeader;
    private int dataWidth;
    /** Whether a column is kept for the marks of values of several lines. */
    private boolean tallData;
    private boolean nothing;
    private boolean started;

    ExpandedLayout(Frame frame) {
        this.frame = frame;
        borders = Borders.of(frame.options());
        out = frame.out();
        border = frame.border();
        headers = frame.headers().stream().map(Cell::of).toList();
        headerWidth = headers.stream().mapToInt(Cell::width).max().orElse(0);
        tallHeader = headers.stream().anyMatch(h -> h.height() > 1);
    }

    @Override
    public void begin(Rows rows) {
        nothing = rows.total() == 0 || headers.isEmpty();
        if (nothing) {
            return;
        }
        measure(rows);
        if (!frame.options().tuplesOnly()) {
            frame.options().title().ifPresent(title -> out.put(title).put('\n'));
        }
        if (frame.wrapped()) {
            fit(rows);
        }
    }

    private void measure(Rows rows) {
        dataWidth = Math.max(dataWidth, rows.widest());
        tallData |= rows.multiline();
    }

    private boolean plainMarks() {
        return !borders.old();
    }

    /** The width for values: what there is room for, but no less than the record's heading needs. */
    private void fit(Rows rows) {
        boolean own = border < 2 && plainMarks();
        int between = border == 0 ? 1 : border == 1 ? 3 : 7;
        if (border == 0 && tallHeader || border == 1 && tallHeader && borders.old()) {
            between++;
        }
        if (tallData && own) {
            between++;
        }
        int width = fitted(rows, between);
        if (width < dataWidth && !tallData && own) {
            tallData = true;
            width = fitted(rows, between + 1);
        }
        dataWidth = width;
    }

    private int fitted(Rows rows, int between) {
        int heading = frame.options().tuplesOnly() ? 0
                : Long.toString(rows.total()).length() + (border == 0 ? 9 : border == 1 ? 12 : 15);
        int wanted = Math.max(headerWidth + between + dataWidth, heading);
        int least = Math.max(headerWidth + between + LEAST_DATA, heading);
        int room = frame.options().columns();
        int total = room <= 0 || room >= wanted ? wanted : Math.max(room, least);
        return total - headerWidth - between;
    }

    @Override
    public void rows(Rows rows) {
        if (nothing) {
            return;
        }
        if (!frame.wrapped()) {
            measure(rows);
        }
        for (int i = 0; i < rows.size(); i++) {
            recordRule(rows.before() + i + 1, i == 0 && rows.before() == 0 ? borders.top() : borders.middle());
            started = true;
            byte[][] row = rows.get(i);
            for (int column = 0; column < row.length; column++) {
                Cell header = headers.get(column);
                byte[] value = row[column];
                if (header.height() == 1 && Cell.simple(value) && value.length <= dataWidth) {
                    simple(header.lines().get(0), value);
                } else {
                    complex(header, new CellCursor(Cell.of(value), dataWidth));
                }
            }
        }
    }

    private void recordRule(long record, Rule rule) {
        int width = headerWidth + (border < 2 && tallHeader && borders.old() ? 1 : 0);
        if (!frame.options().tuplesOnly()) {
            ruleLine(border == 0 ? "* Record " + record : "[ RECORD " + record + " ]", width, rule);
        } else if (started || border == 2) {
            ruleLine("", width, rule);
        }
    }

    /** A rule with a heading, which takes the place of as much of the rule as it needs. */
    private void ruleLine(String heading, int width, Rule rule) {
        String line = border > 0 ? rule.line() : " ";
        if (border == 2) {
            out.put(rule.left()).put(rule.line());
        } else if (border == 1) {
            out.put(rule.line());
        }
        out.put(heading);
        int taken = heading.length() + (border == 2 ? 0 : 1);
        out.repeat(line, width - taken);
        int over = taken - width;
        if (border > 0) {
            over = put(over, rule.line());
            over = put(over, rule.cross());
        }
        over = put(over, line);
        out.repeat(line, dataWidth - Math.max(0, over));
        if (border == 2) {
            out.put(rule.line()).put(rule.right());
        }
        out.put('\n');
    }

    private int put(int over, String text) {
        if (over <= 0) {
            out.put(text);
        }
        return over - 1;
    }

    private void simple(Cell.Line header, byte[] value) {
        boolean leftSpace = border == 2 || tallHeader && borders.old();
        if (border == 2) {
            out.put(borders.data().left());
        }
        out.spaces(leftSpace ? 1 : 0).put(header.text()).spaces(headerWidth - header.width());
        if (border > 0 || tallHeader && plainMarks()) {
            out.put(' ');
        }
        if (border > 0) {
            out.put(borders.data().cross());
        }
        out.put(' ').put(value);
        if (border == 2) {
            out.spaces(dataWidth - value.length).put(' ').put(borders.data().right());
        }
        out.put('\n');
    }

    private void complex(Cell header, CellCursor value) {
        int line = 0;
        while (line < header.height() || value.hasNext()) {
            if (border == 2) {
                out.put(borders.data().left());
            }
            headerPart(header, line++);
            if (border > 0) {
                out.put(value.wrapped() || value.endedInText() ? borders.middleWrap()
                        : value.continued() || value.endedTall() ? borders.middleNewline() : borders.data().cross());
            }
            if (value.hasNext()) {
                dataPart(value);
            } else if (border == 2) {
                out.spaces(dataWidth + 2).put(borders.data().right());
            }
            out.put('\n');
        }
    }

    private void headerPart(Cell header, int line) {
        boolean mark = border > 0 || tallHeader && plainMarks();
        if (line >= header.height()) {
            int width = headerWidth + border + (border < 2 && tallHeader && borders.old() ? 1 : 0)
                    + (border == 0 && tallHeader && plainMarks() ? 1 : 0);
            out.spaces(Math.max(1, width));
            return;
        }
        if (border == 2 || tallHeader && borders.old()) {
            out.put(line > 0 ? borders.headerLeft() : " ");
        }
        Cell.Line text = header.lines().get(line);
        out.put(text.text()).spaces(headerWidth - text.width());
        if (mark) {
            out.put(line + 1 < header.height() ? borders.headerRight() : " ");
        }
    }

    private void dataPart(CellCursor value) {
        out.put(value.wrapped() ? borders.wrapLeft() : " ");
        out.put(value.next());
        int padding = dataWidth - value.shown();
        boolean marks = border > 1 || tallData && plainMarks();
        if (value.hasNext() && marks) {
            out.spaces(padding).put(value.wrapped() ? borders.wrapRight() : borders.newlineRight());
        } else if (!value.hasNext() && border > 1) {
            out.spaces(padding).put(' ');
        }
        if (border == 2) {
            out.put(borders.data().right());
        }
    }

    @Override
    public void end(Rows rows, List<String> footers) {
        boolean tuplesOnly = frame.options().tuplesOnly();
        if (nothing) {
            if (!tuplesOnly) {
                frame.footers(rows, footers).forEach(line -> out.put(line).put('\n'));
            }
            out.put('\n');
            return;
        }
        if (border == 2) {
            ruleLine("", headerWidth, borders.bottom());
        }
        if (!tuplesOnly && !footers.isEmpty()) {
            if (border < 2) {
                out.put('\n');
            }
            footers.forEach(line -> out.put(line).put('\n'));
        }
        out.put('\n');
    }
}
