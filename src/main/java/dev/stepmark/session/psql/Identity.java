package dev.stepmark.session.psql;

import dev.stepmark.session.Opened;
import dev.stepmark.session.PsqlProgram;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who answered: what psql says about its connection, and what the server says about itself. */
final class Identity {

    /** psql's own words about where it is connected. */
    static final String WHERE = "\\echo :HOST '\\037' :PORT '\\037' :VERSION_NAME '\\037'\n";

    static final String FACTS = "SELECT pg_catalog.current_database(), session_user,"
            + " pg_catalog.current_setting('server_version'), pg_catalog.current_setting('server_version_num'),"
            + " pg_catalog.pg_is_in_recovery(), pg_catalog.pg_backend_pid(),"
            + " COALESCE((SELECT ssl FROM pg_catalog.pg_stat_ssl WHERE pid = pg_catalog.pg_backend_pid()), false);";
    static final String SYSTEM = "SELECT system_identifier FROM pg_catalog.pg_control_system();";

    private Identity() { }

    /**
     * @param where   what {@link #WHERE} printed
     * @param facts   the row of {@link #FACTS}
     * @param system  the row of {@link #SYSTEM}; empty when the role may not ask
     * @param program how psql was started
     */
    static Opened opened(String where, List<String> facts, String system, PsqlProgram program) {
        String[] words = where.split("\037");
        String host = words[0].strip();
        String port = words[1].strip();
        String version = words[2].strip().split(" ")[0];
        Map<String, String> identity = new LinkedHashMap<>();
        identity.put("host", host);
        identity.put("port", port);
        identity.put("database", facts.get(0));
        identity.put("user", facts.get(1));
        identity.put("server_version", facts.get(2));
        identity.put("server_version_num", facts.get(3));
        identity.put("system_identifier", system);
        identity.put("in_recovery", yes(facts.get(4)));
        identity.put("backend_pid", facts.get(5));
        identity.put("ssl", yes(facts.get(6)));
        identity.put("psql", version);
        String shown = host.startsWith("/") || host.startsWith("@") ? "the socket " + host + ":" + port
                : (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
        String label = facts.get(0) + " as " + facts.get(1) + " on " + shown + ", PostgreSQL "
                + facts.get(2).split(" ")[0] + (facts.get(4).equals("t") ? ", a standby (in recovery)" : ", a primary")
                + ", through " + program.display().replaceFirst("^psql", "psql " + version);
        return new Opened("psql", label, identity);
    }

    private static String yes(String value) {
        return Boolean.toString("t".equals(value));
    }
}
