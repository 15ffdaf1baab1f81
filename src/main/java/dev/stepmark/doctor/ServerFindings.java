package dev.stepmark.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a server says about itself, and what this machine's programs can do with it. */
public final class ServerFindings {

    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "::1");

    private final Programs programs;

    public ServerFindings(Programs programs) {
        this.programs = programs;
    }

    /**
     * The findings about a server that answered.
     *
     * @param name     of the connection
     * @param identity as the session reports it
     * @param millis   until it was open
     */
    public List<Finding> of(String name, Map<String, String> identity, long millis) {
        List<Finding> out = new ArrayList<>();
        String version = identity.getOrDefault("server_version", "").split("\\s", 2)[0];
        boolean standby = identity.getOrDefault("in_recovery", "").equals("true");
        boolean encrypted = identity.getOrDefault("ssl", "").equals("true");
        String host = identity.getOrDefault("host", "");
        String system = identity.getOrDefault("system_identifier", "");
        String text = name + ": " + identity.getOrDefault("database", "") + " as " + identity.getOrDefault("user", "") + " on "
                + host + ":" + identity.getOrDefault("port", "") + ", PostgreSQL " + version
                + (standby ? ", a standby" : ", a primary") + (system.isEmpty() ? "" : ", system " + system)
                + (encrypted ? ", TLS" : ", no TLS") + ", " + millis + " ms";
        if (standby) {
            out.add(Finding.note("server", text, "it accepts no writes"));
        } else if (!encrypted && !HERE.contains(host) && !host.startsWith("/")) {
            out.add(Finding.note("server", text, "sslmode=require in its address"));
        } else {
            out.add(Finding.ok("server", text));
        }
        dump(name, version).ifPresent(out::add);
        psql(name, version).ifPresent(out::add);
        return out;
    }

    /** pg_dump refuses a server that is newer than itself. */
    private Optional<Finding> dump(String name, String server) {
        Optional<String> dump = programs.version("pg_dump");
        if (dump.isEmpty() || Programs.major(dump.get()) >= Programs.major(server)) {
            return Optional.empty();
        }
        return Optional.of(Finding.problem("pg_dump", dump.get() + " cannot dump " + name + ", a server of version " + server
                + ": it stops with \"server version mismatch\"", "install pg_dump " + Programs.major(server) + " or newer"));
    }

    private Optional<Finding> psql(String name, String server) {
        Optional<String> psql = programs.version("psql");
        if (psql.isEmpty() || Programs.major(psql.get()) >= Programs.major(server)) {
            return Optional.empty();
        }
        return Optional.of(Finding.note("psql", psql.get() + " is older than " + name + " (" + server
                + "): \\d and its family may fail", "install psql " + Programs.major(server)));
    }
}
