package dev.stepmark.journal;

import java.util.List;
import java.util.Optional;

/**
 * One execution with all that is known about it.
 *
 * @param started     the intent
 * @param finished    the outcome, if one was recorded
 * @param utc         when the intent was recorded
 * @param finishedUtc when the outcome was recorded
 * @param resolved    what people or probes said about its doubt, the last one counts
 */
public record Execution(Event.ExecStarted started, Optional<Event.ExecFinished> finished, String utc,
        Optional<String> finishedUtc, List<Event.DoubtResolved> resolved) {

    public Execution {
        resolved = List.copyOf(resolved);
    }

    /** Its id. */
    public String id() {
        return started.exec();
    }

    /** Whether it ran to its end without any problem: exit 0, no failed line, no error but those that are safe. */
    public boolean succeeded() {
        return finished.map(Execution::clean).orElse(false);
    }

    /** A text that ends its session on purpose, {@code exit} or {@code \q}, ended well when the status says so. */
    private static boolean clean(Event.ExecFinished f) {
        boolean ended = f.outcome().equals("done") || f.outcome().equals("ended");
        return ended && f.exit() <= 0 && f.problems().isEmpty() || safe(f);
    }

    /** What is tolerated stands in the record of a failure only when it is all that went wrong. */
    private static boolean safe(Event.ExecFinished f) {
        return (f.outcome().equals("done") || f.outcome().equals("failed")) && !f.tolerated().isEmpty();
    }
}
