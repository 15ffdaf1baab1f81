package dev.stepmark.session;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A database connection with every rule of psql applied: nothing is left to defaults.
 *
 * @param host       host name or address; the directory of a Unix socket; several hosts with commas between them
 * @param port       TCP port, or the number in the name of a socket; of several hosts the first one's, and all of them
 *                   stand in the parameter {@code port}
 * @param user       role
 * @param database   database
 * @param parameters further libpq parameters by their libpq names (sslmode, options, application_name, ...)
 * @param sources    where each of host, port, user, database came from, for people ({@code PGHOST}, {@code -h})
 * @param psql       the psql that opens it; empty when the driver does
 * @param options    psql's options that say how the session behaves and looks ({@code -A}, {@code -F}, {@code ;})
 */
public record ConnectionSpec(String host, int port, String user, String database, Map<String, String> parameters,
        Map<String, String> sources, Optional<PsqlProgram> psql, List<String> options) {

    private static final String PORTS = "port";

    public ConnectionSpec {
        parameters = Map.copyOf(parameters);
        sources = Map.copyOf(sources);
        options = List.copyOf(options);
    }

    /** A connection of the driver. */
    public ConnectionSpec(String host, int port, String user, String database, Map<String, String> parameters,
            Map<String, String> sources) {
        this(host, port, user, database, parameters, sources, Optional.empty(), List.of());
    }

    /** The same opened by psql. */
    public ConnectionSpec through(PsqlProgram program) {
        return new ConnectionSpec(host, port, user, database, parameters, sources, Optional.of(program), options);
    }

    /** The same to another database. */
    public ConnectionSpec withDatabase(String other) {
        return new ConnectionSpec(host, port, user, other, parameters, sources,
                psql.map(program -> program.withDatabase(other)), options);
    }

    /** The same with options of psql. */
    public ConnectionSpec with(List<String> further) {
        return new ConnectionSpec(host, port, user, database, parameters, sources, psql, further);
    }

    /** Each of its hosts alone, in the order in which they are tried. */
    public List<ConnectionSpec> hosts() {
        if (host.indexOf(',') < 0) {
            return List.of(this);
        }
        String[] names = host.split(",", -1);
        String[] ports = parameters.getOrDefault(PORTS, Integer.toString(port)).split(",", -1);
        Map<String, String> further = new LinkedHashMap<>(parameters);
        further.remove(PORTS);
        List<ConnectionSpec> hosts = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            int number = Integer.parseInt(ports[ports.length == 1 ? 0 : i]);
            hosts.add(new ConnectionSpec(names[i], number, user, database, further, sources, psql, options));
        }
        return hosts;
    }

    /** {@code host:port}, of several hosts all of them. */
    public String place() {
        return String.join(",", hosts().stream().map(h -> (h.host.indexOf(':') >= 0 ? "[" + h.host + "]" : h.host) + ":"
                + h.port).toList());
    }

    /** {@code user@host:port/database}, without any secret. */
    public String display() {
        return user + "@" + place() + "/" + database;
    }
}
