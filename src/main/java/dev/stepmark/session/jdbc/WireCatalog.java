package dev.stepmark.session.jdbc;

import dev.stepmark.session.jdbc.describe.Catalog;
import dev.stepmark.session.jdbc.describe.CatalogError;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.core.Field;
import org.postgresql.core.Query;
import org.postgresql.core.ResultCursor;
import org.postgresql.core.Tuple;
import org.postgresql.util.ServerErrorMessage;

/** The catalogs of the server that a session is connected to. */
final class WireCatalog implements Catalog {

    private final Wire wire;
    private final String database;
    private int version;

    WireCatalog(Wire wire, String database) {
        this.wire = wire;
        this.database = database;
    }

    @Override
    public Answer query(String sql) {
        Rows rows = new Rows();
        try {
            wire.execute(sql, 0, rows);
        } catch (SQLException e) {
            throw new CatalogError(text(e), ServerMessages.state(e));
        }
        return new Answer(rows.columns, rows.right, rows.values);
    }

    /** Without the place in a query that nobody has seen. */
    private static String text(SQLException e) {
        ServerErrorMessage message = ServerMessages.of(e);
        return message == null ? ServerMessages.error(e, "")
                : message.getSeverity() + ":  " + message.getMessage() + "\n";
    }

    @Override
    public int version() {
        if (version == 0) {
            version = Integer.parseInt(query("SELECT pg_catalog.current_setting('server_version_num')").rows().get(0)
                    .get(0));
        }
        return version;
    }

    @Override
    public String database() {
        return database;
    }

    private static final class Rows extends Receiver {
        private final List<String> columns = new ArrayList<>();
        private final List<Boolean> right = new ArrayList<>();
        private final List<List<String>> values = new ArrayList<>();

        @Override
        public void handleResultRows(Query query, Field[] fields, List<Tuple> tuples, ResultCursor cursor) {
            if (columns.isEmpty()) {
                for (Field field : fields) {
                    columns.add(field.getColumnLabel());
                    right.add(RowPrinter.right(field));
                }
            }
            for (Tuple tuple : tuples) {
                List<String> row = new ArrayList<>(tuple.fieldCount());
                for (int i = 0; i < tuple.fieldCount(); i++) {
                    row.add(Wire.text(tuple.get(i)));
                }
                values.add(row);
            }
        }
    }
}
