package dev.stepmark.session.jdbc;

import dev.stepmark.session.Outcome;
import dev.stepmark.session.Request;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One execution, or a script inside one.
 *
 * @param session   where it runs
 * @param request   what was asked for
 * @param execution who wants it to stop
 * @param output    where everything goes
 * @param script    the file that is being read, or null
 * @param depth     how many scripts and conditionals are around
 */
record Run(JdbcSession session, Request request, Execution execution, Output output, Path script, int depth) {

    Client client() {
        return session.client();
    }

    Wire wire() {
        return session.connected().wire();
    }

    Run with(Output other) {
        return new Run(session, request, execution, other, script, depth);
    }

    Run inside(Path file) {
        return new Run(session, request, execution, output, file, depth + 1);
    }

    /** Whether what runs is the text of the execution itself. */
    boolean top() {
        return depth == 0;
    }

    /** A command that is done and changed nothing. */
    Outcome.Done done() {
        return done(Optional.empty());
    }

    Outcome.Done done(Optional<Outcome.Change> change) {
        return new Outcome.Done(0, List.of(), List.of(), wire().transaction(), change);
    }

    /** A command that could not do what it says; nothing was changed. */
    Outcome failed(String text) {
        output.problem(text + "\n");
        return new Outcome.Failed("", output.prefix() + text, wire().transaction());
    }

    /** It was stopped before or between statements. */
    Outcome stopped(String proof) {
        return execution.abandoned() ? new Outcome.Lost("left")
                : new Outcome.Cancelled(proof, execution.timedOut(), List.of(), wire().transaction());
    }
}
