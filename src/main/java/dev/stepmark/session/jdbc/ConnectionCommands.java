package dev.stepmark.session.jdbc;

import dev.stepmark.session.CannotOpen;
import dev.stepmark.session.ConnectionSpec;
import dev.stepmark.session.Outcome;
import dev.stepmark.session.Outcome.Change;
import dev.stepmark.session.Outcome.Transaction;
import dev.stepmark.sql.MetaArguments;
import dev.stepmark.sql.MetaArguments.Type;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code \c}, {@code \conninfo} and {@code \encoding}. */
final class ConnectionCommands {

    private ConnectionCommands() { }

    static void register(Map<String, MetaCommands.Handler> handlers) {
        handlers.put("\\c", ConnectionCommands::connect);
        handlers.put("\\connect", ConnectionCommands::connect);
        handlers.put("\\conninfo", ConnectionCommands::conninfo);
        handlers.put("\\encoding", ConnectionCommands::encoding);
    }

    private static Outcome conninfo(Call call) {
        ConnectionSpec spec = call.run().session().connected().spec();
        String address = address(spec.host());
        String on = address.isEmpty() || address.equals(spec.host()) ? "" : " (address \"" + address + "\")";
        call.output().out("You are connected to database \"" + spec.database() + "\" as user \"" + spec.user()
                + "\" on host \"" + spec.host() + "\"" + on + " at port \"" + spec.port() + "\".\n"
                + tls(call.run().wire()));
        return call.run().done();
    }

    /** The address that the driver took: it uses the first that the name resolves to. */
    private static String address(String host) {
        try {
            return InetAddress.getByName(host).getHostAddress();
        } catch (UnknownHostException e) {
            return "";
        }
    }

    private static String tls(Wire wire) {
        try {
            List<List<String>> rows = wire.ask("SELECT version, cipher, bits"
                    + " FROM pg_catalog.pg_stat_ssl WHERE pid = pg_catalog.pg_backend_pid() AND ssl");
            return rows.isEmpty() ? "" : "SSL connection (protocol: " + rows.get(0).get(0) + ", cipher: "
                    + rows.get(0).get(1) + ", bits: " + rows.get(0).get(2) + ", compression: off)\n";
        } catch (SQLException e) {
            return "";
        }
    }

    /** The old connection goes when the new one is open. */
    private static Outcome connect(Call call) {
        if (call.run().wire().transaction() != Transaction.NONE) {
            return new Outcome.Refused("\\c would end the connection and roll back the open transaction; "
                    + "COMMIT or ROLLBACK first");
        }
        List<String> words = new ArrayList<>();
        Optional<MetaArguments.Argument> next = call.arguments().next(Type.NAME_AS_WRITTEN, true);
        while (next.isPresent()) {
            words.add(next.get().text().isEmpty() ? "-" : next.get().text());
            next = call.arguments().next(Type.NAME_AS_WRITTEN, true);
        }
        JdbcSession session = call.run().session();
        ConnectionSpec old = session.connected().spec();
        NewConnection target = NewConnection.of(words, old, call.client().environment());
        if (target.spec().isEmpty()) {
            return new Outcome.Refused("\\c: " + target.problem());
        }
        try {
            JdbcSession.Connected now = session.reconnect(target.spec().get(), target.password());
            if (!call.client().quiet()) {
                call.output().out(connectedText(old, now.spec()));
            }
            return call.run().done(Optional.of(new Change("", List.of(), now.spec().database(), List.of())));
        } catch (CannotOpen e) {
            String text = "ERROR:  " + e.message().what() + "\n" + String.join("\n", e.message().meaning())
                    + "\nPrevious connection kept\n";
            call.output().problem(text);
            return new Outcome.Failed(e.sqlState(), text.stripTrailing(), Transaction.NONE);
        }
    }

    private static String connectedText(ConnectionSpec old, ConnectionSpec now) {
        String server = old.host().equals(now.host()) && old.port() == now.port() ? ""
                : " on host \"" + now.host() + "\" at port \"" + now.port() + "\"";
        return "You are now connected to database \"" + now.database() + "\" as user \"" + now.user() + "\"" + server
                + ".\n";
    }

    private static Outcome encoding(Call call) {
        Optional<String> name = call.next();
        if (name.isEmpty()) {
            call.output().out("UTF8\n");
            return call.run().done();
        }
        String plain = name.get().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        return plain.equals("utf8") || plain.equals("unicode") ? call.run().done()
                : new Outcome.Refused("\\encoding " + name.get() + " is not supported: everything is UTF8 here; run this"
                        + " part by hand in psql");
    }
}
