package dev.stepmark.session.jdbc;

import dev.stepmark.session.Outcome;
import dev.stepmark.session.Outcome.Transaction;
import dev.stepmark.session.Result;
import dev.stepmark.sql.PsqlBoolean;
import dev.stepmark.sql.StatementFacts;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Sends statements as psql does: its own statements around them, its variables and its time line after them. */
final class Statements {

    private static final String SAVEPOINT = "pg_psql_temporary_savepoint";
    /** Tags of what takes psql's own savepoint away. */
    private static final Set<String> SAVEPOINT_GONE = Set.of("COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK");

    private final Run run;
    private final Client client;
    private boolean savepointSet;

    Statements(Run run) {
        this.run = run;
        this.client = run.client();
    }

    /** Sends one and prints what comes back. */
    Outcome send(SqlText statement) {
        return send(statement, () -> new RowPrinter(run.output(), client.table()));
    }

    /**
     * Sends one.
     *
     * @param statement what
     * @param rows      takes the rows of each result
     */
    Outcome send(SqlText statement, Supplier<RowSink> rows) {
        Optional<String> refusal = SqlChecks.refusal(statement);
        if (run.request().readOnly() && statement.several()) {
            // one of them could end the transaction that keeps the others from writing
            return new Outcome.Refused("several statements sent as one may do more than read, and this text may not");
        }
        if (refusal.isPresent()) {
            return new Outcome.Refused(refusal.get());
        }
        JdbcStatementRunner runner = new JdbcStatementRunner(run.execution(), run.output(), client, rows);
        return around(statement, () -> {
            Framing framing = Framing.of(statement, run.request(), run.wire());
            Outcome outcome = runner.run(statement, framing);
            note(statement, outcome, runner.error());
            return outcome;
        });
    }

    /** What psql does around every statement; the body must note how it ended. */
    Outcome around(SqlText statement, Supplier<Outcome> body) {
        echo(statement);
        long begin = System.nanoTime();
        Optional<Outcome> stopped = before(statement);
        if (stopped.isPresent()) {
            return stopped.get();
        }
        boolean savepoint = savepointSet;
        client.lastQuery(statement.text());
        Outcome outcome = body.get();
        if (savepoint) {
            outcome = after(outcome);
        }
        if (client.timing() && !(outcome instanceof Outcome.Refused)) {
            run.output().out(Timing.line((System.nanoTime() - begin) / 1e6));
        }
        return outcome;
    }

    private void echo(SqlText statement) {
        String echo = client.variables().get("ECHO").orElse("none");
        if (echo.equalsIgnoreCase("queries") || echo.equalsIgnoreCase("all")) {
            run.output().out(statement.text() + "\n");
        }
        if (!run.top()) {
            run.output().sent(statement.text());
        }
    }

    /** Statements of psql's own before one; they are what AUTOCOMMIT and ON_ERROR_ROLLBACK mean. */
    static List<String> before(SqlText statement, Client client, Transaction state, boolean savepoint) {
        List<String> out = new ArrayList<>();
        boolean begins = state == Transaction.NONE && !client.variables().on("AUTOCOMMIT") && !standsAlone(statement);
        if (begins) {
            out.add("BEGIN");
        }
        boolean savepoints = client.variables().get("ON_ERROR_ROLLBACK").map(v -> !v.equalsIgnoreCase("interactive")
                && PsqlBoolean.parse(v).orElse(false)).orElse(false);
        if ((savepoints || savepoint && !statement.controlsTransaction()) && (begins || state == Transaction.OPEN)) {
            out.add("SAVEPOINT " + SAVEPOINT);
        }
        return out;
    }

    /** Statements that no BEGIN goes before: they control transactions, or must not be in one. */
    private static boolean standsAlone(SqlText statement) {
        String verb = statement.verb();
        boolean savepoint = verb.equals("SAVEPOINT") || verb.equals("RELEASE");
        return statement.controlsTransaction() && !savepoint
                || StatementFacts.of(statement.text()).nonTransactional();
    }

    private Optional<Outcome> before(SqlText statement) {
        savepointSet = false;
        for (String own : before(statement, client, run.wire().transaction(),
                run.request().savepoint())) {
            try {
                run.wire().command(own);
                savepointSet |= own.startsWith("SAVEPOINT");
            } catch (SQLException e) {
                note(statement, null, e);
                String text = ServerMessages.error(e, own, MessageStyle.of(client.variables()));
                run.output().problem(text);
                return Optional.of(run.wire().closed() ? new Outcome.Lost(ServerMessages.firstLine(e))
                        : new Outcome.Failed(ServerMessages.state(e), text.stripTrailing(), run.wire().transaction()));
            }
        }
        return Optional.empty();
    }

    private Outcome after(Outcome outcome) {
        Wire wire = run.wire();
        if (wire.closed() || wire.transaction() == Transaction.NONE) {
            return outcome;
        }
        boolean failed = wire.transaction() == Transaction.FAILED;
        boolean gone = outcome instanceof Outcome.Done done && done.results().stream().map(Result::tag)
                .anyMatch(SAVEPOINT_GONE::contains);
        if (!failed && gone) {
            return outcome;
        }
        try {
            wire.command((failed ? "ROLLBACK TO " : "RELEASE ") + SAVEPOINT);
        } catch (SQLException e) {
            run.output().problem(ServerMessages.error(e, ""));
        }
        return withState(outcome, wire.transaction());
    }

    private static Outcome withState(Outcome outcome, Transaction state) {
        if (outcome instanceof Outcome.Failed failed) {
            return new Outcome.Failed(failed.sqlState(), failed.message(), state);
        }
        if (outcome instanceof Outcome.Cancelled c) {
            return new Outcome.Cancelled(c.proof(), c.timedOut(), c.survivors(), state);
        }
        return outcome;
    }

    /** Notes for psql's variables how a statement ended. */
    void note(SqlText statement, Outcome outcome, SQLException error) {
        if (outcome instanceof Outcome.Done done) {
            client.succeeded(done.results().isEmpty() ? 0 : done.results().get(done.results().size() - 1).rowCount());
        } else if (error != null) {
            client.failed(error, statement.text());
            if (client.variables().get("ECHO").orElse("").equalsIgnoreCase("errors")) {
                run.output().problem("STATEMENT:  " + statement.text() + "\n");
            }
        }
    }
}
