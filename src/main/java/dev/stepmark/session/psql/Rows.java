package dev.stepmark.session.psql;

import dev.stepmark.session.OutputSink;
import dev.stepmark.session.Result;
import dev.stepmark.table.TableOptions;
import dev.stepmark.table.TablePrinter;
import java.util.ArrayList;
import java.util.List;

/** Prints the rows of a result while they come, and keeps a sample of the first ones; it never holds more. */
final class Rows {

    /** Characters that the sample holds at most. */
    private static final int SAMPLE_CHARACTERS = 2 << 20;

    private final List<Result.Column> columns;
    private final TablePrinter printer;
    private final List<List<String>> sample = new ArrayList<>();
    private long sampleCharacters;
    private long count;

    Rows(OutputSink sink, TableOptions options, List<Result.Column> columns) {
        this.columns = columns;
        boolean[] right = new boolean[columns.size()];
        for (int i = 0; i < right.length; i++) {
            right[i] = columns.get(i).right();
        }
        this.printer = new TablePrinter(options, columns.stream().map(Result.Column::name).toList(), right,
                (bytes, offset, length) -> sink.write(OutputSink.Stream.RESULT, bytes, offset, length));
    }

    List<Result.Column> columns() {
        return columns;
    }

    List<List<String>> sample() {
        return sample;
    }

    long count() {
        return count;
    }

    void add(List<String> row) {
        long size = row.stream().mapToLong(value -> value == null ? 0 : value.length()).sum();
        count++;
        // the sample is a prefix: after the first row that does not fit none is kept
        if (sample.size() == count - 1 && sample.size() < Result.SAMPLE_ROWS
                && (sample.isEmpty() || sampleCharacters + size <= SAMPLE_CHARACTERS)) {
            sample.add(row);
            sampleCharacters += size;
        }
        printer.row(row);
    }

    /** Rows without any column leave nothing in psql's output but their number. */
    void empty(long rows) {
        while (count < rows && columns.isEmpty()) {
            add(List.of());
        }
    }

    /** Lets go of what waits. */
    void close() {
        printer.close();
    }

    /** Prints what is left, and the footer. */
    void finish() {
        printer.finish();
    }
}
