package dev.stepmark.session;

import java.util.Map;
import java.util.Optional;

/**
 * A database connection with every rule of psql applied: nothing is left to defaults.
 *
 * @param host       host name or address; the directory of a Unix socket
 * @param port       TCP port, or the number in the name of a socket
 * @param user       role
 * @param database   database
 * @param parameters further libpq parameters by their libpq names (sslmode, options, application_name, ...)
 * @param sources    where each of host, port, user, database came from, for people ({@code PGHOST}, {@code -h})
 * @param psql       the psql that opens it; empty when the driver does
 */
public record ConnectionSpec(String host, int port, String user, String database, Map<String, String> parameters,
        Map<String, String> sources, Optional<PsqlProgram> psql) {

    public ConnectionSpec {
        parameters = Map.copyOf(parameters);
        sources = Map.copyOf(sources);
    }

    /** A connection of the driver. */
    public ConnectionSpec(String host, int port, String user, String database, Map<String, String> parameters,
            Map<String, String> sources) {
        this(host, port, user, database, parameters, sources, Optional.empty());
    }

    /** The same opened by psql. */
    public ConnectionSpec through(PsqlProgram program) {
        return new ConnectionSpec(host, port, user, database, parameters, sources, Optional.of(program));
    }

    /** The same to another database. */
    public ConnectionSpec withDatabase(String other) {
        return new ConnectionSpec(host, port, user, other, parameters, sources,
                psql.map(program -> program.withDatabase(other)));
    }

    /** {@code user@host:port/database}, without any secret. */
    public String display() {
        String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return user + "@" + shown + ":" + port + "/" + database;
    }
}
