package dev.stepmark.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The process's streams; only this package touches them.
 *
 * @param in     standard input
 * @param out    what a command is for: plans, lists, JSON
 * @param err    messages, and everything a run without a terminal says
 * @param person tells whether a person is at standard input and output; asked only by who needs to know, because the
 *               answer may cost a native library
 */
public record Io(InputStream in, PrintStream out, PrintStream err, BooleanSupplier person) {

    /** Streams of which it is known already whether a person is there. */
    public Io(InputStream in, PrintStream out, PrintStream err, boolean terminal) {
        this(in, out, err, () -> terminal);
    }

    /** Prints lines at once: each call of the stream would be a write of its own. */
    void print(List<String> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line).append(System.lineSeparator()));
        out.print(text);
        out.flush();
    }

    /** Whether a person is at standard input and output. */
    public boolean terminal() {
        return person.getAsBoolean();
    }
}
