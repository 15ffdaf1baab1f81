package dev.stepmark.session.jdbc;

import dev.stepmark.session.Outcome;
import dev.stepmark.session.Outcome.Change;
import dev.stepmark.session.Result;
import dev.stepmark.sql.SqlSplitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The statements that a query made for {@code \gexec}: sent as they are, one value after the other. */
final class Made {

    private static final int TABLES = 20;

    private final Run run;
    private final long rows;
    private final List<Result> results = new ArrayList<>();
    private final List<Outcome.Problem> problems = new ArrayList<>();
    private Optional<Change> change = Optional.empty();
    private int sent;

    Made(Run run, long rows) {
        this.run = run;
        this.rows = rows;
    }

    /** Sends one; something when it is the last that may be sent. */
    Optional<Outcome> send(String text) {
        if (run.execution().stopAsked()) {
            return Optional.of(run.stopped("not sent"));
        }
        boolean several = SqlSplitter.split(text, run.wire().standardStrings()).size() > 1;
        SqlText statement = several ? SqlText.together(text) : SqlText.of(text);
        if (run.client().variables().get("ECHO").orElse("").equalsIgnoreCase("all")) {
            run.output().out(text + "\n");
        }
        Outcome outcome = run.client().keepingLastQuery(() -> new Statements(run).send(statement));
        if (!(outcome instanceof Outcome.Done done)) {
            return Optional.of(ended(outcome, text));
        }
        sent++;
        problems.addAll(done.problems());
        done.results().forEach(r -> results.add(results.size() < TABLES || !r.table() ? r
                : new Result(r.tag(), List.of(), List.of(), r.rowCount(), false)));
        done.change().ifPresent(c -> change = Optional.of(change.map(before -> Changes.then(before, c)).orElse(c)));
        return done.problems().isEmpty() ? Optional.empty() : Optional.of(done(done));
    }

    private Outcome ended(Outcome outcome, String text) {
        change.ifPresent(run.client()::unfinished);
        String first = text.strip().lines().findFirst().orElse("");
        String where = "\n(\\gexec: " + sent + (sent == 1 ? " statement" : " statements") + " before it done, of " + rows
                + (rows == 1 ? " row: " : " rows: ") + first + ")";
        if (outcome instanceof Outcome.Failed failed) {
            return new Outcome.Failed(failed.sqlState(), failed.message() + where, failed.transaction());
        }
        return outcome instanceof Outcome.Refused refused
                ? new Outcome.Failed("", refused.reason() + where, run.wire().transaction()) : outcome;
    }

    /** The outcome of all. */
    Outcome done(Outcome.Done query) {
        return new Outcome.Done(0, problems, results, run.wire().transaction(), change.or(query::change));
    }
}
