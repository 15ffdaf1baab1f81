package dev.stepmark.session.jdbc;

import dev.stepmark.session.Outcome;
import dev.stepmark.session.Outcome.Change;
import dev.stepmark.session.Outcome.Problem;
import dev.stepmark.session.Result;
import dev.stepmark.sql.CommandText;
import dev.stepmark.sql.SqlSplitter.Kind;
import dev.stepmark.sql.SqlSplitter.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One pass through a script: what was done so far, and what that amounts to. */
final class ScriptRun {

    /** Tables that are kept for the screen; a script may have thousands. */
    private static final int TABLES = 20;

    private final Interpreter interpreter;
    private final Run run;
    private final String name;
    private final Conditionals conditionals = new Conditionals();
    private final List<Result> results = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private Optional<Change> change = Optional.empty();
    private int done;
    /** Settings that were there before the transaction that is open. */
    private int settingsKept;

    ScriptRun(Interpreter interpreter, Run run, String name) {
        this.interpreter = interpreter;
        this.run = run;
        this.name = name;
    }

    Outcome run(List<Piece> pieces) {
        for (Piece piece : pieces) {
            Run here = run.with(run.output().prefixed(prefix(piece)));
            CommandText command = piece.kind() == Kind.META ? CommandText.of(piece.text(),
                    run.wire().standardStrings()) : null;
            if (command != null && Conditionals.WORDS.contains(command.name())) {
                conditionals.word(command.name(), () -> interpreter.condition(command, here));
            } else if (conditionals.live()) {
                if (run.execution().stopAsked()) {
                    return run.stopped("not sent");
                }
                Outcome.Transaction before = run.wire().transaction();
                int settingsBefore = settings();
                Outcome outcome = piece(piece, here);
                if (!(outcome instanceof Outcome.Done good)) {
                    return ended(outcome, piece, here);
                }
                add(good);
                transaction(before, settingsBefore, good);
                if (!good.problems().isEmpty()) {
                    // it did not do what it says: what comes after it relies on it
                    break;
                }
            } else if (command != null && !interpreter.knows(command.name())) {
                // psql looks at the name whether the branch runs or not
                return ended(new Outcome.Refused("invalid command " + command.name()), piece, here);
            }
        }
        return new Outcome.Done(0, problems, results, run.wire().transaction(), change);
    }

    private Outcome piece(Piece piece, Run here) {
        try {
            return interpreter.piece(piece.text(), piece.kind(), here);
        } catch (IllegalArgumentException e) {
            // what was done before it must not be called not run
            return new Outcome.Refused(e.getMessage());
        }
    }

    /** As psql has it: the line in which the statement ends. */
    private String prefix(Piece piece) {
        long line = piece.line() + 1 + piece.text().chars().filter(c -> c == '\n').count();
        return run.script() == null ? run.output().prefix() : "psql:" + run.script() + ":" + line + ": ";
    }

    private void add(Outcome.Done good) {
        done++;
        problems.addAll(good.problems());
        for (Result result : good.results()) {
            boolean keep = results.size() < TABLES || !result.table();
            results.add(keep ? result : new Result(result.tag(), List.of(), List.of(), result.rowCount(), false));
        }
        if (good.change().isPresent()) {
            change = Optional.of(change.map(c -> Changes.then(c, good.change().get())).orElseGet(good.change()::get));
        }
    }

    private int settings() {
        return change.map(c -> c.settings().size()).orElse(0);
    }

    /** With a transaction that is rolled back goes what SET has done in it. */
    private void transaction(Outcome.Transaction before, int settingsBefore, Outcome.Done good) {
        boolean open = run.wire().transaction() != Outcome.Transaction.NONE;
        if (before == Outcome.Transaction.NONE && open) {
            settingsKept = settingsBefore;
        } else if (before != Outcome.Transaction.NONE && !open) {
            boolean back = good.results().stream().anyMatch(r -> r.tag().equals("ROLLBACK"));
            change = back ? change.map(c -> Changes.rolledBack(c, settingsKept)) : change;
        }
    }

    /** Says where it ended: "nothing was run" would not be true of the whole. */
    private Outcome ended(Outcome outcome, Piece piece, Run here) {
        change.ifPresent(run.client()::unfinished);
        String where = "at line " + (piece.line() + 1) + " of " + name + "; " + (done == 0 ? "nothing before it was run"
                : done + (done == 1 ? " statement or command before it was done" : " statements or commands before it"
                + " were done"));
        if (outcome instanceof Outcome.Failed failed) {
            return new Outcome.Failed(failed.sqlState(), failed.message() + "\n(" + where + ")",
                    failed.transaction());
        }
        if (outcome instanceof Outcome.Refused refused && done > 0) {
            here.output().problem(refused.reason() + "\n");
            return new Outcome.Failed("", refused.reason() + "\n(" + where + ")", run.wire().transaction());
        }
        return outcome;
    }
}
