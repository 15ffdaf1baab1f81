package dev.stepmark.session.jdbc;

import dev.stepmark.message.StepmarkException;
import dev.stepmark.session.ConnectionSpec;
import dev.stepmark.sql.PsqlBoolean;
import dev.stepmark.sql.PsqlInvocation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where {@code \c} leads to. Names in their places keep what they do not name; a connection string begins anew, unless
 * {@code -reuse-previous=on} says otherwise.
 *
 * @param spec     where to, or empty
 * @param password in the connection string, or empty
 * @param problem  why it cannot be told, or empty
 */
record NewConnection(Optional<ConnectionSpec> spec, Optional<String> password, String problem) {

    private static final String REUSE = "-reuse-previous=";

    /**
     * Works it out.
     *
     * @param words       the arguments; {@code -} keeps a part
     * @param old         the connection so far
     * @param environment of psql
     */
    static NewConnection of(List<String> words, ConnectionSpec old, Map<String, String> environment) {
        List<String> arguments = new ArrayList<>(words);
        Optional<Boolean> reuse = Optional.empty();
        if (!arguments.isEmpty() && arguments.get(0).startsWith(REUSE)) {
            reuse = PsqlBoolean.parse(arguments.remove(0).substring(REUSE.length()));
            if (reuse.isEmpty()) {
                return problem("unrecognized value for \"-reuse-previous\": Boolean expected");
            }
        }
        if (arguments.size() > 4) {
            return problem("\\c takes a database, a user, a host and a port at most");
        }
        String database = part(arguments, 0, "");
        boolean string = database.indexOf('=') >= 0 || database.contains("://");
        if (string && arguments.stream().skip(1).anyMatch(a -> !a.equals("-"))) {
            return problem("Do not give user, host, or port separately when using a connection string");
        }
        try {
            return reuse.orElse(!string) ? string ? merged(database, old) : kept(arguments, old)
                    : anew(string ? List.of("psql", "-d", database) : options(arguments), environment);
        } catch (StepmarkException e) {
            return problem(e.message().what());
        }
    }

    private static NewConnection kept(List<String> arguments, ConnectionSpec old) {
        String port = part(arguments, 3, Integer.toString(old.port()));
        if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > 65535) {
            return problem("invalid port number: \"" + port + "\"");
        }
        Map<String, String> sources = new LinkedHashMap<>(old.sources());
        sources.put("database", "\\c");
        return found(new ConnectionSpec(part(arguments, 2, old.host()), Integer.parseInt(port),
                part(arguments, 1, old.user()), part(arguments, 0, old.database()), old.parameters(), sources),
                Optional.empty());
    }

    private static NewConnection merged(String string, ConnectionSpec old) {
        PsqlInvocation given = PsqlInvocation.parse(List.of("psql", "-d", string));
        if (!given.problem().isEmpty()) {
            return problem(given.problem());
        }
        Map<String, String> parameters = new LinkedHashMap<>(old.parameters());
        parameters.putAll(given.parameters());
        String port = given.port().orElse(Integer.toString(old.port()));
        if (!port.matches("\\d{1,5}")) {
            return problem("invalid port number: \"" + port + "\"");
        }
        return found(new ConnectionSpec(given.host().orElse(old.host()), Integer.parseInt(port),
                given.user().orElse(old.user()), given.database().orElse(old.database()), parameters, old.sources()),
                given.password());
    }

    private static NewConnection anew(List<String> command, Map<String, String> environment) {
        PsqlInvocation given = PsqlInvocation.parse(command);
        Resolution resolution = ConnectionResolver.resolve(given, environment,
                environment.getOrDefault("USER", environment.getOrDefault("LOGNAME", "")));
        return resolution instanceof Resolution.Resolved resolved ? found(resolved.spec(), given.password())
                : problem(((Resolution.Needs) resolution).why().what());
    }

    private static List<String> options(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("psql"));
        List<String> letters = List.of("-d", "-U", "-h", "-p");
        for (int i = 0; i < arguments.size(); i++) {
            if (!arguments.get(i).equals("-")) {
                command.addAll(List.of(letters.get(i), arguments.get(i)));
            }
        }
        return command;
    }

    private static String part(List<String> arguments, int at, String old) {
        return at >= arguments.size() || arguments.get(at).equals("-") ? old : arguments.get(at);
    }

    private static NewConnection found(ConnectionSpec spec, Optional<String> password) {
        return new NewConnection(Optional.of(spec), password, "");
    }

    private static NewConnection problem(String text) {
        return new NewConnection(Optional.empty(), Optional.empty(), text);
    }
}
