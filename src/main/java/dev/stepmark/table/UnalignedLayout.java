package dev.stepmark.table;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** The unaligned format, and its expanded form with a name before each value. */
final class UnalignedLayout implements Layout {

    private final Frame frame;
    private final boolean expanded;
    private final ByteText out;
    private final byte[] field;
    private final byte[] record;
    private final byte[][] names;
    /** Whether a record was printed whose separator is still owed. */
    private boolean owed;

    UnalignedLayout(Frame frame, boolean expanded) {
        this.frame = frame;
        this.expanded = expanded;
        out = frame.out();
        field = bytes(frame.options().fieldSeparator().bytes());
        record = bytes(frame.options().recordSeparator().bytes());
        names = frame.headers().stream().map(UnalignedLayout::bytes).toArray(byte[][]::new);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void begin(Rows rows) {
        if (frame.options().tuplesOnly()) {
            return;
        }
        frame.options().title().ifPresent(title -> {
            out.put(title);
            if (expanded) {
                owed = true;
            } else {
                out.put(record);
            }
        });
        if (!expanded) {
            for (int i = 0; i < names.length; i++) {
                between(i);
                out.put(names[i]);
            }
            owed = true;
        }
    }

    private void between(int column) {
        if (column > 0) {
            out.put(field);
        }
    }

    @Override
    public void rows(Rows rows) {
        if (names.length == 0) {
            return;
        }
        for (int i = 0; i < rows.size(); i++) {
            if (owed) {
                out.put(record);
                if (expanded) {
                    out.put(record);
                }
            }
            row(rows.get(i));
            owed = true;
        }
    }

    private void row(byte[][] row) {
        for (int i = 0; i < row.length; i++) {
            if (expanded) {
                out.put(i > 0 ? record : new byte[0]).put(names[i]).put(field);
            } else {
                between(i);
            }
            out.put(row[i]);
        }
    }

    @Override
    public void end(Rows rows, List<String> footers) {
        boolean tuplesOnly = frame.options().tuplesOnly();
        if (expanded && !tuplesOnly && !footers.isEmpty()) {
            out.put(record);
            footers.forEach(line -> out.put(record).put(line));
        } else if (!expanded && !tuplesOnly) {
            for (String line : frame.footers(rows, footers)) {
                out.put(owed ? record : new byte[0]).put(line);
                owed = true;
            }
        }
        if (owed) {
            out.put(frame.options().recordSeparator().zero() ? "\0" : "\n");
        }
    }
}
