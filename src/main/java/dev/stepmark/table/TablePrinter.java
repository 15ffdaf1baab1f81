package dev.stepmark.table;

import dev.stepmark.table.TableOptions.Expanded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Prints a table as psql 15 does, byte for byte, in bounded memory. Where the widths of all rows decide, rows beyond the
 * first window wait in a file until the last has come. Without such a file, and beyond what may wait there, a later row
 * that needs more widens its column from its window on.
 */
public final class TablePrinter implements AutoCloseable {

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
    private final boolean widths;
    private final Rows rows;
    private final Path directory;
    private Layout layout;
    private Spool spool;
    /** Whether rows may wait until the widths of all are known. */
    private boolean waits;

    /**
     * A table.
     *
     * @param options the settings; their format must be {@linkplain TableOptions.Format#printable() printable}
     * @param headers column names
     * @param right   for each column whether it is aligned to the right, as psql does with numbers
     * @param sink    where it goes
     */
    public TablePrinter(TableOptions options, List<String> headers, boolean[] right, Sink sink) {
        this(options, headers, right, sink, Path.of(System.getProperty("java.io.tmpdir")));
    }

    TablePrinter(TableOptions options, List<String> headers, boolean[] right, Sink sink, Path directory) {
        this.directory = directory;
        if (!options.format().printable()) {
            throw new IllegalArgumentException(options.format().word());
        }
        frame = new Frame(options, List.copyOf(headers), right.clone(), new ByteText(sink));
        nullBytes = options.nullText().getBytes(StandardCharsets.UTF_8);
        widths = options.format().aligned();
        rows = new Rows(headers.size(), widths);
        waits = widths && !headers.isEmpty();
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
        if (full()) {
            if (waits) {
                keep();
            } else {
                window();
            }
            rows.next();
        }
    }

    private boolean full() {
        return rows.size() >= WINDOW_ROWS || rows.bytes() >= WINDOW_BYTES;
    }

    /** Puts the window into the file; when that cannot be, prints what there is. */
    private void keep() {
        try {
            spool = spool == null ? Spool.open(directory) : spool;
            spool.write(rows);
            if (spool.full()) {
                waits = false;
                rows.next();
                replay();
            }
        } catch (IOException e) {
            // a full or forbidden directory for temporary files: what is there is printed with the widths so far
            waits = false;
            byte[][][] last = rows.window();
            boolean[] complex = rows.complexOnes();
            replay();
            for (int i = 0; i < last.length; i++) {
                rows.again(last[i], complex[i]);
            }
            window();
        }
    }

    /** Prints the rows in the file, now that all widths are known. */
    private void replay() {
        if (layout == null) {
            layout = layout();
            layout.begin(rows);
        }
        rows.rewind();
        if (spool == null) {
            return;
        }
        try (Spool file = spool) {
            file.read(frame.columns(), (row, complex) -> {
                rows.again(row, complex);
                if (full()) {
                    layout.rows(rows);
                    rows.next();
                }
            });
            layout.rows(rows);
            rows.next();
            spool = null;
        } catch (IOException e) {
            throw new UncheckedIOException("rows that waited in a temporary file cannot be read back", e);
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
        if (widths) {
            AlignedLayout aligned = new AlignedLayout(frame);
            boolean records = on || expanded == Expanded.AUTO && aligned.tooWide(rows);
            return records ? new ExpandedLayout(frame) : aligned;
        }
        return frame.options().format() == TableOptions.Format.CSV ? new CsvLayout(frame, on)
                : new UnalignedLayout(frame, on);
    }

    /** Lets go of rows that wait and will not be printed. */
    @Override
    public void close() {
        try {
            if (spool != null) {
                spool.close();
                spool = null;
            }
        } catch (IOException e) {
            // it has no name: it goes with the process at the latest
            spool = null;
        }
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
        if (spool == null) {
            window();
        } else {
            keep();
            if (spool != null) {
                rows.next();
                replay();
            }
        }
        layout.end(rows, footers);
        frame.out().flush();
    }
}
