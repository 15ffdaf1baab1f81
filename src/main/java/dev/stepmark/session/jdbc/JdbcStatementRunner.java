package dev.stepmark.session.jdbc;

import dev.stepmark.session.Outcome;
import dev.stepmark.session.Outcome.Transaction;
import dev.stepmark.session.Result;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.postgresql.copy.CopyOut;
import org.postgresql.core.Field;
import org.postgresql.core.Query;
import org.postgresql.core.ResultCursor;
import org.postgresql.core.Tuple;
import org.postgresql.util.ServerErrorMessage;

/** Runs one statement on a connection and prints what comes back as psql does. */
final class JdbcStatementRunner {

    private final Wire wire;
    private final Execution execution;
    private final Output output;
    private final Client client;
    private final Supplier<RowSink> rows;
    private SQLException error;

    /**
     * @param execution what it belongs to
     * @param output    where everything goes
     * @param client    how results look
     * @param rows      makes what takes the rows of a result
     */
    JdbcStatementRunner(Execution execution, Output output, Client client, Supplier<RowSink> rows) {
        this.wire = execution.wire();
        this.execution = execution;
        this.output = output;
        this.client = client;
        this.rows = rows;
    }

    /** What the server or the driver said when it failed, or null. */
    SQLException error() {
        return error;
    }

    /**
     * Runs it.
     *
     * @param statement what to run
     * @param framing   our own statements around it
     */
    Outcome run(SqlText statement, Framing framing) {
        try {
            for (String before : framing.before()) {
                if (execution.cancelAsked()) {
                    return stopped("not sent", framing);
                }
                wire.command(before);
            }
            if (execution.cancelAsked()) {
                return stopped("not sent", framing);
            }
            Outcome outcome = statement.copiesOut() && !statement.several() ? copyOut(statement)
                    : execute(statement, framing);
            return outcome instanceof Outcome.Done done ? ended(done, framing) : outcome;
        } catch (SQLException e) {
            if (framing.opensTransaction() && !framing.readOnly() && wantsNoTransaction(e)) {
                // the server did nothing but say that it must stand alone (TimescaleDB's move_chunk): so it does
                tidy(framing);
                return run(statement, Framing.NONE);
            }
            return failed(e, statement, framing);
        } finally {
            tidy(framing);
        }
    }

    private boolean wantsNoTransaction(SQLException e) {
        return "25001".equals(e.getSQLState()) && ServerMessages.of(e) != null && !wire.closed();
    }

    private Outcome ended(Outcome.Done done, Framing framing) throws SQLException {
        for (String after : framing.after()) {
            wire.command(after);
        }
        return new Outcome.Done(done.exit(), done.problems(), done.results(), wire.transaction(), done.change());
    }

    private Outcome execute(SqlText statement, Framing framing) throws SQLException {
        Statement receiver = new Statement(statement.text());
        try {
            return execute(statement, framing, receiver);
        } finally {
            receiver.rows.close();
        }
    }

    private Outcome execute(SqlText statement, Framing framing, Statement receiver) throws SQLException {
        if (statement.hasParameter() || statement.several()) {
            wire.executeSimple(statement.text(), receiver);
            receiver.rethrow();
            return done(statement, receiver);
        }
        boolean streams = receiver.rows.nextFetch() > 0 && statement.returnsRows() && (framing.opensTransaction()
                || wire.transaction() != Transaction.NONE);
        wire.execute(statement.text(), streams ? receiver.rows.nextFetch() : 0, receiver);
        while (receiver.cursor != null && receiver.broken == null) {
            ResultCursor cursor = receiver.cursor;
            receiver.cursor = null;
            if (execution.cancelAsked()) {
                cursor.close();
                return stopped("fetching was stopped", framing);
            }
            wire.fetch(cursor, receiver, receiver.rows.nextFetch());
        }
        receiver.rethrow();
        return done(statement, receiver);
    }

    private Outcome done(SqlText statement, Statement receiver) {
        if (!receiver.ended) {
            receiver.end(receiver.tag != null ? receiver.tag : statement.tag(receiver.rows.rows()));
        }
        List<Result> results = receiver.results.stream().filter(r -> !r.tag().isEmpty()).toList();
        String last = results.isEmpty() ? "" : results.get(results.size() - 1).tag();
        return new Outcome.Done(0, silentRollback(statement, last), results, wire.transaction(), statement.change());
    }

    /** COMMIT of a failed transaction succeeds with the tag ROLLBACK: nothing of it was kept, and somebody must say. */
    private List<Outcome.Problem> silentRollback(SqlText statement, String tag) {
        if (!tag.equals("ROLLBACK") || !statement.commits()) {
            return List.of();
        }
        output.err("WARNING:  the transaction had failed, so " + statement.verb()
                + " rolled it back: nothing of it was kept\n");
        return List.of(new Outcome.Problem(0, statement.verb(), "ROLLBACK"));
    }

