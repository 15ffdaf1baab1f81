package dev.stepmark.session.psql;

import dev.stepmark.session.OutputSink;
import dev.stepmark.session.Result;
import dev.stepmark.session.jdbc.PsqlWindow;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Prints the rows of a result while they come, and keeps a sample of the first ones; a window of rows at most is held. */
final class Rows {

    /** Characters that a window and the sample hold at most. */
    private static final int WINDOW_CHARACTERS = 2 << 20;

    private final OutputSink sink;
    private final boolean expanded;
    private final List<Result.Column> columns;
    private final List<List<String>> sample = new ArrayList<>();
    private final List<List<String>> window = new ArrayList<>();
    private long windowCharacters;
    private long sampleCharacters;
    private long count;
    private boolean printed;

    Rows(OutputSink sink, boolean expanded, List<Result.Column> columns) {
        this.sink = sink;
        this.expanded = expanded;
        this.columns = columns;
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
                && (sample.isEmpty() || sampleCharacters + size <= WINDOW_CHARACTERS)) {
            sample.add(row);
            sampleCharacters += size;
        }
        window.add(row);
        windowCharacters += size;
        if (window.size() >= Result.SAMPLE_ROWS || windowCharacters >= WINDOW_CHARACTERS) {
            print(false);
        }
    }

    /** Rows without any column leave nothing in psql's output but their number. */
    void empty(long rows) {
        while (count < rows && columns.isEmpty()) {
            add(List.of());
        }
    }

    /** Prints what is left, and the footer. */
    void finish() {
        print(true);
    }

    private void print(boolean last) {
        byte[] bytes = PsqlWindow.text(columns, window, expanded, !printed, count - window.size(), last)
                .getBytes(StandardCharsets.UTF_8);
        sink.write(OutputSink.Stream.RESULT, bytes, 0, bytes.length);
        printed = true;
        window.clear();
        windowCharacters = 0;
    }
}
