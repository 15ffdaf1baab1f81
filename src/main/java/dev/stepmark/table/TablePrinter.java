package dev.stepmark.table;

import dev.stepmark.table.TableOptions.Expanded;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Prints a table as psql 15 does, byte for byte, while its rows come. Widths are known for the first window of rows;
 * a later row that needs more widens its column from its window on. A result that fits a window is printed exactly as
 * psql prints it, and so is one of any length in the unaligned format and as CSV.
 */
public final class TablePrinter {

    /** Rows and bytes that a window holds at most. */
    private static final int WINDOW_ROWS = 10_000;
    private static final int WINDOW_BYTES = 2 << 20;
    private static final byte[] EMPTY = new byte[0];

    /** Takes what is printed. */
    @FunctionalInterface
    public interface Sink {
        /** The bytes are only lent. */
        void write(byte[] bytes, int offset, int length);
    }

    private final Frame frame;
    private final byte[] nullBytes;
    private final boolean windows;
    private final Rows rows;
    private Layout layout;

    /**
     * A table.
     *
     * @param options the settings; their format must be {@linkplain TableOptions.Format#printable() printable}
     * @param headers column names
     * @param right   for each column whether it is aligned to the right, as psql does with numbers
     * @param sink    where it goes
     */
    public TablePrinter(TableOptions options, List<String> headers, boolean[] right, Sink sink) {
        if (!options.format().printable()) {
            throw new IllegalArgumentException(options.format().word());
        }
        frame = new Frame(options, List.copyOf(headers), right.clone(), new ByteText(sink));
        nullBytes = options.nullText().getBytes(StandardCharsets.UTF_8);
        rows = new Rows(headers.size());
        windows = options.format() == TableOptions.Format.ALIGNED || options.format() == TableOptions.Format.WRAPPED;
    }

    /** Adds a row of UTF-8 values, null for NULL. The array is the printer's from now on. */
    public void row(byte[][] values) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null) {
                values[i] = nullBytes;
            } else if (frame.options().numericLocale() && frame.right()[i]) {
                values[i] = DigitGroups.of(values[i]);
            }
        }
        rows.add(values);
        if (rows.size() >= WINDOW_ROWS || rows.bytes() >= WINDOW_BYTES) {
            window();
            rows.next();
        }
    }

    /** The same with texts. */
    public void row(List<String> values) {
        byte[][] bytes = new byte[values.size()][];
        for (int i = 0; i < bytes.length; i++) {
            String value = values.get(i);
            bytes[i] = value == null ? null : value.isEmpty() ? EMPTY : value.getBytes(StandardCharsets.UTF_8);
        }
        row(bytes);
    }

    private void window() {
        if (layout == null) {
            layout = layout();
            layout.begin(rows);
        }
        layout.rows(rows);
    }

    private Layout layout() {
        Expanded expanded = frame.options().expanded();
        boolean on = expanded == Expanded.ON;
        if (windows) {
            AlignedLayout aligned = new AlignedLayout(frame);
            boolean records = on || expanded == Expanded.AUTO && aligned.tooWide(rows);
            return records ? new ExpandedLayout(frame) : aligned;
        }
        return frame.options().format() == TableOptions.Format.CSV ? new CsvLayout(frame, on)
                : new UnalignedLayout(frame, on);
    }

    /** Prints what is left, and the row count where the options want it. */
    public void finish() {
        finish(List.of());
    }

    /**
     * Prints what is left.
     *
     * @param footers lines of the table's own in the place of the row count
     */
    public void finish(List<String> footers) {
        window();
        layout.end(rows, footers);
        frame.out().flush();
    }
}
