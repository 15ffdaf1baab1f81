package dev.stepmark.run;

import dev.stepmark.journal.Event;
import dev.stepmark.session.Outcome;
import dev.stepmark.session.Result;
import dev.stepmark.shell.ShellCommand;
import dev.stepmark.shell.ShellFacts;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What an outcome means: for the journal, and for the closing line that people read. */
final class Outcomes {

    /** Programs that end or replace their shell. */
    private static final Set<String> ENDING = Set.of("exit", "exec", "logout", "kill");

    /** How a problem begins that is an expectation of the author. */
    static final String EXPECT = "expect=\"";

    private Outcomes() { }

    /** Whether the execution succeeded: a block that half failed did not. */
    static boolean succeeded(Outcome outcome) {
        return outcome instanceof Outcome.Done done && done.exit() == 0 && done.problems().isEmpty();
    }

    /** The outcome as an event. */
    static Event.ExecFinished event(String exec, Outcome outcome, long millis, List<Event.Output> outputs) {
        if (outcome instanceof Outcome.Done done) {
            return new Event.ExecFinished(exec, "done", done.exit(), done.problems().stream().map(Outcomes::problem)
                    .toList(), "", rows(done), done.results().stream().map(Result::tag).toList(), outputs, "", millis,
                    List.of(), List.of());
        }
        if (outcome instanceof Outcome.Failed failed) {
            return bare(exec, "failed", -1, failed.sqlState(), outputs, failed.message(), millis, List.of());
        }
        if (outcome instanceof Outcome.Cancelled cancelled) {
            return bare(exec, "cancelled", -1, cancelled.proof(), outputs, cancelled.timedOut() ? "its time was over"
                    : "by the operator", millis, cancelled.survivors());
        }
        if (outcome instanceof Outcome.Stopped stopped) {
            return bare(exec, "stopped", -1, "", outputs, Wishes.words(stopped), millis, List.of());
        }
        if (outcome instanceof Outcome.Ended ended) {
            return bare(exec, "ended", ended.status(), "", outputs, ended.how(), millis, List.of());
        }
        if (outcome instanceof Outcome.Refused refused) {
            return bare(exec, "refused", -1, "", outputs, refused.reason(), millis, List.of());
        }
        return bare(exec, "lost", -1, "", outputs, ((Outcome.Lost) outcome).evidence(), millis, List.of());
    }

    /** Whether a block ended its shell well, but has commands behind what may have ended it: they were not run. */
    static boolean leftLinesOut(String text, Outcome outcome) {
        if (!(outcome instanceof Outcome.Ended ended) || ended.status() != 0) {
            return false;
        }
        List<ShellCommand> commands = ShellFacts.of(text).commands();
        return !commands.isEmpty() && !ENDING.contains(commands.get(commands.size() - 1).program());
    }

    /** The same event for a block of which a part was not run: it did not succeed. */
    static Event.ExecFinished inPart(Event.ExecFinished e) {
        return new Event.ExecFinished(e.exec(), e.outcome(), e.exit(), List.of("lines behind it were not run"),
                e.sqlState(), e.rows(), e.tags(), e.outputs(), e.message(), e.millis(), e.tolerated(), e.survivors());
    }

    private static Event.ExecFinished bare(String exec, String outcome, int exit, String state,
            List<Event.Output> outputs, String message, long millis, List<String> survivors) {
        return new Event.ExecFinished(exec, outcome, exit, List.of(), state, -1, List.of(), outputs, message, millis,
                List.of(), survivors);
    }

    /** Rows of all results, -1 when none has a count. */
    static long rows(Outcome.Done done) {
        long sum = 0;
        boolean any = false;
        for (Result result : done.results()) {
            if (result.rowCount() >= 0) {
                sum += result.rowCount();
                any = true;
            }
        }
        return any ? sum : -1;
    }

    static String problem(Outcome.Problem problem) {
        String where = problem.line() > 0 ? "line " + problem.line() + ": " : "";
        return where + problem.command() + " -> " + problem.status();
    }

    /** The rest of a closing line. */
    static String line(Outcome outcome, long millis, boolean shell) {
        String time = Texts.duration(millis);
        if (outcome instanceof Outcome.Done done) {
            return done(done, time, shell);
        }
        if (outcome instanceof Outcome.Failed failed) {
            return "SQLSTATE " + failed.sqlState() + " after " + time;
        }
        if (outcome instanceof Outcome.Cancelled cancelled) {
            return time + "; " + (cancelled.timedOut() ? "its time was over" : "by you") + " (" + cancelled.proof() + ")"
                    + (cancelled.survivors().isEmpty() ? "" : "; still there: " + String.join(", ",
                    cancelled.survivors()));
        }
        if (outcome instanceof Outcome.Ended ended) {
            return "the session ended: " + ended.how() + ", " + time;
        }
        if (outcome instanceof Outcome.Refused refused) {
            return "nothing was run: " + refused.reason();
        }
        if (outcome instanceof Outcome.Stopped stopped) {
            return Wishes.words(stopped) + ", " + time;
        }
        return "nobody knows how it ended: " + ((Outcome.Lost) outcome).evidence();
    }

    private static String done(Outcome.Done done, String time, boolean shell) {
        List<Outcome.Problem> unmet = done.problems().stream().filter(p -> p.command().startsWith(EXPECT)).toList();
        if (!unmet.isEmpty()) {
            return "it ran, but not as the author expects: " + problem(unmet.get(0)) + "; " + time;
        }
        if (!done.problems().isEmpty() && done.exit() == 0) {
            return "exit 0, but not all of it worked: " + done.problems().stream().map(Outcomes::problem)
                    .collect(Collectors.joining("; ")) + "; " + time;
        }
        if (shell) {
            return "exit " + done.exit() + ", " + time;
        }
        long rows = rows(done);
        return (rows >= 0 ? Texts.count(rows, "row") + ", " : "") + time;
    }
}
