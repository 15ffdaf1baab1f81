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

    /** The execution ended; puts the screen in order. */
    @Override
    void close();
}
