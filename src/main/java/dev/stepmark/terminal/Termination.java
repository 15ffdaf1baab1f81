package dev.stepmark.terminal;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.Signals;

/** The signals that end a program, told to somebody instead of ending it at once. */
public final class Termination implements AutoCloseable {

    private final List<Object[]> before = new ArrayList<>();

    /**
     * Takes the signals over until it is closed.
     *
     * @param interrupt whether Ctrl-C (INT) too; at a terminal it belongs to whoever reads the keyboard
     * @param told      called at the first of them, on a thread of its own
     */
    public Termination(boolean interrupt, Runnable told) {
        for (String name : interrupt ? List.of("INT", "TERM", "HUP") : List.of("TERM", "HUP")) {
            before.add(new Object[] {name, Signals.register(name, told)});
        }
    }

    /** Gives the signals back. */
    @Override
    public void close() {
        before.forEach(pair -> Signals.unregister((String) pair[0], pair[1]));
    }
}
