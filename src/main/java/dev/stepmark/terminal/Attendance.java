package dev.stepmark.terminal;

import dev.stepmark.run.Watch;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Looks at a {@link Watch} while a line is read, on a thread of its own, and takes the question back when it is over. */
final class Attendance {

    private static final long LOOK_MILLIS = 200;

    private volatile Optional<Watch> watch = Optional.empty();
    private final Object lock = new Object();
    private Thread reading;

    /** What is looked at from now on. */
    void watch(Optional<Watch> other) {
        watch = other;
    }

    /** Whether nobody waits for the answer any more. */
    boolean over() {
        return watch.map(Watch::over).orElse(false);
    }

    /**
     * Reads a line while it is looked.
     *
     * @param news shows lines above the question
     * @param read reads; interrupted when it is over
     */
    Line during(Consumer<List<String>> news, Supplier<Line> read) {
        Optional<Watch> now = watch;
        if (now.isEmpty()) {
            return read.get();
        }
        synchronized (lock) {
            reading = Thread.currentThread();
        }
        Thread looking = new Thread(() -> look(now.get(), news), "stepmark-watch");
        looking.setDaemon(true);
        looking.start();
        try {
            return over() ? new Line.Ended() : read.get();
        } finally {
            stop();
            looking.interrupt();
        }
    }

    /** From here on nothing interrupts this thread: it goes back to work that an interrupt would damage. */
    private void stop() {
        synchronized (lock) {
            reading = null;
            Thread.interrupted();
        }
    }

    private void look(Watch now, Consumer<List<String>> news) {
        try {
            while (mine()) {
                List<String> lines = now.over() ? List.of() : now.news();
                if (!lines.isEmpty() && mine()) {
                    news.accept(lines);
                }
                synchronized (lock) {
                    if (reading != null && now.over()) {
                        reading.interrupt();
                        return;
                    }
                }
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            // the line has been read
            return;
        }
    }

    private boolean mine() {
        synchronized (lock) {
            return reading != null;
        }
    }
}
