package dev.stepmark.session.jdbc;

import dev.stepmark.session.ConnectionSpec;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Undoes what the driver sets without being asked: the JVM's TimeZone and, before PostgreSQL 12, extra_float_digits.
 *
 * <p>TimeZone comes in the start packet, so RESET would only bring back the JVM's. The server's own is asked for where
 * the server keeps it: the connection's options, ALTER ROLE and ALTER DATABASE, the server's command line and its
 * configuration files (for those who may read them), and at last log_timezone, which initdb sets to the same zone.
 */
final class ServerDefaults {

    private static final Pattern OPTION =
            Pattern.compile("(?:-c\\s*|--)timezone\\s*=\\s*(\\S+)", Pattern.CASE_INSENSITIVE);

    private static final String OF_ROLE_OR_DATABASE =
            "SELECT substr(c, 10) FROM pg_catalog.pg_db_role_setting s CROSS JOIN LATERAL unnest(s.setconfig) c"
            + " WHERE lower(c) LIKE 'timezone=%'"
            + " AND setdatabase IN (0, (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database()))"
            + " AND setrole IN (0, (SELECT oid FROM pg_catalog.pg_roles WHERE rolname = session_user))"
            + " ORDER BY setrole = 0, setdatabase = 0 LIMIT 1";

    private static final String OF_COMMAND_LINE =
            "SELECT (regexp_match(pg_read_file('postmaster.opts'), '(?:-c\"? *\"?|--)timezone=([^\" ]+)', 'i'))[1]";

    private static final String OF_FILES =
            "SELECT setting FROM pg_catalog.pg_file_settings"
            + " WHERE lower(name) = 'timezone' AND applied ORDER BY seqno DESC LIMIT 1";

    private ServerDefaults() { }

    static void restore(Wire wire, ConnectionSpec spec) throws SQLException {
        String zone = fromOptions(spec)
                .or(() -> first(wire, OF_ROLE_OR_DATABASE))
                .or(() -> first(wire, OF_COMMAND_LINE))
                .or(() -> first(wire, OF_FILES))
                .or(() -> first(wire, "SELECT pg_catalog.current_setting('log_timezone')"))
                .orElse("");
        if (!zone.isEmpty() && !zone.equals(wire.reported("TimeZone"))) {
            wire.command("SET TimeZone = '" + zone.replace("'", "''") + "'");
        }
        if (first(wire, "SHOW server_version_num").map(Integer::parseInt).orElse(0) < 120000) {
            wire.command("RESET extra_float_digits");
        }
    }

    private static Optional<String> fromOptions(ConnectionSpec spec) {
        Matcher matcher = OPTION.matcher(spec.parameters().getOrDefault("options", ""));
        String last = null;
        while (matcher.find()) {
            last = matcher.group(1);
        }
        return Optional.ofNullable(last);
    }

    /** The first value, or empty: also when the role may not look there. */
    private static Optional<String> first(Wire wire, String sql) {
        try {
            List<List<String>> rows = wire.ask(sql);
            return rows.isEmpty() ? Optional.empty() : Optional.ofNullable(rows.get(0).get(0));
        } catch (SQLException e) {
            return Optional.empty();
        }
    }
}
