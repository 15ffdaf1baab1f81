package dev.stepmark.session.jdbc;

import dev.stepmark.session.Outcome;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.core.Field;
import org.postgresql.core.Query;
import org.postgresql.core.ResultCursor;
import org.postgresql.core.Tuple;

/** {@code \gdesc}: the columns of a result that is never made. */
final class Describer {

    private final Run run;

    Describer(Run run) {
        this.run = run;
    }

    Outcome describe(SqlText query) {
        Columns columns = new Columns();
        try {
            run.wire().describe(query.text(), columns);
        } catch (SQLException e) {
            new Statements(run).note(query, null, e);
            String text = ServerMessages.error(e, query.text(), MessageStyle.of(run.client().variables()));
            run.output().problem(text);
            return run.wire().closed() ? new Outcome.Lost(ServerMessages.firstLine(e))
                    : new Outcome.Failed(ServerMessages.state(e), run.output().prefix() + text.stripTrailing(),
                            run.wire().transaction());
        }
        run.client().lastQuery(query.text());
        if (columns.rows.isEmpty()) {
            run.output().out("The command has no result, or the result has no columns.\n");
            return run.done();
        }
        // the names of types are the server's to tell
        String values = String.join(", ", columns.rows);
        return new JdbcStatementRunner(run.execution(), run.output(), run.client(),
                () -> new RowPrinter(run.output(), run.client().table())).run(SqlText.of("SELECT name AS \"Column\","
                + " pg_catalog.format_type(type, modifier) AS \"Type\" FROM (VALUES " + values
                + ") AS c (name, type, modifier)"), Framing.NONE);
    }

    private static final class Columns extends Receiver {
        private final List<String> rows = new ArrayList<>();

        @Override
        public void handleResultRows(Query query, Field[] fields, List<Tuple> tuples, ResultCursor cursor) {
            for (Field field : fields) {
                rows.add("('" + field.getColumnLabel().replace("'", "''") + "'::text, " + field.getOID() + "::oid, "
                        + field.getMod() + ")");
            }
        }
    }
}
