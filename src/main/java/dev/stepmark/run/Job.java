package dev.stepmark.run;

import dev.stepmark.journal.OutputRecorder;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Step;
import dev.stepmark.session.CancelReport;
import dev.stepmark.session.Console;
import dev.stepmark.session.Outcome;
import dev.stepmark.session.Request;
import dev.stepmark.session.Session;
import java.util.concurrent.TimeUnit;

/**
 * A block that runs in the background, in a shell of its own. What it prints is recorded by its own thread; its outcome
 * is recorded by the thread of the run, like everything else.
 */
final class Job implements RunControl {

    private static final long PATIENCE_MILLIS = 3000;

    final Step step;
    final Block block;
    final String label;
    final String exec;
    private final Session session;
    private final OutputRecorder recorder;
    private final Tail tail;
    private final long begin = System.nanoTime();
    private long end;
    private Outcome outcome;

    Job(Step step, Block block, String exec, Session session, OutputRecorder recorder, Tail tail) {
        this.step = step;
        this.block = block;
        this.label = Cards.label(step, block);
        this.exec = exec;
        this.session = session;
        this.recorder = recorder;
        this.tail = tail;
    }

    void start(Request request) {
        Thread thread = new Thread(() -> over(run(request)), "stepmark-job-" + label);
        thread.setDaemon(true);
        thread.start();
    }

    private Outcome run(Request request) {
        try {
            return session.run(request, recorder, Console.nobody());
        } catch (RuntimeException e) {
            return new Outcome.Lost("its output could not be taken: " + e.getMessage());
        }
    }

    private synchronized void over(Outcome how) {
        end = System.nanoTime();
        outcome = how;
        notifyAll();
    }

    /** How it ended; null while it runs. */
    synchronized Outcome outcome() {
        return outcome;
    }

    /** Waits for its end; whether it has ended. */
    synchronized boolean awaitEnd(long millis) {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (outcome == null && System.nanoTime() - until < 0) {
            try {
                wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime())));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        return outcome != null;
    }

    synchronized long millis() {
        return TimeUnit.NANOSECONDS.toMillis((outcome == null ? System.nanoTime() : end) - begin);
    }

    Tail tail() {
        return tail;
    }

    OutputRecorder recorder() {
        return recorder;
    }

    /** Who runs it, for people. */
    String process() {
        return "in a shell of its own, pid " + session.opened().identity().getOrDefault("pid", "?");
    }

    @Override
    public CancelReport cancel() {
        return session.cancel();
    }

    @Override
    public CancelReport kill() {
        return session.kill();
    }

    @Override
    public void abandon() {
        session.close();
    }

    /** Ends it and everything that it started: asked first, then by force. */
    void stop() {
        if (outcome() == null) {
            cancel();
            if (!awaitEnd(PATIENCE_MILLIS)) {
                kill();
                awaitEnd(PATIENCE_MILLIS);
            }
        }
        session.close();
        awaitEnd(PATIENCE_MILLIS);
    }
}
