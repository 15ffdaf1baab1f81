package dev.stepmark.cli;

import dev.stepmark.config.Configuration;
import dev.stepmark.config.Connection;
import dev.stepmark.message.Message;
import dev.stepmark.message.Nearest;
import dev.stepmark.plan.RunOptions;
import dev.stepmark.run.Banner;
import dev.stepmark.run.SessionFactory;
import dev.stepmark.runbook.Runbook;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The connections of the configuration, as far as a run may use them. What the operator wrote into a file of his own is
 * his word; what a project file says is a suggestion that a person must agree to.
 */
final class NamedConnections {

    /** No configuration. */
    static final NamedConnections NONE = new NamedConnections(Configuration.none());

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");

    private final Configuration config;
    private final Map<String, Connection> used = new LinkedHashMap<>();
    private final Map<String, Connection> suggested = new LinkedHashMap<>();

    NamedConnections(Configuration config) {
        this.config = config;
    }

    /**
     * Fills in what the operator did not say on the command line: names instead of addresses, and connections that the
     * document names and the operator's own file has.
     *
     * @param options what was given
     * @param runbook names connections
     */
    RunOptions complete(RunOptions options, Runbook runbook) {
        if (options.connect().isEmpty() && config.connections().isEmpty()) {
            return options;
        }
        Map<String, String> connect = new LinkedHashMap<>();
        options.connect().forEach((name, text) -> {
            Connection named = NAME.matcher(text).matches() ? find(name, text) : null;
            boolean own = name.isEmpty() && named != null && GivenNames.connections(runbook).contains(text);
            take(connect, own ? text : name, text, named);
        });
        if (!options.connect().containsKey("")) {
            for (String name : GivenNames.connections(runbook)) {
                Optional<Connection> known = connect.containsKey(name) ? Optional.empty() : config.connection(name);
                known.ifPresent(c -> take(connect, name, "", c));
            }
        }
        return options.connecting(connect);
    }

    private void take(Map<String, String> connect, String name, String text, Connection named) {
        if (named == null) {
            connect.put(name, text);
        } else if (named.trusted()) {
            used.put(name, named);
            connect.put(name, named.address());
        } else {
            suggested.put(name, named);
        }
    }

    private Connection find(String name, String text) {
        return config.connection(text).orElseThrow(() -> RunFlags.usage("--connect " + (name.isEmpty() ? "" : name + "=")
                + text + " is no address of a database", "No connection of that name is configured either. " + Nearest.to(
                text, config.connections().stream().map(Connection::name).toList()).map(n -> "The nearest is " + n + ". ")
                .orElse("") + "Nothing was run.", "--connect " + (name.isEmpty() ? "" : name + "=")
                + "postgresql://USER@HOST:5432/DATABASE"));
    }

    /** What project files say about connections that this run needs: each wants a yes. */
    Map<String, Connection> suggested() {
        return suggested;
    }

    /** A person agreed. */
    RunOptions agreed(RunOptions options, String name) {
        Connection connection = suggested.get(name);
        used.put(name, connection);
        Map<String, String> connect = new LinkedHashMap<>(options.connect());
        connect.put(name, connection.address());
        return options.connecting(connect);
    }

    /** Nobody is there to agree: the operator has to say it himself. */
    Message refusal(String name) {
        Connection connection = suggested.get(name);
        return Message.of("connection " + (name.isEmpty() ? connection.name() : name) + " is only suggested, by "
                + connection.source().place(), "Where something runs only the operator says, and nobody can be asked."
                + " Nothing was run.", "--connect " + (name.isEmpty() ? "" : name + "=") + connection.address());
    }

    /** Where the address of a connection is written; empty when that is no configuration. */
    String origin(String name) {
        return entry(name).map(c -> c.source().place()).orElse("");
    }

    private Optional<Connection> entry(String name) {
        return name.isEmpty() ? Optional.empty() : Optional.ofNullable(used.getOrDefault(name, used.get("")));
    }

    /** Where each used connection is written, for the log. */
    Map<String, String> recorded() {
        Map<String, String> out = new LinkedHashMap<>();
        used.forEach((name, c) -> out.put("connect" + (name.isEmpty() ? "" : "." + name) + ".from", c.source().place()));
        return out;
    }

    /**
     * The banner of a connection: of the entry that it was taken from, else of the entry for the same database, else of
     * one for the same server, whatever name the document has for it. Project files count where the operator's own has
     * nothing about the server.
     */
    Optional<Banner> banner(String name, Map<String, String> identity, SessionFactory sessions, Map<String, String> env) {
        Optional<Connection> own = entry(name);
        if (own.filter(Connection::trusted).isPresent()) {
            return own.flatMap(NamedConnections::banner);
        }
        List<Connection> server = config.connections().stream().filter(c -> same(c, identity, sessions, env, false)).toList();
        // a project file must not relabel a server that the operator has a banner for, also not with a suggestion
        List<Connection> trusted = server.stream().filter(Connection::trusted).toList();
        if (trusted.isEmpty() && own.isPresent()) {
            return own.flatMap(NamedConnections::banner);
        }
        List<Connection> known = trusted.isEmpty() ? server : trusted;
        List<Connection> exact = known.stream().filter(c -> same(c, identity, sessions, env, true)).toList();
        List<Connection> nearest = exact.isEmpty() ? known : exact;
        return nearest.stream().flatMap(c -> banner(c).stream()).findFirst();
    }

    private static Optional<Banner> banner(Connection connection) {
        return connection.banner().isEmpty() ? Optional.empty()
                : Optional.of(new Banner(connection.banner(), connection.color(), connection.name()));
    }

    private static boolean same(Connection connection, Map<String, String> identity, SessionFactory sessions,
            Map<String, String> env, boolean database) {
        return sessions.plan(connection.address(), env).spec().filter(spec ->
                host(spec.host()).equals(host(identity.getOrDefault("host", "")))
                        && Integer.toString(spec.port()).equals(identity.getOrDefault("port", ""))
                        && (!database || spec.database().equals(identity.getOrDefault("database", "")))).isPresent();
    }

    private static String host(String name) {
        String lower = name.toLowerCase(java.util.Locale.ROOT);
        return lower.equals("127.0.0.1") || lower.equals("::1") ? "localhost" : lower;
    }
}
