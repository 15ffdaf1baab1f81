package dev.stepmark.session;

import dev.stepmark.table.TableOptions;
import java.util.List;

/**
 * A result of SQL: the command tag and, for queries, the first rows.
 *
 * @param tag      what psql would print: {@code DELETE 12}, {@code SELECT 9}, {@code ALTER TABLE}; empty for a table
 *                 shown by a meta-command
 * @param columns  empty when the statement returns no table
 * @param rows     the first rows at most {@link #SAMPLE_ROWS}, null for NULL
 * @param rowCount all rows returned, or rows affected; -1 when the command has no count
 * @param options  how the session was told to print it
 */
public record Result(String tag, List<Column> columns, List<List<String>> rows, long rowCount, TableOptions options) {

    /** How many rows are kept for the screen and for captures. */
    public static final int SAMPLE_ROWS = 1000;

    /**
     * A column.
     *
     * @param name  as the server names it
     * @param right whether psql aligns it to the right (numbers)
     */
    public record Column(String name, boolean right) { }

    public Result {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /**
     * A result printed with psql's settings at its start.
     *
     * @param expanded whether {@code \x} is on
     */
    public Result(String tag, List<Column> columns, List<List<String>> rows, long rowCount, boolean expanded) {
        this(tag, columns, rows, rowCount, expanded ? TableOptions.DEFAULTS.records() : TableOptions.DEFAULTS);
    }

    /** The same result with other rows. */
    public Result withRows(List<List<String>> other) {
        return new Result(tag, columns, other, rowCount, options);
    }

    /** Whether {@code \x} is on. */
    public boolean expanded() {
        return options.expanded() == TableOptions.Expanded.ON;
    }

    /** Whether there is a table to show. */
    public boolean table() {
        return !columns.isEmpty();
    }
}
