package dev.stepmark.table;

import dev.stepmark.table.TableOptions.Format;
import java.util.List;

/**
 * What all layouts of one table share.
 *
 * @param options the settings
 * @param headers column names
 * @param right   for each column whether it is aligned to the right
 * @param out     where it goes
 */
record Frame(TableOptions options, List<String> headers, boolean[] right, ByteText out) {

    int columns() {
        return headers.size();
    }

    int border() {
        return Math.max(0, Math.min(2, options.border()));
    }

    boolean wrapped() {
        return options.format() == Format.WRAPPED;
    }

    /** The lines below the rows: the table's own, else the row count when it is wanted. */
    List<String> footers(Rows rows, List<String> own) {
        return !own.isEmpty() ? own : options.footer() ? List.of(PsqlTable.footer(rows.total())) : List.of();
    }
}
