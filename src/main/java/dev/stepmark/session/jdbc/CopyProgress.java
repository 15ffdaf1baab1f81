package dev.stepmark.session.jdbc;

import dev.stepmark.session.OutputSink;

/**
 * Counts what a COPY has moved so far and tells the screen. Rows of text are lines; of CSV they are lines outside of
 * quotes; of other forms nobody can tell from outside, and only the bytes are counted.
 */
final class CopyProgress {

    private static final int EVERY_ROWS = 1000;

    private final OutputSink sink;
    private final boolean lines;
    private final boolean csv;
    private long rows;
    private long bytes;
    private boolean quoted;

    CopyProgress(OutputSink sink, SqlText statement) {
        String words = statement.plain();
        this.sink = sink;
        this.csv = words.matches("(?s).*\\bCSV\\b.*");
        this.lines = !words.matches("(?s).*\\b(?:BINARY|QUOTE|ESCAPE)\\b.*");
    }

    /** Data on its way to the server, cut anywhere. */
    void sent(byte[] buffer, int length) {
        bytes += length;
        for (int i = 0; i < length && lines; i++) {
            quoted ^= csv && buffer[i] == '"';
            rows += buffer[i] == '\n' && !quoted ? 1 : 0;
        }
        sink.progress(lines ? rows : -1, bytes);
    }

    /** A row that came from the server. */
    void received(byte[] row) {
        rows++;
        bytes += row.length;
        if (rows % EVERY_ROWS == 0) {
            sink.progress(rows, bytes);
        }
    }
}
