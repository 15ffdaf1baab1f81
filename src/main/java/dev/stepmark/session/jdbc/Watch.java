package dev.stepmark.session.jdbc;

import dev.stepmark.session.Outcome;
import dev.stepmark.table.Pset;
import dev.stepmark.table.TableOptions;
import java.util.Optional;

/** {@code \watch}: the same statement again and again, until it fails, is cancelled, or has run often enough. */
final class Watch {

    private final Run run;
    private final SqlText query;
    private final WatchPace pace;

    Watch(Run run, SqlText query, WatchPace pace) {
        this.run = run;
        this.query = query;
        this.pace = pace;
    }

    Outcome run() {
        TableOptions before = run.client().table();
        Outcome.Done last = run.done();
        try {
            for (long i = 0; pace.more(i); i++) {
                run.client().table(Pset.apply(before, "title", Optional.of(pace.title(before.title()))).options());
                Outcome outcome = new Statements(run).send(query);
                if (outcome instanceof Outcome.Cancelled c && !c.timedOut() && i > 0
                        && c.transaction() != Outcome.Transaction.FAILED && !run.wire().closed()) {
                    // that is how psql's \watch is ended too
                    return last;
                }
                if (!(outcome instanceof Outcome.Done done)) {
                    return outcome;
                }
                last = done;
                if (pace.more(i + 1)) {
                    run.execution().pause(pace.millis());
                }
                if (run.execution().stopAsked()) {
                    return stopped(last);
                }
            }
            return last;
        } finally {
            run.client().table(before);
        }
    }

    private Outcome stopped(Outcome.Done last) {
        boolean asked = run.execution().cancelAsked() && !run.execution().timedOut() && !run.execution().killed();
        return asked ? last : run.stopped("ended");
    }
}
