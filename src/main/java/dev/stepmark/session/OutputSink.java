package dev.stepmark.session;

/** Takes output while it comes. Methods may be called from several threads, one for each stream. */
public interface OutputSink {

    /** Where output comes from. */
    enum Stream {
        /** Standard output of a program. */
        STDOUT,
        /** Standard error of a program, or notices and errors of a server as psql prints them. */
        STDERR,
        /** What a program wrote to its controlling terminal. */
        TTY,
        /** Results of SQL as psql prints them: for the record; the screen renders {@link Result} itself. */
        RESULT,
        /** Statements that a text sent besides or instead of itself, each with a line feed: for the record only. */
        SENT
    }

    /**
     * Some output. The buffer belongs to the caller and is reused after return.
     *
     * @param stream where it comes from
     * @param buffer bytes, cut anywhere, also inside a character
     * @param offset first byte
     * @param length number of bytes
     */
    void write(Stream stream, byte[] buffer, int offset, int length);

    /**
     * How far a transfer of data is: for the screen while it runs, never for the record.
     *
     * @param rows  so far; negative when nobody knows
     * @param bytes so far
     */
    default void progress(long rows, long bytes) {
        // most sinks show nothing
    }

    /** A sink that drops everything. */
    static OutputSink none() {
        return (stream, buffer, offset, length) -> { };
    }
}
