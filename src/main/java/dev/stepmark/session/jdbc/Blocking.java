package dev.stepmark.session.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls of the system that may never come back, made on a thread of their own: a FIFO that nobody opens at its other end,
 * a program that does not read. Whoever waits for one gives up when the execution is to end.
 */
final class Blocking implements AutoCloseable {

    private static final long LOOK_MILLIS = 50;
    /** How long a session that is closed waits for who takes its results. */
    private static final long CLOSE_MILLIS = 5000;

    private final Run run;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread made = new Thread(task, "stepmark-blocking");
        made.setDaemon(true);
        return made;
    });

    Blocking(Run run) {
        this.run = run;
    }

    /** Nobody waits for it any more. */
    static final class GivenUp extends InterruptedIOException {
        private static final long serialVersionUID = 1L;

        GivenUp() {
            super("it did not answer until it was stopped");
        }
    }

    /** What may block. */
    @FunctionalInterface
    interface Work<T> {
        T get() throws IOException;
    }

    /** Does it, and gives up when a cancel, a kill or the end of the session comes before its own end. */
    <T> T call(Work<T> work) throws IOException {
        Future<T> future = thread.submit(work::get);
        long begin = System.nanoTime();
        try {
            while (true) {
                try {
                    return future.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    if (stopped(begin)) {
                        throw new GivenUp();
                    }
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GivenUp();
        }
    }

    /** What takes results ends in a later execution than the one that named it, or with the session. */
    private boolean stopped(long begin) {
        Execution now = run.session().execution();
        boolean late = now == null && System.nanoTime() - begin > CLOSE_MILLIS * 1_000_000;
        return late || (now == null ? run.execution() : now).stopAsked();
    }

    /** Ends its thread; an interruptible channel that still blocks there is closed by that. */
    @Override
    public void close() {
        thread.shutdownNow();
    }

    /** Reads through this. */
    InputStream reading(InputStream in) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return call(() -> in.read(bytes, offset, length));
            }

            @Override
            public void close() throws IOException {
                Blocking.this.close();
                in.close();
            }
        };
    }

    /** Writes through this; bytes are sent on in the pieces in which they come. */
    OutputStream writing(OutputStream out) {
        return new OutputStream() {
            private boolean stuck;

            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                patiently(() -> {
                    out.write(bytes, offset, length);
                    return null;
                });
            }

            @Override
            public void flush() throws IOException {
                patiently(() -> {
                    out.flush();
                    return null;
                });
            }

            /** After one call was given up nothing goes on behind it. */
            private void patiently(Work<Void> work) throws IOException {
                if (stuck) {
                    throw new GivenUp();
                }
                try {
                    call(work);
                } catch (GivenUp e) {
                    stuck = true;
                    throw e;
                }
            }

            @Override
            public void close() throws IOException {
                try {
                    patiently(() -> {
                        out.close();
                        return null;
                    });
                } finally {
                    Blocking.this.close();
                }
            }
        };
    }
}
