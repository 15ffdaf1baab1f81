package dev.stepmark.session.jdbc;

import dev.stepmark.session.Outcome;
import dev.stepmark.session.Result;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyOut;

/** COPY over the connection: rows from a stream to the server, or from the server to a target. */
final class CopySender {

    private static final int BUFFER = 64 * 1024;

    private final Run run;
    private final Statements statements;

    CopySender(Run run, Statements statements) {
        this.run = run;
        this.statements = statements;
    }

    /** Whether a program that made the data has ended well; asked when all data is there. */
    interface Complete {
        Optional<String> problem();
    }

    /** COPY FROM STDIN; nothing is kept when the data is not complete. */
    Outcome in(SqlText statement, InputStream data, Complete complete) {
        return statements.around(statement, () -> {
            CopyIn copy = null;
            try {
                copy = run.wire().copyIn(statement.text());
                Optional<Outcome> stopped = send(statement, copy, data, complete);
                if (stopped.isPresent()) {
                    return stopped.get();
                }
                return done(statement, copy.endCopy(), false);
            } catch (SQLException e) {
                return failed(statement, e);
            } catch (Blocking.GivenUp e) {
                end(copy);
                return run.stopped("57014");
            } catch (IOException e) {
                end(copy);
                return failed(statement, new SQLException("could not read the data for COPY: " + FileErrors.text(e)));
            }
        });
    }

    private Optional<Outcome> send(SqlText statement, CopyIn copy, InputStream data, Complete complete)
            throws SQLException, IOException {
        CopyProgress progress = new CopyProgress(run.output().sink(), statement);
        byte[] buffer = new byte[BUFFER];
        for (int n = data.read(buffer); n >= 0 && !run.execution().stopAsked(); n = data.read(buffer)) {
            copy.writeToCopy(buffer, 0, n);
            progress.sent(buffer, n);
        }
        if (run.execution().stopAsked()) {
            end(copy);
            return Optional.of(run.stopped("57014"));
        }
        Optional<String> problem = complete.problem();
        if (problem.isPresent()) {
            end(copy);
            return Optional.of(run.failed(problem.get()));
        }
        return Optional.empty();
    }

    /** Tells the server that the data ends before its end: it keeps nothing of it. */
    private static void end(CopyIn copy) {
        try {
            if (copy != null && copy.isActive()) {
                copy.cancelCopy();
            }
        } catch (SQLException e) {
            // the server's own word that it keeps nothing: the cancel has reached it first
            return;
        }
    }

    /**
     * COPY TO STDOUT.
     *
     * @param rows   where the rows go
     * @param silent whether no tag is printed, since it would stand among the rows
     */
    Outcome out(SqlText statement, Output rows, boolean silent) {
        return statements.around(statement, () -> {
            try {
                CopyOut copy = run.wire().copyOut(statement.text());
                CopyProgress progress = new CopyProgress(run.output().sink(), statement);
                for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
                    rows.rows(row);
                    progress.received(row);
                }
                return done(statement, copy.getHandledRowCount(), silent);
            } catch (SQLException e) {
                return failed(statement, e);
            }
        });
    }

    private Outcome done(SqlText statement, long rows, boolean silent) {
        Result result = new Result("COPY " + rows, List.of(), List.of(), rows, false);
        if (!silent && !run.client().quiet()) {
            run.output().result(result.tag() + "\n");
        }
        Outcome outcome = new Outcome.Done(0, List.of(), List.of(result), run.wire().transaction(), Optional.empty());
        statements.note(statement, outcome, null);
        return outcome;
    }

    private Outcome failed(SqlText statement, SQLException e) {
        statements.note(statement, null, e);
        if (run.execution().abandoned()) {
            return new Outcome.Lost("left running on the server (pid " + run.wire().backendPid() + ")");
        }
        String text = ServerMessages.error(e, statement.text(), MessageStyle.of(run.client().variables()));
        run.output().problem(text);
        if (run.wire().closed()) {
            return new Outcome.Lost(ServerMessages.firstLine(e));
        }
        return run.execution().cancelAsked() && "57014".equals(e.getSQLState()) ? run.stopped("57014")
                : new Outcome.Failed(ServerMessages.state(e), run.output().prefix() + text.stripTrailing(),
                        run.wire().transaction());
    }
}
