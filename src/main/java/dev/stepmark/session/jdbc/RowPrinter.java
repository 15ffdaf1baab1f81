package dev.stepmark.session.jdbc;

import dev.stepmark.session.Result;
import dev.stepmark.table.TableOptions;
import dev.stepmark.table.TablePrinter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.postgresql.core.Field;
import org.postgresql.core.Oid;
import org.postgresql.core.Tuple;

/** Prints rows while they come, as psql prints tables, and keeps a sample of the first ones. It never holds more. */
final class RowPrinter implements RowSink {

    /** Bytes that the sample and one fetch hold at most, besides their number of rows. */
    private static final int SAMPLE_BYTES = 2 << 20;
    private static final int FIRST_FETCH = 100;

    /** What psql aligns to the right (fe_utils/print.c: column_type_alignment); 28, 29, 5069 are xid, cid, xid8. */
    private static final Set<Integer> RIGHT = Set.of(Oid.INT2, Oid.INT4, Oid.INT8, Oid.FLOAT4, Oid.FLOAT8, Oid.NUMERIC,
            Oid.OID, Oid.MONEY, 28, 29, 5069);

    private final Output output;
    private final TableOptions options;
    private final List<Result.Column> columns = new ArrayList<>();
    private final List<List<String>> sample = new ArrayList<>();
    private TablePrinter printer;
    private long sampleBytes;
    private long rows;
    private long bytes;

    RowPrinter(Output output, TableOptions options) {
        this.output = output;
        this.options = options;
    }

    @Override
    public boolean started() {
        return printer != null;
    }

    @Override
    public boolean shown() {
        return !output.redirected();
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
        long average = Math.max(1, bytes / rows);
        return (int) Math.max(1, Math.min(Result.SAMPLE_ROWS, SAMPLE_BYTES / average));
    }

    @Override
    public void columns(Field[] fields) {
        if (started()) {
            return;
        }
        boolean[] right = new boolean[fields.length];
        for (int i = 0; i < fields.length; i++) {
            right[i] = right(fields[i]);
            columns.add(new Result.Column(fields[i].getColumnLabel(), right[i]));
        }
        printer = new TablePrinter(options, columns.stream().map(Result.Column::name).toList(), right, output::result);
    }

    /** Whether psql aligns values of the column's type to the right. */
    static boolean right(Field field) {
        return RIGHT.contains(field.getOID());
    }

    @Override
    public void add(List<Tuple> tuples) {
        for (int i = 0; i < tuples.size(); i++) {
            add(tuples.set(i, null));
        }
    }

    private void add(Tuple tuple) {
        byte[][] row = new byte[tuple.fieldCount()][];
        long size = 0;
        for (int i = 0; i < row.length; i++) {
            row[i] = tuple.get(i);
            size += row[i] == null ? 0 : row[i].length;
        }
        rows++;
        bytes += size;
        keep(row, size);
        printer.row(row);
    }

    private void keep(byte[][] row, long size) {
        // the sample is a prefix: after the first row that does not fit none is kept
        if (sample.size() == rows - 1 && sample.size() < Result.SAMPLE_ROWS
                && (sample.isEmpty() || sampleBytes + size <= SAMPLE_BYTES)) {
            List<String> texts = new ArrayList<>(row.length);
            for (byte[] value : row) {
                texts.add(Wire.text(value));
            }
            sample.add(texts);
            sampleBytes += size;
        }
    }

    @Override
    public void close() {
        if (started()) {
            printer.close();
        }
    }

    /** Prints what is left and the footer. */
    @Override
    public void finish() {
        if (started()) {
            printer.finish();
        }
    }
}
