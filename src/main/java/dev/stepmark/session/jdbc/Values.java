package dev.stepmark.session.jdbc;

import dev.stepmark.session.Outcome;
import dev.stepmark.sql.MetaArguments;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where the arguments of a command get values: the session's variables, and programs in backticks. */
final class Values implements MetaArguments.Source {

    private final Run run;
    private final List<Outcome.Problem> problems = new ArrayList<>();
    /** Arguments that are only looked at to say that they are ignored run nothing. */
    boolean inert;

    Values(Run run) {
        this.run = run;
    }

    @Override
    public Optional<String> variable(String name) {
        return run.client().variables().get(name);
    }

    @Override
    public String program(String command) {
        if (inert) {
            return "";
        }
        if (run.execution().stopAsked()) {
            problems.add(new Outcome.Problem(0, "`" + command + "`", "not run: it was cancelled before"));
            return "";
        }
        try {
            String printed = new Programs(run).capture(command);
            String status = run.client().variables().get("SHELL_EXIT_CODE").orElse("0");
            if (!status.equals("0")) {
                problems.add(new Outcome.Problem(0, "`" + command + "`", status));
            }
            return printed;
        } catch (Programs.NotRun e) {
            run.output().problem(e.getMessage() + "\n");
            problems.add(new Outcome.Problem(0, "`" + command + "`", e.getMessage()));
            return "";
        }
    }

    /** A program that failed is not passed over: the command did not get what it asked for. */
    Outcome.Done problems(Outcome.Done done) {
        List<Outcome.Problem> all = new ArrayList<>(problems);
        all.addAll(done.problems());
        return new Outcome.Done(done.exit(), all, done.results(), done.transaction(), done.change());
    }
}
