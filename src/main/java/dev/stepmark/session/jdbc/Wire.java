package dev.stepmark.session.jdbc;

import dev.stepmark.session.Outcome.Transaction;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGNotification;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyOut;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Field;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.ResultCursor;
import org.postgresql.core.ResultHandler;
import org.postgresql.core.SqlCommand;
import org.postgresql.core.Tuple;

/**
 * One connection, spoken to below JDBC: the text goes to the server as it is (the driver's own splitter and escapes
 * never see it), in the extended protocol, where the server itself refuses more than one statement.
 */
final class Wire {

    private static final int FLAGS = QueryExecutor.QUERY_ONESHOT | QueryExecutor.QUERY_SUPPRESS_BEGIN
            | QueryExecutor.QUERY_NO_BINARY_TRANSFER | QueryExecutor.QUERY_BOTH_ROWS_AND_STATUS;

    private final BaseConnection connection;
    private final QueryExecutor executor;

    Wire(BaseConnection connection) {
        this.connection = connection;
        this.executor = connection.getQueryExecutor();
    }

    /**
     * Runs one statement.
     *
     * @param sql       its text
     * @param fetchSize rows per fetch, which needs an open transaction; 0 takes all rows at once
     * @param handler   what comes back
     */
    void execute(String sql, int fetchSize, ResultHandler handler) throws SQLException {
        int flags = fetchSize > 0 ? FLAGS | QueryExecutor.QUERY_FORWARD_CURSOR : FLAGS;
        executor.execute(query(sql), null, handler, 0, fetchSize, flags);
    }

    /** Runs one statement in the simple protocol, where {@code $1} is an error of the statement and not of ours. */
    void executeSimple(String sql, ResultHandler handler) throws SQLException {
        executor.execute(query(sql), null, handler, 0, 0, FLAGS | QueryExecutor.QUERY_EXECUTE_AS_SIMPLE);
    }

    /** Fetches further rows of a cursor that {@link #execute} left open. */
    void fetch(ResultCursor cursor, ResultHandler handler, int rows) throws SQLException {
        executor.fetch(cursor, handler, rows, false);
    }

    /** Asks for the columns of a statement's result without running it. */
    void describe(String sql, ResultHandler handler) throws SQLException {
        executor.execute(query(sql), null, handler, 0, 0, FLAGS | QueryExecutor.QUERY_DESCRIBE_ONLY);
    }

    /** Starts COPY ... FROM STDIN. */
    CopyIn copyIn(String sql) throws SQLException {
        return connection.getCopyAPI().copyIn(sql);
    }

    /** Starts COPY ... TO STDOUT. */
    CopyOut copyOut(String sql) throws SQLException {
        return connection.getCopyAPI().copyOut(sql);
    }

    /** Runs a statement of our own whose rows do not matter. */
    void command(String sql) throws SQLException {
        ask(sql);
    }

    /** Runs a small query of our own; null stands for NULL. */
    List<List<String>> ask(String sql) throws SQLException {
        Rows rows = new Rows();
        executor.execute(query(sql), null, rows, 0, 0, FLAGS);
        return rows.rows;
    }

    private Query query(String sql) {
        return executor.wrap(List.of(new NativeQuery(sql, new int[0], false, SqlCommand.BLANK)));
    }

    Transaction transaction() {
        return switch (executor.getTransactionState()) {
            case IDLE -> Transaction.NONE;
            case OPEN -> Transaction.OPEN;
            case FAILED -> Transaction.FAILED;
        };
    }

    /** What the server reported last for a setting that it reports by itself, or null. */
    String reported(String setting) {
        return executor.getParameterStatus(setting);
    }

    /** Whether a backslash in a plain literal stands for itself. */
    boolean standardStrings() {
        return !"off".equals(reported("standard_conforming_strings"));
    }

    int backendPid() {
        return executor.getBackendPID();
    }

    /** Sends a cancel request on a connection of its own; the server has signalled the backend on return. */
    void cancel() throws SQLException {
        executor.sendQueryCancel();
    }

    /** Notifications that have arrived; also finds out that an idle connection is lost. */
    PGNotification[] notifications() throws SQLException {
        PGNotification[] arrived = connection.getNotifications();
        return arrived == null ? new PGNotification[0] : arrived;
    }

    boolean closed() {
        return executor.isClosed();
    }

    /** Cuts the connection without a word to the server. */
    void abort() {
        executor.abort();
    }

    /** Says good-bye and closes. */
    void close() {
        executor.close();
    }

    /** The text of a value as the server sent it; null for NULL. */
    static String text(byte[] value) {
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }

    private static final class Rows extends Receiver {
        private final List<List<String>> rows = new ArrayList<>();

        @Override
        public void handleResultRows(Query query, Field[] fields, List<Tuple> tuples, ResultCursor cursor) {
            for (Tuple tuple : tuples) {
                List<String> row = new ArrayList<>();
                for (int i = 0; i < tuple.fieldCount(); i++) {
                    row.add(text(tuple.get(i)));
                }
                rows.add(row);
            }
        }
    }
}
