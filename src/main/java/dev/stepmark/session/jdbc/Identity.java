package dev.stepmark.session.jdbc;

import dev.stepmark.session.ConnectionSpec;
import dev.stepmark.session.Opened;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks a server who it is. */
final class Identity {

    private static final String FACTS =
            "SELECT current_database(), session_user, current_setting('server_version'),"
            + " current_setting('server_version_num'), pg_is_in_recovery(), pg_backend_pid(),"
            + " COALESCE((SELECT ssl FROM pg_catalog.pg_stat_ssl WHERE pid = pg_backend_pid()), false)";

    private Identity() { }

    /** The facts of a connection, as its server reports them. */
    static Opened of(Wire wire, ConnectionSpec spec) throws SQLException {
        List<String> row = wire.ask(FACTS).get(0);
        Map<String, String> identity = new LinkedHashMap<>();
        identity.put("host", spec.host());
        identity.put("port", Integer.toString(spec.port()));
        identity.put("database", row.get(0));
        identity.put("user", row.get(1));
        identity.put("server_version", row.get(2));
        identity.put("server_version_num", row.get(3));
        identity.put("system_identifier", systemIdentifier(wire));
        identity.put("in_recovery", yes(row.get(4)));
        identity.put("backend_pid", row.get(5));
        identity.put("ssl", yes(row.get(6)));
        String host = spec.host().indexOf(':') >= 0 ? "[" + spec.host() + "]" : spec.host();
        String label = row.get(0) + " as " + row.get(1) + " on " + host + ":" + spec.port()
                + ", PostgreSQL " + row.get(2).split(" ")[0]
                + (row.get(4).equals("t") ? ", a standby (in recovery)" : ", a primary");
        return new Opened("jdbc", label, identity);
    }

    private static String yes(String value) {
        return Boolean.toString("t".equals(value));
    }

    /** Empty when the role may not ask, or the server is older than 9.6. */
    private static String systemIdentifier(Wire wire) {
        try {
            return wire.ask("SELECT system_identifier FROM pg_catalog.pg_control_system()").get(0).get(0);
        } catch (SQLException e) {
            return "";
        }
    }
}
