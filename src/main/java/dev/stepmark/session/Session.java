package dev.stepmark.session;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A place where text is executed and whose state lives on between executions: a shell, a database connection.
 *
 * <p>One execution runs at a time, on the caller's thread; {@link #cancel}, {@link #kill} and {@link #abandon} may be
 * called from any other thread while it runs, and do nothing when none does. A session never sees the journal: it
 * writes to a sink and returns an {@link Outcome}. It never throws for what the far side does: that is an outcome.
 */
public interface Session extends AutoCloseable {

    /** What was opened, as the far side reports it. */
    Opened opened();

    /**
     * What the session itself would send around a request now, for the record: what stands before it, {@code ...} for
     * the text, what stands after it. Empty when the text is sent alone.
     */
    default List<String> framing(Request request) {
        return List.of();
    }

    /** The text that would go out for a request now, where the session fills something into it. */
    default Sent sent(Request request) {
        return new Sent(request.text(), Map.of());
    }

    /** What a request would ask its operator for; the answers are handed over by {@link #answer} before it runs. */
    default List<Ask> asks(Request request) {
        return List.of();
    }

    /** Answers to {@link #asks} by name, for the next request only. */
    default void answer(Map<String, char[]> answers) {
        // most sessions ask for nothing
    }

    /**
     * Runs one text to its end. Output goes to the sink while it comes; all of it has been delivered on return.
     *
     * @param request what to run
     * @param sink    where output goes
     * @return how it ended; never null
     */
    Outcome run(Request request, OutputSink sink);

    /** What the last request changed in the session although it did not end well: a script that failed halfway. */
    default Optional<Outcome.Change> unfinished() {
        return Optional.empty();
    }

    /**
     * The same for an execution that a person attends: a program that asks on its terminal can be answered, and a
     * request that is {@link Request#attached} gets the whole terminal. Sessions without a terminal leave it alone.
     */
    default Outcome run(Request request, OutputSink sink, Console console) {
        return run(request, sink);
    }

    /**
     * Asks the running execution to stop: a server cancel, or an interrupt followed by TERM. Returns at once when
     * nothing runs. The session is meant to live on.
     */
    CancelReport cancel();

    /** Ends the running execution by force: KILL, or terminating the backend. The session may be lost. */
    CancelReport kill();

    /** Stops waiting: {@link #run} returns {@link Outcome.Lost}, and what runs there goes on. The session is lost. */
    void abandon();

    /** What can be asked of the server beside the texts; empty when there is no server of that kind. */
    default Optional<ServerSide> server() {
        return Optional.empty();
    }

    /** State that can open the session again (in memory only: it may hold secrets); empty when nobody knows it. */
    Optional<Snapshot> snapshot();

    /** Whether another text can be run. */
    boolean alive();

    /** Closes the session and everything that belongs to it. Never throws, can be repeated. */
    @Override
    void close();
}
