package dev.stepmark.session.psql;

import dev.stepmark.session.Outcome;
import dev.stepmark.session.Outcome.Transaction;
import dev.stepmark.session.Request;
import dev.stepmark.session.jdbc.SqlText;
import dev.stepmark.session.jdbc.WatchPace;
import dev.stepmark.sql.MetaCommand;
import java.util.List;
import java.util.Optional;

/**
 * {@code \watch}: the same statement again and again, until it fails, is cancelled, or has run often enough. A psql that is
 * not at a terminal ends with the interrupt that ends its own {@code \watch}; so each run is a text of its own here.
 */
final class Watching {

    private final Psql psql;
    private final Running running;
    private final PieceRunner runner;

    Watching(Psql psql, Running running, PieceRunner runner) {
        this.psql = psql;
        this.running = running;
        this.runner = runner;
    }

    Outcome run(MetaCommand command, Request request) {
        WatchPace pace = WatchPace.of(command.arguments());
        String query = command.query().isEmpty() ? psql.lastQuery() : command.query();
        if (!pace.problem().isEmpty()) {
            return new Outcome.Refused(pace.problem());
        }
        if (query.isEmpty()) {
            return new Outcome.Refused("\\watch: there is no statement in front of it, and none was sent before");
        }
        SqlText statement = SqlText.of(query);
        if (statement.copiesIn() || statement.copiesOut()) {
            return new Outcome.Refused("\\watch cannot be used with COPY");
        }
        psql.lastQuery(query);
        ClientState before = psql.state();
        try {
            return again(statement, pace, before, request);
        } finally {
            psql.state(before);
        }
    }

    private Outcome again(SqlText statement, WatchPace pace, ClientState before, Request request) {
        Optional<String> own = Optional.of(before.options().getOrDefault("title", "")).filter(t -> !t.isEmpty());
        Outcome.Done last = new Outcome.Done(0, List.of(), List.of(), psql.transaction().state(), Optional.empty());
        for (long i = 0; pace.more(i); i++) {
            psql.state(before.titled(pace.title(own)));
            Outcome outcome = runner.statement(statement, statement.text() + "\n;", "", request);
            boolean asked = running.cancelAsked() && !running.timedOut() && !running.killed();
            if (outcome instanceof Outcome.Cancelled c && asked && i > 0 && c.transaction() != Transaction.FAILED
                    && psql.alive()) {
                // that is how psql's \watch is ended too
                return last;
            }
            if (!(outcome instanceof Outcome.Done done)) {
                return outcome;
            }
            last = done;
            if (pace.more(i + 1)) {
                running.pause(pace.millis());
            }
            if (running.abandoned()) {
                return new Outcome.Lost("left while \\watch waited");
            }
            if (running.cancelAsked() && !running.killed()) {
                return running.timedOut() ? new Outcome.Cancelled("ended", true, List.of(), psql.transaction().state())
                        : last;
            }
        }
        return last;
    }
}
