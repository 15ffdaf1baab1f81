package dev.stepmark.session.jdbc;

import dev.stepmark.message.Nearest;
import dev.stepmark.session.CannotOpen;
import dev.stepmark.session.ConnectionSpec;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.postgresql.core.BaseConnection;

/** Opens connections: the driver's settings, its traps undone, its errors explained. */
final class JdbcOpener {

    /** Held for ever: a logger that nobody holds loses its level. The driver would print on the operator's screen. */
    private static final Logger DRIVER_LOG = Logger.getLogger("org.postgresql");

    static {
        DRIVER_LOG.setLevel(Level.OFF);
    }

    private JdbcOpener() { }

    /**
     * Opens a connection.
     *
     * @param spec     what to open
     * @param password the password or null
     * @param options  time-out and name
     * @throws CannotOpen nothing was opened; says why
     */
    static Wire open(ConnectionSpec spec, char[] password, Options options) throws CannotOpen {
        Properties properties = DriverProperties.of(spec, password, options);
        int seconds = Integer.parseInt(properties.getProperty("connectTimeout"));
        try {
            return connect(spec, properties);
        } catch (SQLException e) {
            Optional<String> nearest = "3D000".equals(e.getSQLState()) ? nearest(spec, properties) : Optional.empty();
            throw new ConnectionErrors(spec, password != null, seconds).explain(e, nearest);
        }
    }

    private static Wire connect(ConnectionSpec spec, Properties properties) throws SQLException {
        Connection connection = new org.postgresql.Driver().connect(DriverProperties.url(spec), properties);
        if (connection == null) {
            throw new SQLException("the driver does not take " + spec.display(), "08001");
        }
        try {
            BaseConnection base = connection.unwrap(BaseConnection.class);
            Wire wire = new Wire(base);
            ServerDefaults.restore(wire, spec);
            base.getQueryExecutor().setNetworkTimeout(0);
            return wire;
        } catch (SQLException | IOException e) {
            connection.close();
            throw e instanceof SQLException sql ? sql : new SQLException(e.getMessage(), "08006", e);
        }
    }

    /** The nearest name of a database within two edits, asked from the database postgres; empty when nobody knows. */
    private static Optional<String> nearest(ConnectionSpec spec, Properties properties) {
        ConnectionSpec postgres = new ConnectionSpec(spec.host(), spec.port(), spec.user(), "postgres",
                spec.parameters(), spec.sources());
        try {
            Wire wire = connect(postgres, properties);
            try {
                List<String> names = wire.ask("SELECT datname FROM pg_database WHERE datallowconn AND NOT datistemplate"
                        + " ORDER BY datname").stream().map(row -> row.get(0)).toList();
                return Nearest.to(spec.database(), names);
            } finally {
                wire.close();
            }
        } catch (SQLException e) {
            return Optional.empty();
        }
    }
}
