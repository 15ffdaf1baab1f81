package dev.stepmark.session.jdbc;

import dev.stepmark.session.CannotOpen;
import dev.stepmark.session.ConnectionSpec;
import dev.stepmark.session.Outcome;
import dev.stepmark.session.Outcome.Change;
import dev.stepmark.session.Outcome.Transaction;
import dev.stepmark.sql.MetaCommand;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The few meta-commands of psql that a session can do by itself; all others are refused by name. */
final class MetaCommands {

    private final JdbcSession session;

    MetaCommands(JdbcSession session) {
        this.session = session;
    }

    Outcome run(MetaCommand command, Output output) {
        if (command.quits()) {
            session.end();
            return new Outcome.Ended(0, "\\q");
        }
        return switch (command.name()) {
            case "\\c", "\\connect" -> connect(command.arguments(), output);
            case "\\x" -> expanded(command.arguments(), output);
            case "\\echo" -> echo(command.arguments(), output);
            case "\\conninfo" -> conninfo(output);
            default -> new Outcome.Refused(notSupported(command.name()));
        };
    }

    static String notSupported(String name) {
        return name + " is not supported yet; do it by hand in psql, or write it as SQL";
    }

    private Outcome echo(List<String> arguments, Output output) {
        boolean noNewline = !arguments.isEmpty() && arguments.get(0).equals("-n");
        List<String> words = noNewline ? arguments.subList(1, arguments.size()) : arguments;
        output.out(String.join(" ", words) + (noNewline ? "" : "\n"));
        return done(Optional.empty());
    }

    private Outcome expanded(List<String> arguments, Output output) {
        String to = arguments.isEmpty() ? "" : arguments.get(0).toLowerCase(java.util.Locale.ROOT);
        switch (to) {
            case "" -> session.expanded(!session.expanded());
            case "on", "true", "1", "yes" -> session.expanded(true);
            case "off", "false", "0", "no" -> session.expanded(false);
            default -> {
                return new Outcome.Refused("\\x " + to + " is not supported yet; \\x on and \\x off are");
            }
        }
        output.out("Expanded display is " + (session.expanded() ? "on" : "off") + ".\n");
        return done(Optional.empty());
    }

    private Outcome conninfo(Output output) {
        ConnectionSpec spec = session.connected().spec();
        String address = address(spec.host());
        String on = address.isEmpty() || address.equals(spec.host()) ? "" : " (address \"" + address + "\")";
        output.out("You are connected to database \"" + spec.database() + "\" as user \"" + spec.user() + "\" on host \""
                + spec.host() + "\"" + on + " at port \"" + spec.port() + "\".\n" + tls());
        return done(Optional.empty());
    }

    /** The address that the driver took: it uses the first that the name resolves to. */
    private static String address(String host) {
        try {
            return InetAddress.getByName(host).getHostAddress();
        } catch (UnknownHostException e) {
            return "";
        }
    }

    private String tls() {
        try {
            List<List<String>> rows = session.connected().wire().ask("SELECT version, cipher, bits"
                    + " FROM pg_catalog.pg_stat_ssl WHERE pid = pg_catalog.pg_backend_pid() AND ssl");
            return rows.isEmpty() ? "" : "SSL connection (protocol: " + rows.get(0).get(0) + ", cipher: "
                    + rows.get(0).get(1) + ", bits: " + rows.get(0).get(2) + ", compression: off)\n";
        } catch (SQLException e) {
            return "";
        }
    }

    /** {@code \c [database [user [host [port]]]]}; {@code -} keeps a part. The old connection goes when the new is open. */
    private Outcome connect(List<String> arguments, Output output) {
        if (session.connected().wire().transaction() != Transaction.NONE) {
            return new Outcome.Refused("\\c would end the connection and roll back the open transaction; "
                    + "COMMIT or ROLLBACK first");
        }
        if (arguments.size() > 4) {
            return new Outcome.Refused("\\c takes a database, a user, a host and a port at most");
        }
        ConnectionSpec old = session.connected().spec();
        Optional<ConnectionSpec> next = next(old, arguments);
        if (next.isEmpty()) {
            return new Outcome.Refused("\\c with this connection string is not supported yet; "
                    + "\\c database user host port is");
        }
        try {
            JdbcSession.Connected now = session.reconnect(next.get());
            output.out(connectedText(old, now.spec()));
            Change change = new Change("", List.of(), now.spec().database(), List.of());
            return done(Optional.of(change));
        } catch (CannotOpen e) {
            String text = "ERROR:  " + e.message().what() + "\n" + String.join("\n", e.message().meaning())
                    + "\nPrevious connection kept\n";
            output.err(text);
            return new Outcome.Failed(e.sqlState(), text.stripTrailing(), Transaction.NONE);
        }
    }

    private static String connectedText(ConnectionSpec old, ConnectionSpec now) {
        String server = old.host().equals(now.host()) && old.port() == now.port() ? ""
                : " on host \"" + now.host() + "\" at port \"" + now.port() + "\"";
        return "You are now connected to database \"" + now.database() + "\" as user \"" + now.user() + "\"" + server
                + ".\n";
    }

    private static Optional<ConnectionSpec> next(ConnectionSpec old, List<String> arguments) {
        Map<String, String> sources = new LinkedHashMap<>(old.sources());
        String database = part(arguments, 0, old.database());
        if (database.indexOf('=') >= 0 || database.contains("://")) {
            return Optional.empty();
        }
        String port = part(arguments, 3, Integer.toString(old.port()));
        if (!port.matches("\\d{1,5}")) {
            return Optional.empty();
        }
        sources.put("database", "\\c");
        return Optional.of(new ConnectionSpec(part(arguments, 2, old.host()), Integer.parseInt(port),
                part(arguments, 1, old.user()), database, old.parameters(), sources));
    }

    private static String part(List<String> arguments, int at, String old) {
        return at >= arguments.size() || arguments.get(at).equals("-") ? old : arguments.get(at);
    }

    private Outcome done(Optional<Change> change) {
        return new Outcome.Done(0, List.of(), List.of(), session.connected().wire().transaction(), change);
    }
}
