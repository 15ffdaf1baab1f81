package dev.stepmark.session.psql;

import dev.stepmark.session.Opened;
import dev.stepmark.session.PsqlProgram;
import dev.stepmark.session.jdbc.ServerFacts;
import java.util.List;
import java.util.Map;

/** Who answered: what psql says about its connection, and what the server says about itself. */
final class Identity {

    /** psql's own words about where it is connected. */
    static final String WHERE = "\\echo :HOST '\\037' :PORT '\\037' :VERSION_NAME '\\037'\n";

    /** When a backend began, in words that do not depend on settings. */
    static final String BEGUN = "pg_catalog.to_char(backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')";
    static final String FACTS = ServerFacts.QUERY + ", (SELECT " + BEGUN
            + " FROM pg_catalog.pg_stat_activity WHERE pid = pg_catalog.pg_backend_pid());";
    static final String SYSTEM = ServerFacts.SYSTEM + ";";

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
        Map<String, String> identity = ServerFacts.identity(host, port, facts, system);
        identity.put("psql", version);
        String shown = host.startsWith("/") || host.startsWith("@") ? "the socket " + host + ":" + port
                : (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
        String label = facts.get(0) + " as " + facts.get(1) + " on " + shown + ", PostgreSQL "
                + facts.get(2).split(" ")[0] + (facts.get(4).equals("t") ? ", a standby (in recovery)" : ", a primary")
                + ", through " + program.display().replaceFirst("^psql", "psql " + version);
        return new Opened("psql", label, identity);
    }

    /** When this backend began; empty when the server does not tell. */
    static String begun(List<String> facts) {
        return String.valueOf(facts.get(ServerFacts.COLUMNS)).replace("null", "");
    }
}
