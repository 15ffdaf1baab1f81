package dev.stepmark.table;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** CSV, quoted only where it must be. Titles and footers have no place in it. */
final class CsvLayout implements Layout {

    private final Frame frame;
    private final boolean expanded;
    private final ByteText out;
    private final char separator;
    private final byte[][] names;

    CsvLayout(Frame frame, boolean expanded) {
        this.frame = frame;
        this.expanded = expanded;
        out = frame.out();
        separator = frame.options().csvSeparator();
        names = frame.headers().stream().map(h -> h.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
    }

    @Override
    public void begin(Rows rows) {
        if (!expanded && !frame.options().tuplesOnly()) {
            row(names);
        }
    }

    @Override
    public void rows(Rows rows) {
        if (names.length == 0) {
            return;
        }
        for (int i = 0; i < rows.size(); i++) {
            if (expanded) {
                record(rows.get(i));
            } else {
                row(rows.get(i));
            }
        }
    }

    private void row(byte[][] row) {
        for (int i = 0; i < row.length; i++) {
            if (i > 0) {
                out.put(separator);
            }
            field(row[i]);
        }
        out.put('\n');
    }

    private void record(byte[][] row) {
        for (int i = 0; i < row.length; i++) {
            field(names[i]);
            out.put(separator);
            field(row[i]);
            out.put('\n');
        }
    }

    private void field(byte[] value) {
        if (!mustQuote(value)) {
            out.put(value);
            return;
        }
        out.put('"');
        for (byte b : value) {
            if (b == '"') {
                out.put('"');
            }
            out.put((char) (b & 0xFF));
        }
        out.put('"');
    }

    private boolean mustQuote(byte[] value) {
        // \. alone ends the data of COPY, and these separators would make it up
        if (separator == '\\' || separator == '.' || value.length == 2 && value[0] == '\\' && value[1] == '.') {
            return true;
        }
        for (byte b : value) {
            if (b == separator || b == '"' || b == '\n' || b == '\r') {
                return true;
            }
        }
        return false;
    }

    @Override
    public void end(Rows rows, List<String> footers) {
        // neither a row count nor an empty line
    }
}
