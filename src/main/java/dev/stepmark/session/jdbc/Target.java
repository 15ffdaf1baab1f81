package dev.stepmark.session.jdbc;

import java.io.IOException;
import java.util.Optional;

/** Where {@code \o} or {@code \g} send results: a file or the input of a program. */
interface Target {

    /** Takes bytes; what cannot be written is reported by {@link #close}. */
    void write(byte[] bytes);

    /** Writes what is held back. */
    default void flush() throws IOException {
        // most hold nothing back
    }

    /** Whether somebody stopped waiting for it before it had taken everything: the rest went nowhere. */
    default boolean gaveUp() {
        return false;
    }

    /** Ends it, and waits for a program; how it failed, or empty. */
    Optional<String> close();
}
