package dev.stepmark.session.jdbc;

import dev.stepmark.session.CannotOpen;
import dev.stepmark.session.Outcome;
import dev.stepmark.session.Outcome.Transaction;
import dev.stepmark.session.ServerSide;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Transactions that are begun for a text, and what the server is asked about them. */
final class OwnTransaction implements ServerSide {

    static final String BEGIN = "BEGIN";
    private static final String SAVEPOINT = "stepmark_look";

    private final JdbcSession session;
    private final Options options;

    OwnTransaction(JdbcSession session, Options options) {
        this.session = session;
        this.options = options;
    }

    /** Begins one; says why not when that is not possible: then nothing was run. */
    Optional<Outcome> begin() {
        Wire wire = wire();
        if (wire.transaction() != Transaction.NONE) {
            return Optional.of(new Outcome.Refused("a transaction is open already"));
        }
        try {
            wire.command(BEGIN);
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.of(new Outcome.Refused("no transaction could be begun: " + ServerMessages.firstLine(e)));
        }
    }

    private Wire wire() {
        return session.connected().wire();
    }

    @Override
    public String backend() {
        return Integer.toString(wire().backendPid());
    }

    @Override
    public Optional<String> here(String query) {
        Wire wire = wire();
        if (wire.closed() || wire.transaction() == Transaction.FAILED) {
            return Optional.empty();
        }
        boolean inside = wire.transaction() == Transaction.OPEN;
        try {
            if (inside) {
                wire.command("SAVEPOINT " + SAVEPOINT);
            }
            Optional<String> answer = value(wire.ask(query));
            if (inside) {
                wire.command("RELEASE " + SAVEPOINT);
            }
            return answer;
        } catch (SQLException e) {
            back(wire);
            return Optional.empty();
        }
    }

    /** The question failed, and the transaction goes on without it. */
    private static void back(Wire wire) {
        if (!wire.closed() && wire.transaction() == Transaction.FAILED) {
            try {
                wire.command("ROLLBACK TO " + SAVEPOINT);
                wire.command("RELEASE " + SAVEPOINT);
            } catch (SQLException e) {
                wire.abort();
            }
        }
    }

    @Override
    public Optional<String> beside(String query) {
        JdbcSession.Connected connected = session.connected();
        try {
            Wire second = JdbcOpener.open(connected.spec(), connected.password(), options);
            try {
                return value(second.ask(query));
            } finally {
                second.close();
            }
        } catch (CannotOpen | SQLException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> value(List<List<String>> rows) {
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows.get(0).get(0) == null ? "" : rows.get(0).get(0));
    }
}
