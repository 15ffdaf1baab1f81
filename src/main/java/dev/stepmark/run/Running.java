package dev.stepmark.run;

import dev.stepmark.session.Console;
import dev.stepmark.session.OutputSink;

/** The screen while an execution runs. */
public interface Running extends AutoCloseable {

    /** Where output goes; bytes are masked already. RESULT bytes are not shown (see {@link ResultCard}). */
    OutputSink sink();

    /** The person's terminal, for what runs. */
    default Console console() {
        return Console.nobody();
    }

    /** Words about how far it is, in the line of what runs; nothing where there is no such line. */
    default void progress(String words) {
        // most screens show nothing
    }

    /** The same screen for one of several executions: it stays when that one ends. */
    static Running lent(Running whole) {
        return new Running() {
            @Override
            public OutputSink sink() {
                return whole.sink();
            }

            @Override
            public Console console() {
                return whole.console();
            }

            @Override
            public void close() {
                // the owner closes it
            }
        };
    }

    /** The execution ended; puts the screen in order. */
    @Override
    void close();
}
