package dev.stepmark.table;

import dev.stepmark.table.TableOptions.Expanded;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Small results as psql 15 prints them, as text. Lines end with a line feed; the empty line that psql prints after
 * every table is left to the caller.
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
        TableOptions options = TableOptions.DEFAULTS.with(d -> {
            d.nullText = nullText;
            d.footer = false;
        });
        return print(options, headers, right, rows, footer.isEmpty() ? List.of() : List.of(footer));
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
        TableOptions options = TableOptions.DEFAULTS.with(d -> {
            d.nullText = nullText;
            d.expanded = Expanded.ON;
        });
        return print(options, headers, headers.stream().map(h -> false).toList(), rows, List.of());
    }

    private static String print(TableOptions options, List<String> headers, List<Boolean> right,
            List<List<String>> rows, List<String> footers) {
        String text = text(options, headers, right, rows, footers);
        return text.substring(0, text.length() - 1);
    }

    /**
     * A whole table with everything that psql prints for it.
     *
     * @param options the settings
     * @param headers column names
     * @param right   for each column whether it is aligned to the right
     * @param rows    cells as text, {@code null} for NULL
     * @param footers lines of the table's own in the place of the row count; may be empty
     */
    public static String text(TableOptions options, List<String> headers, List<Boolean> right,
            List<List<String>> rows, List<String> footers) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        boolean[] toRight = new boolean[headers.size()];
        for (int i = 0; i < toRight.length; i++) {
            toRight[i] = i < right.size() && right.get(i);
        }
        TablePrinter printer = new TablePrinter(options, headers, toRight, bytes::write);
        rows.forEach(printer::row);
        printer.finish(footers);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** The row count as psql says it: {@code (1 row)}, {@code (9 rows)}. */
    public static String footer(long rows) {
        return rows == 1 ? "(1 row)" : "(" + rows + " rows)";
    }
}
