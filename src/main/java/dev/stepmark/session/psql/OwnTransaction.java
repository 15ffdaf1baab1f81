package dev.stepmark.session.psql;

import dev.stepmark.session.Outcome;
import dev.stepmark.session.Outcome.Transaction;
import dev.stepmark.session.Request;
import dev.stepmark.session.ServerSide;
import dev.stepmark.session.jdbc.SqlText;
import dev.stepmark.sql.MetaCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Transactions that are begun for a text, savepoints around its statements, and what the server is asked about them. */
final class OwnTransaction implements ServerSide {

    private static final String BEGIN = "BEGIN";
    private static final String SAVEPOINT = "stepmark_savepoint";
    private static final String ON_ERROR_ROLLBACK = "ON_ERROR_ROLLBACK";
    /** Commands that send one query. */
    private static final Set<String> SENDERS = Set.of("\\g", "\\gx", "\\gset", "\\gdesc", "\\crosstabview");

    private final Psql psql;

    OwnTransaction(Psql psql) {
        this.psql = psql;
    }

    /** Begins one when the request wants that; says why not when it is not possible: then nothing was run. */
    Optional<Outcome> begin(Request request) {
        if (!request.begins()) {
            return Optional.empty();
        }
        if (psql.transaction().state() != Transaction.NONE) {
            return Optional.of(new Outcome.Refused("a transaction is open already"));
        }
        if (!psql.own(BEGIN)) {
            return Optional.of(new Outcome.Refused("no transaction could be begun: psql has ended"));
        }
        psql.transaction().told("idle in transaction");
        return Optional.empty();
    }

    /** A statement with psql's own savepoint, which leaves its variables alone. */
    Outcome statement(Request request, SqlText statement, Supplier<Outcome> body) {
        boolean own = request.savepoint() && !statement.controlsTransaction() && !psql.state().savepoint()
                && psql.transaction().state() == Transaction.OPEN;
        if (!own) {
            return body.get();
        }
        String before = psql.variable(ON_ERROR_ROLLBACK).orElse("off");
        psql.ask("\\set " + ON_ERROR_ROLLBACK + " on\n");
        Outcome outcome = body.get();
        if (!psql.alive()) {
            return outcome;
        }
        psql.ask("\\set " + ON_ERROR_ROLLBACK + " " + ClientState.quoted(before) + "\n");
        return settled(outcome);
    }

    /** A command that sends a query, with a savepoint; psql's variables tell of the query, as they should. */
    Outcome command(Request request, MetaCommand command, Supplier<Outcome> body) {
        boolean sends = SENDERS.contains(command.name()) && !command.query().isBlank() || command.name().equals("\\copy");
        if (!request.savepoint() || !sends || psql.transaction().state() != Transaction.OPEN) {
            return body.get();
        }
        psql.own("SAVEPOINT " + SAVEPOINT);
        Outcome outcome = body.get();
        if (psql.alive() && !(outcome instanceof Outcome.Done)) {
            psql.own("ROLLBACK TO " + SAVEPOINT);
            return settled(outcome);
        }
        return outcome;
    }

    /** What failed has a savepoint behind it; whether the transaction lives on only the server can say. */
    private Outcome settled(Outcome outcome) {
        if (outcome instanceof Outcome.Done) {
            return outcome;
        }
        psql.look(true);
        Transaction state = psql.transaction().state();
        if (outcome instanceof Outcome.Failed failed) {
            return new Outcome.Failed(failed.sqlState(), failed.message(), state);
        }
        return outcome instanceof Outcome.Cancelled c ? new Outcome.Cancelled(c.proof(), c.timedOut(), c.survivors(),
                state) : outcome;
    }

    /** Statements of ours before a text, for the record. */
    List<String> shown(Request request, SqlText statement, List<String> framing) {
        List<String> all = new ArrayList<>();
        if (request.begins()) {
            all.add(BEGIN);
        }
        boolean open = request.begins() || psql.transaction().state() == Transaction.OPEN;
        boolean savepoint = request.savepoint() && open && !statement.controlsTransaction() && !psql.state().savepoint();
        if (savepoint) {
            all.add("\\set " + ON_ERROR_ROLLBACK + " on");
        }
        all.addAll(framing.isEmpty() && !all.isEmpty() ? List.of("...") : framing);
        return all;
    }

    @Override
    public String backend() {
        return psql.backendPid();
    }

    @Override
    public Optional<String> here(String query) {
        if (!psql.alive() || psql.transaction().state() == Transaction.FAILED) {
            return Optional.empty();
        }
        boolean inside = psql.transaction().state() == Transaction.OPEN;
        if (inside) {
            psql.own("SAVEPOINT " + SAVEPOINT);
        }
        List<List<String>> rows = psql.query(query + ";\n");
        if (inside) {
            // as good as RELEASE where the query succeeded, for it has changed nothing
            psql.own("ROLLBACK TO " + SAVEPOINT);
            psql.own("RELEASE " + SAVEPOINT);
        }
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows.get(0).get(0) == null ? "" : rows.get(0).get(0));
    }

    @Override
    public Optional<String> beside(String query) {
        return psql.second().ask(query);
    }
}
