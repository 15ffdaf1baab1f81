package dev.stepmark.session.jdbc;

import dev.stepmark.session.ConnectionSpec;
import dev.stepmark.session.Outcome;
import dev.stepmark.session.Outcome.Transaction;
import dev.stepmark.sql.CommandText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Commands of psql that are not carried out here: a psql of this machine does them, on a connection of its own with the
 * same parameters. The password goes to it in its environment only.
 */
final class RealPsql {

    /** What psql 15 to 18 know besides what is done here. */
    private static final Set<String> KNOWN = Set.of("\\l", "\\list", "\\z", "\\sf", "\\sv", "\\lo_import", "\\lo_export",
            "\\lo_list", "\\lo_unlink", "\\dl", "\\h", "\\help", "\\?", "\\copyright", "\\crosstabview");
    /** What needs somebody at a terminal. */
    private static final Set<String> TERMINAL = Set.of("\\e", "\\edit", "\\ef", "\\ev", "\\s");
    /** What newer versions of psql have, for a language that is that of 15. */
    private static final Set<String> NEWER = Set.of("\\bind", "\\bind_named", "\\parse", "\\close_prepared",
            "\\startpipeline", "\\endpipeline", "\\syncpipeline", "\\flush", "\\flushrequest", "\\getresults",
            "\\sendpipeline", "\\restrict", "\\unrestrict");

    private static final String INPUT = "STEPMARK_PSQL_INPUT";

    private RealPsql() { }

    /** Whether a psql, perhaps a newer one, has this command. */
    static boolean knows(String name) {
        String plain = plain(name);
        return TERMINAL.contains(plain) || NEWER.contains(plain) || KNOWN.contains(plain)
                || plain.matches("\\\\d[A-Za-z]*");
    }

    private static String plain(String name) {
        return name.endsWith("+") ? name.substring(0, name.length() - 1) : name;
    }

    static Outcome run(CommandText command, Run run) {
        String name = command.name();
        String plain = plain(name);
        if (TERMINAL.contains(plain)) {
            return new Outcome.Refused(name + " needs psql at a terminal; do it by hand");
        }
        if (NEWER.contains(plain)) {
            return new Outcome.Refused(name + " is not supported; do it by hand in psql, or write it as SQL");
        }
        if (!knows(name)) {
            return new Outcome.Refused(name.startsWith("\\") ? "invalid command " + name
                    : name + " is a word for a terminal; nothing was run");
        }
        if (run.wire().transaction() != Transaction.NONE) {
            return new Outcome.Refused(name + " is done by a psql on a connection of its own, which does not see what the"
                    + " open transaction did; COMMIT or ROLLBACK first");
        }
        return process(command, run);
    }

    private static Outcome process(CommandText command, Run run) {
        String version = version(run);
        if (version.isEmpty()) {
            return new Outcome.Refused(command.name() + " is not supported without a psql on this machine; install one,"
                    + " or write it as SQL");
        }
        run.output().err("(" + command.name() + " is done by " + version
                + ", on a connection of its own: settings and variables of this session do not hold there)\n");
        try {
            String script = command.query() + command.name() + command.arguments();
            int status = new Programs(run, environment(run, script)).show(String.join(" ", arguments(run)));
            if (run.execution().stopAsked()) {
                return run.stopped(Integer.toString(status));
            }
            return status == 0 ? run.done() : new Outcome.Failed("", "psql ended with status " + status
                    + " in " + command.name(), run.wire().transaction());
        } catch (Programs.NotRun e) {
            return run.failed(e.getMessage());
        }
    }

    private static Map<String, String> environment(Run run, String script) {
        Map<String, String> environment = new LinkedHashMap<>(run.client().environment());
        environment.keySet().removeIf(name -> name.startsWith("PG"));
        environment.put("PGCLIENTENCODING", "UTF8");
        // a query may hold secrets, and the words of a command are for all users to see
        environment.put(INPUT, script);
        char[] password = run.session().connected().password();
        if (password != null) {
            environment.put("PGPASSWORD", new String(password));
        }
        return environment;
    }

    private static List<String> arguments(Run run) {
        ConnectionSpec spec = run.session().connected().spec();
        Map<String, String> parameters = new LinkedHashMap<>(spec.parameters());
        parameters.keySet().removeAll(List.of("password", "sslpassword", "client_encoding", "service"));
        parameters.put("host", spec.host());
        parameters.put("port", Integer.toString(spec.port()));
        parameters.put("user", spec.user());
        parameters.put("dbname", spec.database());
        List<String> conninfo = new ArrayList<>();
        parameters.forEach((name, value) -> conninfo.add(name + "='" + value.replace("\\", "\\\\").replace("'", "\\'")
                + "'"));
        return List.of("printf", "'%s\\n'", "\"$" + INPUT + "\"", "|", "psql", "-X", "-q", "-w", "-P", "pager=off", "-v",
                "ON_ERROR_STOP=1", "-d", quoted(String.join(" ", conninfo)));
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    /** {@code psql (PostgreSQL) 15.18}, or empty. */
    private static String version(Run run) {
        try {
            String text = new Programs(run).capture("psql --version 2>/dev/null");
            return text.lines().findFirst().orElse("");
        } catch (Programs.NotRun e) {
            return "";
        }
    }
}
