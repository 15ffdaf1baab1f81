package dev.stepmark.table;

import java.util.List;

/**
 * Results as psql 15 prints them with its default settings (border 1, linestyle ascii), byte for byte. Lines end with
 * a line feed; the empty line that psql prints after every table is left to the caller.
 */
public final class PsqlTable {

    private PsqlTable() { }

    /**
     * The aligned format.
     *
     * @param headers  column names
     * @param right    for each column whether it is aligned to the right, as psql does with numbers
     * @param rows     cells as text, {@code null} for NULL; each row has as many cells as there are headers
     * @param nullText what NULL is shown as; psql's default is the empty string
     * @param footer   last line, see {@link #footer(long)}; empty for none
     */
    public static String aligned(List<String> headers, List<Boolean> right, List<List<String>> rows, String nullText,
            String footer) {
        return new AlignedFormat(headers, right, rows, nullText).print() + line(footer);
    }

    /**
     * The expanded format of {@code \x}: one line for each column, a rule above each record. psql prints no row count
     * below it, except when there is no row.
     *
     * @param headers  column names
     * @param rows     cells as text, {@code null} for NULL
     * @param nullText what NULL is shown as
     */
    public static String expanded(List<String> headers, List<List<String>> rows, String nullText) {
        boolean nothing = rows.isEmpty() || headers.isEmpty();
        return nothing ? line(footer(rows.size())) : new ExpandedFormat(headers, rows, nullText).print();
    }

    /** The row count as psql says it: {@code (1 row)}, {@code (9 rows)}. */
    public static String footer(long rows) {
        return rows == 1 ? "(1 row)" : "(" + rows + " rows)";
    }

    private static String line(String text) {
        return text.isEmpty() ? "" : text + "\n";
    }
}
