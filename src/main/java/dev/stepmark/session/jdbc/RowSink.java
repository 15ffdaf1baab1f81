package dev.stepmark.session.jdbc;

import dev.stepmark.session.Result;
import java.util.List;
import org.postgresql.core.Field;
import org.postgresql.core.Tuple;

/** Takes the rows of one result. */
interface RowSink {

    /** The columns; called again for every part of a result. */
    void columns(Field[] fields);

    /** Some rows, which it may clear. */
    void add(List<Tuple> tuples);

    /** All rows are there. */
    void finish();

    /** No more rows come, whether all are there or not. */
    default void close() {
        // most keep nothing outside the memory
    }

    /** How many rows to fetch next. */
    int nextFetch();

    /** Whether there is a table at all. */
    boolean started();

    /** Rows so far. */
    long rows();

    /** Whether the screen shows the rows: not when they went to a file. */
    boolean shown();

    /** Columns for the screen; empty when it shows no table. */
    List<Result.Column> columns();

    /** First rows for the screen. */
    List<List<String>> sample();
}
