package dev.stepmark.run;

import dev.stepmark.message.ExitCode;

/**
 * A signal that ends the program. What runs is cancelled, and left when it does not stop soon; nothing further starts.
 * The outcome is recorded as usual, and an execution that was left is in doubt by its intent alone.
 */
final class Interruption {

    /** How long an execution may take to stop before it is left. */
    private static final long PATIENCE_MILLIS = 700;
    private static final long AGAIN_MILLIS = 100;

    private volatile boolean asked;
    private RunControl running;

    /** Throws when the program is to end: called before anything starts, and before every question. */
    void check() {
        if (asked) {
            throw new StopRun("stopped", ExitCode.INTERRUPTED);
        }
    }

    /** What runs from now on; null for nothing. */
    synchronized void running(RunControl control) {
        running = control;
        notifyAll();
    }

    /** From the thread of the signal: returns when nothing runs any more, or what ran was left. */
    synchronized void stop() {
        asked = true;
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        while (running != null) {
            boolean over = System.nanoTime() >= end;
            RunControl control = running;
            if (over) {
                control.abandon();
                return;
            }
            // a cancel that comes before its statement has no effect: it is repeated
            Thread canceller = new Thread(control::cancel, "stepmark-signal");
            canceller.setDaemon(true);
            canceller.start();
            pause();
        }
    }

    private void pause() {
        try {
            wait(AGAIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
