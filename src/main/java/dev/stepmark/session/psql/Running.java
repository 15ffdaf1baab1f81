package dev.stepmark.session.psql;

import dev.stepmark.session.CancelReport;
import java.util.function.Supplier;

/** One execution in progress: who asked it to stop, and how. A cancel is sent only while it is not over. */
final class Running {

    private static final long LOOK_MILLIS = 100;

    private volatile boolean cancelAsked;
    private volatile boolean timedOut;
    private volatile boolean killed;
    private volatile boolean abandoned;
    private boolean over;

    boolean cancelAsked() {
        return cancelAsked;
    }

    boolean timedOut() {
        return timedOut;
    }

    boolean killed() {
        return killed;
    }

    boolean abandoned() {
        return abandoned;
    }

    /** Asks the server in the given way, unless it is over. */
    synchronized CancelReport cancel(boolean byTimeout, Supplier<CancelReport> how) {
        if (over) {
            return CancelReport.NOTHING;
        }
        timedOut |= byTimeout && !cancelAsked;
        cancelAsked = true;
        notifyAll();
        return abandoned ? CancelReport.NOTHING : how.get();
    }

    /** Ends it by force in the given way, unless it is over. */
    synchronized CancelReport kill(Supplier<CancelReport> how) {
        if (over) {
            return CancelReport.NOTHING;
        }
        killed = true;
        notifyAll();
        return how.get();
    }

    /** Never waits. */
    void abandon() {
        abandoned = true;
    }

    /** Waits between two runs of a statement; less when somebody asks for an end. */
    synchronized void pause(long millis) {
        long end = System.nanoTime() + millis * 1_000_000;
        long left = millis;
        while (left > 0 && !cancelAsked && !killed && !abandoned) {
            try {
                // somebody who leaves does not wait for this monitor
                wait(Math.min(left, LOOK_MILLIS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                abandoned = true;
            }
            left = (end - System.nanoTime()) / 1_000_000;
        }
    }

    /** No cancel is sent from now on; waits for one that is under way, so that it cannot hit the next statement. */
    synchronized void finish() {
        over = true;
    }

    synchronized boolean over() {
        return over;
    }
}
