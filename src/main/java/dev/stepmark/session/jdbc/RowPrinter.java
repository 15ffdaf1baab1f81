package dev.stepmark.session.jdbc;

import dev.stepmark.session.Result;
import dev.stepmark.table.TableOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.postgresql.core.Field;
import org.postgresql.core.Oid;
import org.postgresql.core.Tuple;

/**
 * Prints rows while they come, as psql prints tables, and keeps a sample of the first ones. It never holds more than a
 * window of rows: widths are those of the first window, and a later window that needs more has its own.
 */
final class RowPrinter implements RowSink {

    /** Characters that a window and the sample hold at most, besides their number of rows. */
    private static final int WINDOW_CHARACTERS = 2 << 20;
    private static final int FIRST_FETCH = 100;

    /** What psql aligns to the right (fe_utils/print.c: column_type_alignment); 28, 29, 5069 are xid, cid, xid8. */
    private static final Set<Integer> RIGHT = Set.of(Oid.INT2, Oid.INT4, Oid.INT8, Oid.FLOAT4, Oid.FLOAT8, Oid.NUMERIC,
            Oid.OID, Oid.MONEY, 28, 29, 5069);

    private final Output output;
    private final boolean expanded;
    private final List<Result.Column> columns = new ArrayList<>();
    private final List<List<String>> sample = new ArrayList<>();
    private final List<List<String>> window = new ArrayList<>();
    private boolean started;
    private boolean printed;
    private long windowCharacters;
    private long sampleCharacters;
    private long rows;
    private long characters;

    RowPrinter(Output output, TableOptions options) {
        this.output = output;
        this.expanded = options.expanded() == TableOptions.Expanded.ON;
    }

    @Override
    public boolean started() {
        return started;
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public List<Result.Column> columns() {
        return columns;
    }

    @Override
    public List<List<String>> sample() {
        return sample;
    }

    /** {@inheritDoc} Fewer of wide rows, so that they do not fill the memory. */
    @Override
    public int nextFetch() {
        if (rows == 0) {
            return FIRST_FETCH;
        }
        long average = Math.max(1, characters / rows);
        return (int) Math.max(1, Math.min(Result.SAMPLE_ROWS, WINDOW_CHARACTERS / average));
    }

    @Override
    public void columns(Field[] fields) {
        if (started) {
            return;
        }
        started = true;
        for (Field field : fields) {
            columns.add(new Result.Column(field.getColumnLabel(), RIGHT.contains(field.getOID())));
        }
    }

    @Override
    public void add(List<Tuple> tuples) {
        for (int i = 0; i < tuples.size(); i++) {
            add(tuples.set(i, null));
        }
    }

    private void add(Tuple tuple) {
        List<String> row = new ArrayList<>(columns.size());
        long size = 0;
        for (int i = 0; i < tuple.fieldCount(); i++) {
            String value = Wire.text(tuple.get(i));
            size += value == null ? 0 : value.length();
            row.add(value);
        }
        rows++;
        characters += size;
        keep(row, size);
        window.add(row);
        windowCharacters += size;
        if (window.size() >= Result.SAMPLE_ROWS || windowCharacters >= WINDOW_CHARACTERS) {
            print(false);
        }
    }

    private void keep(List<String> row, long size) {
        // the sample is a prefix: after the first row that does not fit none is kept
        if (sample.size() == rows - 1 && sample.size() < Result.SAMPLE_ROWS
                && (sample.isEmpty() || sampleCharacters + size <= WINDOW_CHARACTERS)) {
            sample.add(row);
            sampleCharacters += size;
        }
    }

    /** Prints what is left and the footer. */
    @Override
    public void finish() {
        if (started) {
            print(true);
        }
    }

    private void print(boolean last) {
        output.result(PsqlWindow.text(columns, window, expanded, !printed, rows - window.size(), last));
        printed = true;
        window.clear();
        windowCharacters = 0;
    }
}
