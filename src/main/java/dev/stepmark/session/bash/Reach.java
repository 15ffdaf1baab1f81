package dev.stepmark.session.bash;

import java.util.List;

/** How the processes of a shell are reached from outside of it. */
interface Reach {

    /** The present in the clock of the processes' own machine: what begins from now on can be told from what was there. */
    long now();

    /** Throws away the rest of the block, whatever runs, as soon as what runs has ended. */
    void throwOut();

    /** Interrupts what was started since then; whether that could be done. */
    boolean interrupt(long since);

    /** Ends what was started since then: TERM, or KILL. */
    void end(long since, boolean force);

    /** Ends it by TERM and then KILL; who is still there afterwards, for people. */
    List<String> sweep(long since);
}
