package dev.stepmark.session.mysql;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A client on three pipes, in a terminal session of its own: the operator's Ctrl-C would end it, and it would ask for a
 * password on a terminal that it shares.
 */
final class ClientProcess {

    /** How an exchange ended. */
    enum End { COMPLETE, DIED, LEFT }

    /** How long the outputs may stay open after the program has ended: something it started may hold them. */
    private static final long GRACE_MILLIS = 300;

    private final Process process;
    private final OutputStream stdin;
    private final Marker marker = new Marker();
    private final Object monitor = new Object();
    private Exchange exchange;
    private int open = 2;
    private boolean given;

    private ClientProcess(Process process, Exchange first) {
        this.process = process;
        this.stdin = process.getOutputStream();
        this.exchange = first;
        listen(false);
        listen(true);
    }

    /** Starts it; what it says at once belongs to the first exchange. */
    static ClientProcess start(List<String> command, Map<String, String> environment, Path directory, Exchange first)
            throws IOException {
        List<String> words = new ArrayList<>(detached());
        words.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(words).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new ClientProcess(builder.start(), first);
    }

    private static List<String> detached() {
        return List.of("/usr/local/bin", "/usr/bin", "/bin").stream().map(d -> d + "/setsid")
                .filter(s -> Files.isExecutable(Path.of(s))).limit(1).toList();
    }

    private void listen(boolean stderr) {
        Reader reader = new Reader(stderr ? process.getErrorStream() : process.getInputStream(),
                stderr ? marker.err() : marker.out(), (buffer, offset, length) -> {
                    Exchange now = current();
                    if (now != null) {
                        now.take(stderr, buffer, offset, length);
                    }
                }, mark -> ended(stderr, mark));
        Thread thread = new Thread(reader, "stepmark-mysql-" + (stderr ? "err" : "out"));
        thread.setDaemon(true);
        thread.start();
    }

    private void ended(boolean stderr, boolean mark) {
        synchronized (monitor) {
            if (!mark) {
                open--;
            } else if (exchange != null) {
                exchange.end(stderr);
            }
            monitor.notifyAll();
        }
    }

    private Exchange current() {
        synchronized (monitor) {
            return exchange;
        }
    }

    /** The line that goes before everything else. */
    String begin() {
        return marker.begin();
    }

    /** One statement, or more that the server is to see as one. */
    String statement(String text) {
        return text + "\n" + marker.delimiter() + "\n";
    }

    /** Sends text with the markers behind it, and waits for them. */
    End run(String text, Exchange with) {
        synchronized (monitor) {
            exchange = with;
        }
        send((text + marker.lines()).getBytes(StandardCharsets.UTF_8));
        return await(Long.MAX_VALUE);
    }

    /** The same with a limit in milliseconds, after which it is left. */
    End run(String text, Exchange with, long limitMillis) {
        synchronized (monitor) {
            exchange = with;
        }
        send((text + marker.lines()).getBytes(StandardCharsets.UTF_8));
        return await(System.nanoTime() + limitMillis * 1_000_000);
    }

    private void send(byte[] bytes) {
        try {
            stdin.write(bytes);
            stdin.flush();
        } catch (IOException e) {
            // it has ended; how, its outputs say
            return;
        }
    }

    private End await(long deadline) {
        try {
            synchronized (monitor) {
                long dead = 0;
                while (!exchange.complete() && !given && open > 0) {
                    if (!process.isAlive()) {
                        dead = dead == 0 ? System.nanoTime() : dead;
                        if (System.nanoTime() - dead > GRACE_MILLIS * 1_000_000) {
                            break;
                        }
                    }
                    given |= deadline != Long.MAX_VALUE && System.nanoTime() - deadline > 0;
                    monitor.wait(100);
                }
                return exchange.complete() ? End.COMPLETE : given ? End.LEFT : End.DIED;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            leave();
            return End.LEFT;
        }
    }

    /** Gives up waiting, and ends the client by force; what the server does with the statement is its own affair. */
    void leave() {
        synchronized (monitor) {
            given = true;
            monitor.notifyAll();
        }
        destroy();
    }

    private void destroy() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        closeInput();
    }

    private void closeInput() {
        Thread closer = new Thread(() -> {
            try {
                stdin.close();
            } catch (IOException e) {
                // it has ended: nothing to close
                return;
            }
        }, "stepmark-mysql-close");
        // closing flushes, and a full pipe would hold up who closes
        closer.setDaemon(true);
        closer.start();
    }

    /** Lets it end by itself, and ends it when it does not. */
    void close() {
        closeInput();
        if (exitCode(2000).isEmpty()) {
            destroy();
            exitCode(2000);
        }
    }

    boolean alive() {
        synchronized (monitor) {
            return process.isAlive() && !given && open > 0;
        }
    }

    /** Its exit code, when it has one within that time. */
    Optional<Integer> exitCode(long millis) {
        try {
            return process.waitFor(millis, TimeUnit.MILLISECONDS) ? Optional.of(process.exitValue())
                    : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
