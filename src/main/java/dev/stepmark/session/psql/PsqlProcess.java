package dev.stepmark.session.psql;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A psql child on three pipes, in a terminal session of its own: the operator's Ctrl-C would end a psql that is not at a
 * terminal, and no password prompt of its can reach the screen.
 */
final class PsqlProcess {

    /** How long the outputs may stay open after the program has ended: something it started may hold them. */
    private static final long GRACE_MILLIS = 300;
    /** Variables of psql that every marker brings, in this order. */
    private static final String FIELDS = ":ERROR :SQLSTATE :ROW_COUNT :ENCODING";

    private final Process process;
    private final OutputStream stdin;
    private final String first;
    private final String second;
    private final Object monitor = new Object();
    private Exchange exchange;
    private int open = 2;
    private boolean given;
    private boolean listening;

    private PsqlProcess(Process process) {
        this.process = process;
        this.stdin = process.getOutputStream();
        byte[] nonce = new byte[16];
        new SecureRandom().nextBytes(nonce);
        String text = HexFormat.of().formatHex(nonce);
        this.first = text.substring(0, 16);
        this.second = text.substring(16);
    }

    /**
     * Starts it.
     *
     * @param command     the words
     * @param environment all of it
     * @param directory   where it starts
     */
    static PsqlProcess start(List<String> command, Map<String, String> environment, Path directory)
            throws IOException {
        List<String> words = new ArrayList<>(Detached.prefix());
        words.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(words).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new PsqlProcess(builder.start());
    }

    private void listen(boolean stderr) {
        // the nonce is written in two halves, so that no echo of the command is taken for the marker
        Channel channel = new Channel(stderr ? process.getErrorStream() : process.getInputStream(),
                "\036" + first + " " + second, new Channel.Listener() {
                    @Override
                    public void bytes(byte[] buffer, int offset, int length) {
                        Exchange now = current();
                        if (now != null) {
                            now.take(stderr, buffer, offset, length);
                        }
                    }

                    @Override
                    public void marker(List<String> words) {
                        synchronized (monitor) {
                            if (exchange != null) {
                                exchange.end(stderr, words);
                            }
                            monitor.notifyAll();
                        }
                    }

                    @Override
                    public void end() {
                        synchronized (monitor) {
                            open--;
                            monitor.notifyAll();
                        }
                    }
                });
        Thread thread = new Thread(channel, "stepmark-psql-" + (stderr ? "err" : "out"));
        thread.setDaemon(true);
        thread.start();
    }

    private Exchange current() {
        synchronized (monitor) {
            return exchange;
        }
    }

    /** The two commands that make psql print the markers. */
    private String markers() {
        return "\\echo '\\036" + first + "' '" + second + "' " + FIELDS + "\n\\warn '\\036" + first + "' '" + second
                + "'\n";
    }

    /** How an exchange ended. */
    enum End { COMPLETE, DIED, LEFT }

    /** Sends text with the markers behind it, and waits for them. */
    End run(String text, Charset charset, Exchange with) {
        begin(with);
        // in one piece: a program that psql starts reads the same input, and would take markers that come later
        byte[] head = text.getBytes(charset);
        byte[] tail = markers().getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, all, head.length, tail.length);
        send(all);
        return await();
    }

    /** What comes from now on belongs to this. */
    void begin(Exchange with) {
        boolean first;
        synchronized (monitor) {
            first = !listening;
            listening = true;
            exchange = with;
        }
        if (first) {
            // not before: what it says at once, because it cannot be started, belongs to somebody
            listen(false);
            listen(true);
        }
    }

    /** Sends text; when psql does not take it any more, {@link #await} tells. */
    void send(String text, Charset charset) {
        send(text.getBytes(charset));
    }

    /** Sends bytes as they are. */
    void send(byte[] bytes) {
        try {
            stdin.write(bytes);
            stdin.flush();
        } catch (IOException e) {
            // it has ended; how, its outputs say
            return;
        }
    }

    void sendMarkers() {
        send(markers(), StandardCharsets.US_ASCII);
    }

    /** Waits for the markers, for the end of psql, or until somebody gives up. */
    End await() {
        return await(Optional.empty());
    }

    /** The same with a limit, after which it is left. */
    End await(Optional<java.time.Duration> limit) {
        long deadline = limit.map(time -> System.nanoTime() + time.toNanos()).orElse(Long.MAX_VALUE);
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
                    if (limit.isPresent() && System.nanoTime() - deadline > 0) {
                        given = true;
                    }
                    monitor.wait(100);
                }
                End end = exchange.complete() ? End.COMPLETE : given ? End.LEFT : End.DIED;
                exchange = null;
                return end;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            leave();
            return End.LEFT;
        }
    }

    /** Waits a little for something to happen; whether the exchange goes on. */
    boolean goesOn(long millis) {
        synchronized (monitor) {
            if (!exchange.complete() && !given && open > 0) {
                try {
                    monitor.wait(millis);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    given = true;
                }
            }
            return !exchange.complete() && !given && open > 0;
        }
    }

    /** Gives up waiting, whatever psql does. */
    void leave() {
        synchronized (monitor) {
            given = true;
            monitor.notifyAll();
        }
        destroy();
    }

    /**
     * As Ctrl-C at a terminal: it asks its server to cancel, and then ends, since it is at no terminal. Whether it could be
     * told; a psql of another user cannot.
     */
    boolean interrupt() {
        try {
            return new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Ends it by force. One that another user owns ends when its input is closed and its statement is over. */
    void destroy() {
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
        }, "stepmark-psql-close");
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
