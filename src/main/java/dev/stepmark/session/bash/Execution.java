package dev.stepmark.session.bash;

import dev.stepmark.session.Outcome;
import dev.stepmark.session.OutputSink;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Waits for one block and stops it when asked. All signals are sent by the thread that waits, so none can be sent after
 * the block is over.
 */
final class Execution {

    /** What somebody wants of the running block, the stronger the later. */
    enum Ask { NOTHING, CANCEL, KILL, ABANDON, CLOSE }

    /** Why the wait ended. */
    enum End { COMPLETE, EXITED, LEFT }

    /** After the exit of the shell, or after the first end marker, this long without output is the end. */
    private static final long QUIET_MILLIS = 300;
    /** So long no byte must come before a marker that is missing is taken for one that cannot come. */
    private static final long MISSING_MILLIS = 5_000;
    /** Bash 5.2 dies of an interrupt that comes while it handles the signal before. */
    private static final long INTERRUPT_AFTER_MILLIS = 20;
    private static final long TERM_AFTER_MILLIS = 700;
    private static final long KILL_AFTER_MILLIS = 1000;
    private static final long AGAIN_MILLIS = 500;
    private static final int ROUNDS_BEFORE_KILL = 3;
    private static final int ROUNDS_BEFORE_TIMEOUT_KILL = 16;

    private final Shell shell;
    private final Frames frames;
    private final long begun;
    private final long deadline;
    private Frame frame;
    private Ask ask = Ask.NOTHING;
    private boolean timedOut;
    private boolean typeInterrupt = true;
    private int stage;
    private long stageAt;
    private long exitedAt;
    private TerminalWatch watch;
    private Outcome.Stopped wanted;

    Execution(Shell shell, Optional<Duration> timeout) {
        this.shell = shell;
        this.frames = shell.frames();
        this.begun = shell.reach().now();
        this.deadline = timeout.map(time -> System.nanoTime() + time.toNanos()).orElse(Long.MAX_VALUE);
    }

    /** Whether the terminal's interrupt character is used, or each process gets its signal. */
    void typeInterrupt(boolean value) {
        typeInterrupt = value;
    }

    /** Looks from now on whether what runs waits for a person. */
    void watch(TerminalWatch value) {
        watch = value;
    }

    /** What the block wanted of a person and could not have; null when it was not that which stopped it. */
    Outcome.Stopped wanted() {
        return wanted;
    }

    /** Asks; callable from any thread. */
    void ask(Ask what) {
        synchronized (frames) {
            if (what.compareTo(ask) > 0) {
                ask = what;
                stageAt = System.nanoTime();
                stage = what == Ask.KILL ? Math.max(stage, 3) : stage;
            }
            frames.notifyAll();
        }
    }

    Ask asked() {
        synchronized (frames) {
            return ask;
        }
    }

    /** The tick at which the block began. */
    long since() {
        return shell.far() ? shell.reach().now() : begun;
    }

    boolean timedOut() {
        return timedOut;
    }

    /** Whether any signal was sent. */
    boolean stopped() {
        return stage > 0;
    }

    /** Waits for the end of a frame; stops what runs when somebody asks or the time is over. */
    End await(Frame awaited) {
        frame = awaited;
        while (true) {
            boolean due = true;
            synchronized (frames) {
                Optional<End> end = end();
                if (end.isPresent()) {
                    return end.get();
                }
                if (!stopIsDue()) {
                    pause();
                    due = false;
                }
            }
            if (due) {
                stop();
            } else if (watch != null && goesOn()) {
                watch.look(this::goesOn, () -> ask(Ask.CANCEL)).ifPresent(this::stopFor);
            }
        }
    }

    private boolean goesOn() {
        synchronized (frames) {
            boolean over = deadline != Long.MAX_VALUE && System.nanoTime() - deadline >= 0;
            return ask == Ask.NOTHING && !over && !frames.anyArrived(frame) && !frames.hasExited();
        }
    }

    private void stopFor(Outcome.Stopped why) {
        wanted = why;
        ask(Ask.CANCEL);
    }

