package dev.stepmark.table;

import java.util.List;

/** Prints a table window by window. */
interface Layout {

    /** What stands above the first row. */
    void begin(Rows rows);

    /** The rows of a window. */
    void rows(Rows rows);

    /**
     * What stands below the last row.
     *
     * @param rows    the last window
     * @param footers lines of the table's own; the row count stands for none
     */
    void end(Rows rows, List<String> footers);
}
