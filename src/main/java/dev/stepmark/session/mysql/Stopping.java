package dev.stepmark.session.mysql;

import dev.stepmark.session.CancelReport;
import java.util.function.Supplier;

/** One execution in progress: who asked it to stop, and how. Nothing is sent to the server once it is over. */
final class Stopping {

    private boolean cancelAsked;
    private boolean timedOut;
    private boolean killed;
    private boolean over;
    private volatile boolean abandoned;

    /** Asks the server in the given way, unless it is over; waits for one that is under way. */
    synchronized CancelReport cancel(boolean byTimeout, Supplier<CancelReport> how) {
        if (over || abandoned) {
            return CancelReport.NOTHING;
        }
        timedOut |= byTimeout && !cancelAsked;
        cancelAsked = true;
        return how.get();
    }

    /** The same by force. */
    synchronized CancelReport kill(Supplier<CancelReport> how) {
        if (over) {
            return CancelReport.NOTHING;
        }
        killed = true;
        return how.get();
    }

    /** Never waits. */
    void abandon() {
        abandoned = true;
    }

    /** The next statement of the same execution; false when somebody has asked to stop. */
    synchronized boolean next() {
        over = false;
        return !cancelAsked && !killed && !abandoned;
    }

    /** Nothing is sent from now on. */
    synchronized void finish() {
        over = true;
    }

    synchronized boolean over() {
        return over;
    }

    synchronized boolean asked() {
        return cancelAsked || killed;
    }

    synchronized boolean timedOut() {
        return timedOut;
    }

    boolean abandoned() {
        return abandoned;
    }
}
