package dev.stepmark.session.jdbc;

import dev.stepmark.session.OutputSink;
import dev.stepmark.session.OutputSink.Stream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/**
 * Programs that psql would start: {@code \!}, backticks, pipes. They run in a plain {@code sh} on this machine, apart
 * from every shell session: the document's shell may be busy, or somewhere else, and psql would not use it either.
 */
final class Programs {

    private static final long LOOK_MILLIS = 50;
    private static final long TERM_MILLIS = 2000;
    /** How long what a program left in the background may hold its output after it ended. */
    private static final long REST_MILLIS = 300;
    /** How long a session that is closed waits for the program that took its results. */
    private static final long CLOSE_MILLIS = 5000;
    private static final int BUFFER = 1 << 16;

    private final Run run;
    private final Map<String, String> environment;

    Programs(Run run) {
        this(run, run.client().environment());
    }

    Programs(Run run, Map<String, String> environment) {
        this.run = run;
        this.environment = environment;
    }

    /** A program that could not be started, or was left behind. */
    static final class NotRun extends Exception {
        private static final long serialVersionUID = 1L;

        NotRun(String message) {
            super(message, null, false, false);
        }
    }

    /** Runs a command and shows what it prints. Returns its status. */
    int show(String command) throws NotRun {
        Process process = start(command);
        closeInput(process);
        Thread out = pump(process.getInputStream(), (b, n) -> sink().write(Stream.STDOUT, b, 0, n));
        return end(process, out, errors(process));
    }

    /** Runs a command and returns what it prints, its last line feed taken off. */
    String capture(String command) throws NotRun {
        Process process = start(command);
        closeInput(process);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Thread out = pump(process.getInputStream(), (b, n) -> bytes.write(b, 0, n));
        end(process, out, errors(process));
        String text = bytes.toString(StandardCharsets.UTF_8);
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }

    /** Starts a command that reads what the target is given; its own output is shown. */
    Target pipe(String command) throws NotRun {
        Process process = start(command);
        Thread out = pump(process.getInputStream(), (b, n) -> sink().write(Stream.STDOUT, b, 0, n));
        Thread err = errors(process);
        return new Pipe(process, command, new Blocking(run), stopper(process), () -> end(process, out, err));
    }

    /** A program whose output is read by somebody else. */
    record Source(InputStream output, Ending ending) { }

    /** Waits for a program. */
    interface Ending {
        int await() throws NotRun;
    }

    /** Starts a command whose output the caller reads. */
    Source source(String command) throws NotRun {
        Process process = start(command);
        closeInput(process);
        Thread err = errors(process);
        return new Source(new Blocking(run).reading(process.getInputStream()), () -> end(process, null, err));
    }

    private Process start(String command) throws NotRun {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", command)
                .directory(run.client().directory().toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            run.execution().stops(stopper(process));
            return process;
        } catch (IOException e) {
            throw new NotRun("sh could not be started in " + run.client().directory() + ": " + e.getMessage());
        }
    }

    /** Asks it to end whenever it is called, and does not ask any more after a while: it may ignore that. */
    private static Runnable stopper(Process process) {
        AtomicLong first = new AtomicLong();
        return () -> {
            first.compareAndSet(0, System.nanoTime());
            stop(process, System.nanoTime() - first.get() > TERM_MILLIS * 1_000_000);
        };
    }

    /** A program that takes results ends in a later execution than the one that started it. */
    private Execution execution() {
        Execution now = run.session().execution();
        return now == null ? run.execution() : now;
    }

    private OutputSink sink() {
        OutputSink now = run.session().sink();
        return now == null ? run.output().sink() : now;
    }

    private static void stop(Process process, boolean forcibly) {
        List<ProcessHandle> children = process.descendants().toList();
        // The shell first: it would go on with its next command when the one that it waits for ends. By its handle,
        // because the process itself would flush its input, and wait for a program that does not read.
        stop(process.toHandle(), forcibly);
        children.forEach(child -> stop(child, forcibly));
    }

    private static void stop(ProcessHandle process, boolean forcibly) {
        if (forcibly) {
            process.destroyForcibly();
        } else {
            process.destroy();
        }
    }

    private int end(Process process, Thread out, Thread err) throws NotRun {
        Execution execution = execution();
        Runnable stopper = stopper(process);
        if (execution != run.execution()) {
            execution.stops(stopper);
        }
        boolean closing = run.session().execution() == null;
        long begin = System.nanoTime();
        try {
            while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                if (execution.abandoned()) {
                    throw new NotRun("left");
                }
                boolean late = closing && System.nanoTime() - begin > CLOSE_MILLIS * 1_000_000;
                if (execution.stopAsked() || late) {
                    stopper.run();
                }
            }
            for (Thread thread : new Thread[] {out, err}) {
                if (thread != null) {
                    thread.join(REST_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotRun("interrupted");
        }
        run.client().programEnded(process.exitValue());
        return process.exitValue();
    }

    private Thread errors(Process process) {
        return pump(process.getErrorStream(), (b, n) -> sink().write(Stream.STDERR, b, 0, n));
    }

    private static void closeInput(Process process) {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // it has ended already
        }
    }

    private static Thread pump(InputStream in, BiConsumer<byte[], Integer> sink) {
        Thread thread = new Thread(() -> {
            byte[] buffer = new byte[8192];
            try (in) {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    sink.accept(buffer, n);
                }
            } catch (IOException e) {
                // the program is gone, and its output with it
            }
        }, "stepmark-program");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** The input of a program, which need not read it. */
    private static final class Pipe implements Target {
        private final OutputStream input;
        private final String command;
        private final Runnable stopper;
        private final Ending ending;
        private boolean stuck;

        Pipe(Process process, String command, Blocking blocking, Runnable stopper, Ending ending) {
            this.input = new BufferedOutputStream(blocking.writing(process.getOutputStream()), BUFFER);
            this.command = command;
            this.stopper = stopper;
            this.ending = ending;
        }

        @Override
        public void write(byte[] bytes) {
            send(() -> input.write(bytes));
        }

        private interface Sending {
            void run() throws IOException;
        }

        private void send(Sending sending) {
            try {
                if (!stuck) {
                    sending.run();
                }
            } catch (Blocking.GivenUp e) {
                stuck = true;
                // as at a terminal, where Ctrl-C reaches the program too
                stopper.run();
            } catch (IOException e) {
                // it reads no more, as head does; its status tells
            }
        }

        @Override
        public boolean gaveUp() {
            return stuck;
        }

        @Override
        public Optional<String> close() {
            send(input::close);
            try {
                int status = ending.await();
                return status == 0 ? Optional.empty() : Optional.of(command + " ended with status " + status);
            } catch (NotRun e) {
                return Optional.of(command + ": " + e.getMessage());
            }
        }
    }
}
