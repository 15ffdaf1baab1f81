package dev.stepmark.session.jdbc;

import dev.stepmark.session.ConnectionSpec;
import dev.stepmark.sql.PsqlInvocation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where the password of a connection comes from, in libpq's order: given with the connection, a service, PGPASSWORD, the
 * password file (PGPASSFILE, else ~/.pgpass); at last a person is asked. No password is ever part of a message or a name.
 */
public final class Passwords {

    private final Map<String, String> environment;
    private final Optional<Path> home;
    private final Optional<String> given;
    private final Function<String, Optional<char[]>> ask;
    private final List<String> warnings = new ArrayList<>();

    /**
     * @param environment of the shell that would run psql
     * @param home        the home directory, for ~/.pgpass
     * @param given       the password of the connection itself, from a document or a secret
     * @param ask         asks a person for the password of what it is given; called at most once for each connection,
     *                    only when a server wants a password that nothing else has
     */
    public Passwords(Map<String, String> environment, Path home, Optional<String> given,
            Function<String, Optional<char[]>> ask) {
        this(environment, Optional.of(home), given, ask);
    }

    private Passwords(Map<String, String> environment, Optional<Path> home, Optional<String> given,
            Function<String, Optional<char[]>> ask) {
        this.environment = Map.copyOf(environment);
        this.home = home;
        this.given = given;
        this.ask = ask;
    }

    /**
     * The passwords of a psql command: from its connection string and from variables set in front of it, too. With
     * {@code -w} nobody is asked.
     *
     * @param invocation  the command
     * @param environment of the shell that would run it
     * @param home        the home directory, for ~/.pgpass
     * @param ask         asks a person
     */
    public static Passwords of(PsqlInvocation invocation, Map<String, String> environment, Path home,
            Function<String, Optional<char[]>> ask) {
        Map<String, String> variables = new HashMap<>(environment);
        variables.putAll(invocation.assignments());
        return new Passwords(variables, home, invocation.password(), invocation.noPassword() ? whose -> Optional.empty() : ask);
    }

    /** No password from anywhere. */
    public static Passwords none() {
        return new Passwords(Map.of(), Optional.empty(), Optional.empty(), whose -> Optional.empty());
    }

    /**
     * A password and where it was found.
     *
     * @param password the secret; the receiver may wipe it
     * @param source   for people: {@code PGPASSWORD}, {@code ~/.pgpass}
     */
    record Found(char[] password, String source) {

        @Override
        public String toString() {
            return "password from " + source;
        }
    }

    /** Looks for a password without asking anybody. */
    Optional<Found> find(ConnectionSpec spec) {
        if (given.isPresent() && !given.get().isEmpty()) {
            return Optional.of(new Found(given.get().toCharArray(), "the connection string"));
        }
        return service(spec).or(this::variable).or(() -> passwordFile(spec));
    }

    private Optional<Found> variable() {
        String variable = environment.getOrDefault("PGPASSWORD", "");
        return variable.isEmpty() ? Optional.empty() : Optional.of(new Found(variable.toCharArray(), "PGPASSWORD"));
    }

    private Optional<Found> service(ConnectionSpec spec) {
        String service = spec.parameters().getOrDefault("service", "");
        return service.isEmpty() || home.isEmpty() ? Optional.empty()
                : new ServiceFile(environment, home.get()).find(service)
                        .map(values -> values.getOrDefault("password", "")).filter(password -> !password.isEmpty())
                        .map(password -> new Found(password.toCharArray(), "service " + service));
    }

    private Optional<Found> passwordFile(ConnectionSpec spec) {
        String named = spec.parameters().getOrDefault("passfile", environment.getOrDefault("PGPASSFILE", ""));
        Optional<Path> file = named.isEmpty() ? home.map(h -> h.resolve(".pgpass")) : Optional.of(Path.of(named));
        String source = named.isEmpty() ? "~/.pgpass" : named;
        return file.flatMap(f -> new PasswordFile(f).find(spec, warnings))
                .map(password -> new Found(password, source));
    }

    /** Asks a person; the password is for nothing but this connection. */
    Optional<char[]> ask(ConnectionSpec spec) {
        return ask.apply(spec.display());
    }

    /**
     * The same for a connection to another host, port or user, which must not be told the password that was given for the
     * first one. A service and PGPASSWORD count everywhere, as for psql.
     */
    Passwords elsewhere() {
        return new Passwords(environment, home, Optional.empty(), ask);
    }

    /** What was wrong with the sources so far: password files that were ignored, for people. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }
}
