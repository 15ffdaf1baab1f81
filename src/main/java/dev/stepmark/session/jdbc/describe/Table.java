package dev.stepmark.session.jdbc.describe;

import dev.stepmark.table.PsqlTable;
import dev.stepmark.table.TableOptions;
import java.util.ArrayList;
import java.util.List;

/** A table that is put together here, and not by the server: no row count, footers of its own. */
final class Table {

    private final String title;
    private final List<String> columns;
    private final List<List<String>> rows;
    private final List<Boolean> right = new ArrayList<>();
    private final List<String> footers = new ArrayList<>();
    private boolean sideBySide;

    Table(String title, List<String> columns, List<List<String>> rows) {
        this.title = title;
        this.columns = columns;
        this.rows = rows;
        columns.forEach(c -> right.add(false));
    }

    Table alignRight(int column) {
        right.set(column, true);
        return this;
    }

    /** Never prints records. */
    Table neverExpanded() {
        sideBySide = true;
        return this;
    }

    Table footer(String line) {
        footers.add(line);
        return this;
    }

    void print(Call call) {
        TableOptions options = call.options().forCatalog(title).withFooter(false);
        options = sideBySide ? options.sideBySide() : options;
        call.output().out(PsqlTable.text(options, columns, right, rows, footers));
    }
}
