package dev.stepmark.session.jdbc;

import dev.stepmark.message.Message;
import dev.stepmark.session.CannotOpen;
import dev.stepmark.session.ConnectionSpec;
import dev.stepmark.session.jdbc.JdbcSession.Connected;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Several hosts and {@code target_session_attrs}, as libpq has them: one after the other, until one is reached and is what
 * is wanted. A server that was reached and refuses, a wrong password for example, ends the search.
 */
final class Hosts {

    private static final String PREFER = "prefer-standby";

    private final List<ConnectionSpec> hosts;
    private final Opener opener;
    private final List<String> problems = new ArrayList<>();
    private CannotOpen last;

    private Hosts(List<ConnectionSpec> hosts, Opener opener) {
        this.hosts = hosts;
        this.opener = opener;
    }

    /** Opens one host. */
    interface Opener {
        Connected open(ConnectionSpec host) throws CannotOpen;
    }

    static Connected connect(ConnectionSpec spec, Opener opener) throws CannotOpen {
        String wanted = spec.parameters().getOrDefault("target_session_attrs", "any");
        Hosts hosts = new Hosts(spec.hosts(), opener);
        boolean prefers = wanted.equals(PREFER);
        Optional<Connected> found = hosts.first(prefers ? "standby" : wanted);
        if (found.isEmpty() && prefers) {
            hosts.problems.clear();
            found = hosts.first("any");
        }
        if (found.isPresent()) {
            return found.get();
        }
        if (hosts.hosts.size() == 1 && hosts.last != null) {
            throw hosts.last;
        }
        throw new CannotOpen(new Message("no host of " + spec.place() + " can be used", List.of(), hosts.lines(),
                List.of(wanted.equals("any") || prefers ? "stepmark doctor --connect URL   for each of them"
                        : "another target_session_attrs than " + wanted + ", or a host that is so")),
                hosts.last == null ? "" : hosts.last.sqlState());
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>(problems);
        lines.add("No step was started.");
        return lines;
    }

    private Optional<Connected> first(String wanted) throws CannotOpen {
        for (ConnectionSpec host : hosts) {
            try {
                Connected connected = opener.open(host);
                Optional<String> other = other(connected, wanted);
                if (other.isEmpty()) {
                    return Optional.of(connected);
                }
                connected.wire().close();
                problems.add(host.place() + ": " + other.get());
            } catch (CannotOpen e) {
                if (!e.elsewhere()) {
                    throw e;
                }
                last = e;
                problems.add(host.place() + ": " + e.message().what());
            }
        }
        return Optional.empty();
    }

    /** Why it is not what is wanted, in libpq's words. */
    private static Optional<String> other(Connected connected, String wanted) throws CannotOpen {
        if (wanted.equals("any")) {
            return Optional.empty();
        }
        boolean standby = connected.opened().identity().get("in_recovery").equals("true");
        boolean readOnly = standby || readOnly(connected);
        return switch (wanted) {
            case "read-write" -> readOnly ? Optional.of("session is read-only") : Optional.empty();
            case "read-only" -> readOnly ? Optional.empty() : Optional.of("session is not read-only");
            case "primary" -> standby ? Optional.of("server is in hot standby mode") : Optional.empty();
            default -> standby ? Optional.empty() : Optional.of("server is not in hot standby mode");
        };
    }

    private static boolean readOnly(Connected connected) throws CannotOpen {
        try {
            return connected.wire().ask("SHOW default_transaction_read_only").get(0).get(0).equals("on");
        } catch (SQLException e) {
            connected.wire().abort();
            throw new ConnectionErrors(connected.spec(), false, 0).explain(e, Optional.empty());
        }
    }
}
