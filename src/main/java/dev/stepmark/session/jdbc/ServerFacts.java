package dev.stepmark.session.jdbc;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a server says about itself, so that another one under the same name is not taken for it. */
public final class ServerFacts {

    /** A query of one row without an end, so that columns can follow. A time has no zone or style that a setting changes. */
    public static final String QUERY = "SELECT pg_catalog.current_database(), session_user,"
            + " pg_catalog.current_setting('server_version'), pg_catalog.current_setting('server_version_num'),"
            + " pg_catalog.pg_is_in_recovery(), pg_catalog.pg_backend_pid(),"
            + " COALESCE((SELECT ssl FROM pg_catalog.pg_stat_ssl WHERE pid = pg_catalog.pg_backend_pid()), false),"
            + " pg_catalog.has_function_privilege(pg_catalog.to_regprocedure('pg_catalog.pg_control_system()'), 'EXECUTE'),"
            + " (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()),"
            + " pg_catalog.host(pg_catalog.inet_server_addr()) || ':' || pg_catalog.inet_server_port(),"
            + " pg_catalog.to_char(pg_catalog.pg_postmaster_start_time() AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')";
    /** The number that a cluster keeps for its life; not every role may ask, and no server before 9.6. */
    public static final String SYSTEM = "SELECT system_identifier FROM pg_catalog.pg_control_system()";

    /** Columns of {@link #QUERY}. */
    public static final int COLUMNS = 11;

    private ServerFacts() { }

    /** Whether {@link #SYSTEM} will be answered: asking in vain would fail an open transaction. */
    public static boolean systemIsTold(List<String> row) {
        return "t".equals(row.get(7));
    }

    /**
     * The facts by their names in the journal.
     *
     * @param host   as the client knows it
     * @param port   as the client knows it
     * @param row    what {@link #QUERY} brought
     * @param system what {@link #SYSTEM} brought, or empty
     */
    public static Map<String, String> identity(String host, String port, List<String> row, String system) {
        Map<String, String> identity = new LinkedHashMap<>();
        identity.put("host", host);
        identity.put("port", port);
        identity.put("database", row.get(0));
        identity.put("user", row.get(1));
        identity.put("server_version", row.get(2));
        identity.put("server_version_num", row.get(3));
        identity.put("system_identifier", system);
        identity.put("in_recovery", yes(row.get(4)));
        identity.put("backend_pid", row.get(5));
        identity.put("ssl", yes(row.get(6)));
        identity.put("database_oid", text(row.get(8)));
        identity.put("server_address", text(row.get(9)));
        identity.put("server_started", text(row.get(10)));
        return identity;
    }

    private static String yes(String value) {
        return Boolean.toString("t".equals(value));
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }
}
