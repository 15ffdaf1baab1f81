package dev.stepmark.session.jdbc;

import dev.stepmark.session.Result;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.core.Field;
import org.postgresql.core.Tuple;

/** Keeps all rows of a result and shows none: for {@code \gset} and {@code \gexec}. */
final class KeptRows implements RowSink {

    private final List<String> names = new ArrayList<>();
    private final List<List<String>> kept = new ArrayList<>();
    private final int limit;
    private boolean started;
    private long rows;

    /** Keeps so many rows at most; all are counted. */
    KeptRows(int limit) {
        this.limit = limit;
    }

    List<String> names() {
        return names;
    }

    List<List<String>> kept() {
        return kept;
    }

    @Override
    public void columns(Field[] fields) {
        if (!started) {
            started = true;
            for (Field field : fields) {
                names.add(field.getColumnLabel());
            }
        }
    }

    @Override
    public void add(List<Tuple> tuples) {
        for (Tuple tuple : tuples) {
            rows++;
            if (kept.size() < limit) {
                List<String> row = new ArrayList<>();
                for (int i = 0; i < tuple.fieldCount(); i++) {
                    row.add(Wire.text(tuple.get(i)));
                }
                kept.add(row);
            }
        }
        tuples.clear();
    }

    @Override
    public void finish() {
        // nothing is printed
    }

    @Override
    public int nextFetch() {
        return Result.SAMPLE_ROWS;
    }

    @Override
    public boolean started() {
        return started;
    }

    @Override
    public boolean shown() {
        return false;
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public List<Result.Column> columns() {
        return List.of();
    }

    @Override
    public List<List<String>> sample() {
        return List.of();
    }
}