    private Outcome copyOut(SqlText statement) throws SQLException {
        CopyOut copy = wire.copyOut(statement.text());
        try {
            for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
                output.rows(row);
            }
        } catch (RuntimeException e) {
            drop(copy);
            throw e;
        }
        long count = copy.getHandledRowCount();
        Result result = new Result("COPY " + count, List.of(), List.of(), count, false);
        return new Outcome.Done(0, List.of(), List.of(result), wire.transaction(), Optional.empty());
    }

    /** Nobody takes the rows any more, and the rest of them stands in the way of the next statement. */
    private void drop(CopyOut copy) {
        try {
            wire.cancel();
            while (copy.readFromCopy() != null) {
                continue;
            }
        } catch (SQLException e) {
            // the cancel, as asked; the server has ended the copy by this
            return;
        }
    }

    private Outcome stopped(String proof, Framing framing) {
        Transaction after = framing.opensTransaction() ? Transaction.NONE : wire.transaction();
        return new Outcome.Cancelled(proof, execution.timedOut(), List.of(), after);
    }

    private Outcome failed(SQLException e, SqlText statement, Framing framing) {
        error = e;
        String state = ServerMessages.state(e);
        ServerErrorMessage server = ServerMessages.of(e);
        if (execution.abandoned()) {
            return new Outcome.Lost("left running on the server (pid " + wire.backendPid() + ")");
        }
        String text = ServerMessages.error(e, statement.text(), MessageStyle.of(client.variables()));
        if (wire.closed() || server == null) {
            // without the server's verdict nobody knows what became of the statement
            wire.abort();
            output.problem(text);
            return execution.killed() && state.startsWith("57P0") && server != null
                    ? new Outcome.Cancelled(state, execution.timedOut(), List.of(), Transaction.NONE)
                    : new Outcome.Lost(ServerMessages.firstLine(e));
        }
        output.problem(text);
        Transaction after = framing.opensTransaction() ? Transaction.NONE : wire.transaction();
        if (state.equals("57014") && execution.cancelAsked()) {
            return new Outcome.Cancelled(state, execution.timedOut(), List.of(), after);
        }
        return new Outcome.Failed(state, output.prefix() + text.stripTrailing(), after);
    }

    /** Whatever happened: a transaction of our own is not left open. */
    private void tidy(Framing framing) {
        if (framing.opensTransaction() && !wire.closed() && wire.transaction() != Transaction.NONE) {
            try {
                wire.command("ROLLBACK");
            } catch (SQLException e) {
                wire.abort();
            }
        }
    }

    /** Takes the rows, the tag and the notices of the statement while they come. */
    private final class Statement extends Receiver {
        private final List<Result> results = new ArrayList<>();
        private final String text;
        private RowSink rows = JdbcStatementRunner.this.rows.get();
        private boolean ended;
        private ResultCursor cursor;
        private String tag;
        /** What the sink threw: kept until the driver has read all that belongs to the statement. */
        private RuntimeException broken;

        Statement(String text) {
            this.text = text;
        }

        @Override
        public void handleResultRows(Query query, Field[] fields, List<Tuple> tuples, ResultCursor next) {
            cursor = next;
            guarded(() -> {
                nextResult();
                rows.columns(fields);
                rows.add(tuples);
            });
        }

        @Override
        public void handleCommandStatus(String status, long updateCount, long insertOid) {
            tag = status.equals("EMPTY") ? "" : status;
            guarded(() -> {
                nextResult();
                end(tag);
            });
        }

        /** Statements that went out together have a result each. */
        private void nextResult() {
            if (ended) {
                rows = JdbcStatementRunner.this.rows.get();
                ended = false;
            }
        }

        void end(String name) {
            ended = true;
            rows.finish();
            if (!client.quiet() && (!rows.started() || CommandTag.printedBelowRows(name))) {
                output.result(name.isEmpty() ? "" : name + "\n");
            }
            long count = rows.started() ? rows.rows() : CommandTag.count(name);
            boolean shown = rows.shown();
            results.add(new Result(name, shown ? rows.columns() : List.of(), shown ? rows.sample() : List.of(), count,
                    client.table()));
        }

        @Override
        public void handleWarning(SQLWarning warning) {
            guarded(() -> output.problem(ServerMessages.notice(warning, text,
                    MessageStyle.of(client.variables()))));
        }

        private void guarded(Runnable print) {
            if (broken == null) {
                try {
                    print.run();
                } catch (RuntimeException e) {
                    broken = e;
                }
            }
        }

        void rethrow() {
            if (broken != null) {
                if (cursor != null) {
                    cursor.close();
                }
                throw broken;
            }
        }
    }
}
