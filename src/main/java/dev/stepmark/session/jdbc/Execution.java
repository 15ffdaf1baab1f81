package dev.stepmark.session.jdbc;

import dev.stepmark.session.CancelReport;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** One execution in progress: who asked it to stop, and how. A cancel is sent only while it is not over. */
final class Execution {

    /** Abandoning must not wait for a lock, so whoever pauses looks for it. Milliseconds. */
    private static final long ABANDON_LOOK = 100;

    private volatile Wire wire;
    private volatile boolean cancelAsked;
    private volatile boolean timedOut;
    private volatile boolean killed;
    private volatile boolean abandoned;
    private final List<Runnable> stoppers = new ArrayList<>();
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

    /** A script has gone to another connection: what follows goes there, and a cancel too. */
    synchronized void wire(Wire other) {
        wire = other;
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
        stoppers.forEach(Runnable::run);
        notifyAll();
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
        stoppers.forEach(Runnable::run);
        notifyAll();
        return how.get();
    }

    /** Cuts the connection; what runs on the server goes on. Never waits. */
    void abandon() {
        abandoned = true;
        wire.abort();
    }

    /** Also asks this to stop when a cancel or kill comes: a program, say. */
    synchronized void stops(Runnable stopper) {
        stoppers.add(stopper);
    }

    /** It does not run any more. */
    synchronized void stopped(Runnable stopper) {
        stoppers.remove(stopper);
    }

    /** Whether anybody wants it to end. */
    boolean stopAsked() {
        return cancelAsked || killed || abandoned;
    }

    /** Waits, at most so long, until somebody wants it to end. */
    synchronized void pause(long millis) {
        long end = System.nanoTime() + millis * 1_000_000;
        try {
            for (long left = end - System.nanoTime(); left > 0 && !stopAsked(); left = end - System.nanoTime()) {
                wait(Math.max(1, Math.min(left / 1_000_000, ABANDON_LOOK)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
