package dev.stepmark.sql;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A psql command line: where it connects to and what else it asks for. Nothing is filled in from the environment.
 *
 * @param host        from -h, the URL or the connection string; a path for a socket directory
 * @param port        as written
 * @param user        role
 * @param database    a plain name; when it is a connection string, what that says
 * @param parameters  further libpq parameters (sslmode, options, service, ...), without the ones above and password
 * @param password    from a connection string or URL: a secret
 * @param assignments variables set in front of the command, in order; their values may be secrets
 * @param interactive whether it would read statements from its standard input: no -c, -f, -l, --help or --version
 * @param noPassword  -w: never ask for a password
 * @param askPassword -W: always ask
 * @param commands    texts of -c, in order
 * @param files       names of -f, in order
 * @param unsupported options that a session opened by Stepmark does not honour, as written
 * @param options     options that say how a session behaves and looks (-A, -F, -v, ...), as psql takes them again
 * @param problem     why the command cannot be understood, lower case without a full stop; else empty
 */
public record PsqlInvocation(Optional<String> host, Optional<String> port, Optional<String> user,
        Optional<String> database, Map<String, String> parameters, Optional<String> password,
        Map<String, String> assignments, boolean interactive, boolean noPassword, boolean askPassword,
        List<String> commands, List<String> files, List<String> unsupported,
        List<String> options, String problem) {

    public PsqlInvocation {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        assignments = Collections.unmodifiableMap(new LinkedHashMap<>(assignments));
        commands = List.copyOf(commands);
        files = List.copyOf(files);
        unsupported = List.copyOf(unsupported);
        options = List.copyOf(options);
    }

    /** Whether the words run psql, also by a path, after assignments, or by {@code env}. */
    public static boolean isPsql(List<String> words) {
        return new PsqlArguments(words).programAt() >= 0;
    }

    /**
     * Reads a psql command.
     *
     * @param words unquoted words of a simple command for which {@link #isPsql} holds
     */
    public static PsqlInvocation parse(List<String> words) {
        return new PsqlArguments(words).read();
    }

    /** Without the password and without values of assignments. */
    @Override
    public String toString() {
        return "psql host=" + host + " port=" + port + " user=" + user + " database=" + database + " parameters="
                + parameters.keySet() + " unsupported=" + unsupported + " problem=" + problem;
    }
}