    private Optional<End> end() {
        if (frames.complete(frame)) {
            return Optional.of(End.COMPLETE);
        }
        if (ask == Ask.ABANDON || ask == Ask.CLOSE) {
            return Optional.of(End.LEFT);
        }
        if (frames.hasExited()) {
            exitedAt = exitedAt == 0 ? System.nanoTime() : exitedAt;
            boolean over = frames.outputClosed() || elapsed(exitedAt) >= QUIET_MILLIS && shell.quiet(QUIET_MILLIS);
            return over ? Optional.of(End.EXITED) : Optional.empty();
        }
        // The block closed a descriptor of the framing: the other markers have to do.
        // On a machine so busy that bash or a reader waits for its turn, a marker comes late, not never.
        return frames.anyArrived(frame) && shell.quiet(MISSING_MILLIS) ? Optional.of(End.COMPLETE) : Optional.empty();
    }

    private boolean stopIsDue() {
        long now = System.nanoTime();
        if (ask == Ask.NOTHING && deadline != Long.MAX_VALUE && now - deadline >= 0) {
            timedOut = true;
            ask = Ask.CANCEL;
            stageAt = now;
        }
        return ask != Ask.NOTHING && now - stageAt >= 0 && !frames.anyArrived(frame) && !frames.hasExited();
    }

    private void pause() {
        long millis = QUIET_MILLIS * 10;
        if (ask == Ask.NOTHING && deadline != Long.MAX_VALUE) {
            millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()) + 1;
        } else if (ask != Ask.NOTHING) {
            millis = TimeUnit.NANOSECONDS.toMillis(stageAt - System.nanoTime()) + 1;
        }
        if (frames.hasExited() || frames.anyArrived(frame)) {
            millis = QUIET_MILLIS / 10;
        }
        try {
            frames.wait(Math.max(1, Math.min(millis, watch == null ? QUIET_MILLIS * 10 : TerminalWatch.EVERY_MILLIS)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ask(Ask.ABANDON);
        }
    }

    /** One stage: interrupt, TERM, then KILL again and again. First the shell learns to drop the rest of the block. */
    private void stop() {
        if (stage == 0) {
            shell.reach().throwOut();
            next(INTERRUPT_AFTER_MILLIS);
        } else if (stage == 1) {
            shell.interrupt(since(), typeInterrupt);
            next(TERM_AFTER_MILLIS);
        } else if (stage == 2) {
            shell.reach().throwOut();
            shell.reach().end(since(), false);
            next(KILL_AFTER_MILLIS);
        } else {
            shell.reach().throwOut();
            shell.reach().end(since(), true);
            int rounds = stage - 3;
            if (asked() == Ask.KILL && rounds >= ROUNDS_BEFORE_KILL
                    || timedOut && rounds >= ROUNDS_BEFORE_TIMEOUT_KILL) {
                shell.kill();
            }
            next(AGAIN_MILLIS);
        }
        if (stage > 2) {
            // The interrupt may have come while the shell read the last line, and then that line is lost.
            shell.write(shell.script().end(frame.number, List.of()));
        }
    }

    private void next(long millis) {
        synchronized (frames) {
            stage++;
            stageAt = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        }
    }

    /**
     * After a stop: waits until no signal is on its way any more, so that none can hit the next block, and ends what
     * the block left behind.
     *
     * @return processes that could not be ended; null when the shell does not answer
     */
    List<String> settle(OutputSink sink, List<String> secretNames) {
        long begin = System.nanoTime();
        synchronized (frames) {
            while (shell.interruptPending() && elapsed(begin) < QUIET_MILLIS) {
                waitFor(5);
            }
        }
        if (!answers(sink, secretNames)) {
            return null;
        }
        return shell.reach().sweep(since());
    }

    private boolean answers(OutputSink sink, List<String> secretNames) {
        for (int i = 1; i <= 10 && !frames.hasExited(); i++) {
            frame = frames.begin(sink);
            shell.write(shell.script().end(frame.number, secretNames));
            long begin = System.nanoTime();
            synchronized (frames) {
                while (!frames.complete(frame) && !frames.hasExited() && elapsed(begin) < QUIET_MILLIS * i) {
                    waitFor(20);
                }
                if (frames.complete(frame) || frames.anyArrived(frame)) {
                    return true;
                }
            }
        }
        return false;
    }

    private void waitFor(long millis) {
        try {
            frames.wait(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The frame that was waited for last. */
    Frame lastFrame() {
        return frame;
    }

    private static long elapsed(long begin) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }
}
