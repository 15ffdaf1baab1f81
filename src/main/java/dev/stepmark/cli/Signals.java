package dev.stepmark.cli;

import dev.stepmark.message.ExitCode;
import dev.stepmark.run.Runner;
import dev.stepmark.terminal.Termination;
import java.util.concurrent.atomic.AtomicBoolean;

/** A run that a signal ends in order: what runs is cancelled and recorded, nothing further starts. */
final class Signals {

    /** Longer than a runner needs to record what it cancelled; then the process ends whatever goes on. */
    private static final long PATIENCE_MILLIS = 1500;

    private Signals() { }

    /** @param putBack gives the terminal back as it was found, before the process ends under a question */
    static ExitCode run(App app, Runner runner, Runnable putBack) {
        AtomicBoolean told = new AtomicBoolean();
        try (Termination signals = new Termination(!app.attended(), () -> {
            if (told.compareAndSet(false, true)) {
                end(app, runner, putBack);
            }
        })) {
            return runner.run();
        }
    }

    private static void end(App app, Runner runner, Runnable putBack) {
        app.io().err().println("interrupted; what runs is cancelled and recorded, and nothing further is started");
        Thread last = new Thread(() -> {
            try {
                Thread.sleep(PATIENCE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            // a question at a terminal, or a server that does not answer: the record is complete without them
            putBack.run();
            System.exit(ExitCode.INTERRUPTED.code());
        }, "stepmark-end");
        last.setDaemon(true);
        last.start();
        runner.interrupt();
    }
}
