package dev.stepmark.session;

import java.util.Map;

/**
 * A database connection with every rule of psql applied: nothing is left to defaults.
 *
 * @param host       host name or address
 * @param port       TCP port
 * @param user       role
 * @param database   database
 * @param parameters further libpq parameters by their libpq names (sslmode, options, application_name, ...)
 * @param sources    where each of host, port, user, database came from, for people ({@code PGHOST}, {@code -h})
 */
public record ConnectionSpec(String host, int port, String user, String database, Map<String, String> parameters,
        Map<String, String> sources) {

    public ConnectionSpec {
        parameters = Map.copyOf(parameters);
        sources = Map.copyOf(sources);
    }

    /** {@code user@host:port/database}, without any secret. */
    public String display() {
        String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return user + "@" + shown + ":" + port + "/" + database;
    }
}
