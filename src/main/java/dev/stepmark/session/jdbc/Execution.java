package dev.stepmark.session.jdbc;

import dev.stepmark.session.CancelReport;
import java.sql.SQLException;

/** One execution in progress: who asked it to stop, and how. A cancel is sent only while it is not over. */
final class Execution {

    private final Wire wire;
    private volatile boolean cancelAsked;
    private volatile boolean timedOut;
    private volatile boolean killed;
    private volatile boolean abandoned;
    private boolean over;

    Execution(Wire wire) {
        this.wire = wire;
    }

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

    Wire wire() {
        return wire;
    }

    /**
     * Asks the server to cancel. A request that comes before the statement has reached the server is lost, so the
     * caller repeats it until the execution is over.
     */
    synchronized CancelReport cancel(boolean byTimeout) {
        if (over) {
            return CancelReport.NOTHING;
        }
        timedOut |= byTimeout && !cancelAsked;
        cancelAsked = true;
        try {
            wire.cancel();
            return new CancelReport(true, "asked the server (pid " + wire.backendPid() + ")");
        } catch (SQLException e) {
            return new CancelReport(true, "the server could not be asked: " + e.getMessage());
        }
    }

    /** Ends it by force, in the given way, unless it is over. */
    synchronized CancelReport kill(java.util.function.Supplier<CancelReport> how) {
        if (over) {
            return CancelReport.NOTHING;
        }
        killed = true;
        return how.get();
    }

    /** Cuts the connection; what runs on the server goes on. Never waits. */
    void abandon() {
        abandoned = true;
        wire.abort();
    }

    /** No cancel is sent from now on; waits for one that is under way, so that it cannot hit the next statement. */
    synchronized void finish() {
        over = true;
    }

    synchronized boolean over() {
        return over;
    }
}
