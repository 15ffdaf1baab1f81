package dev.stepmark.session.bash;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Attributes;

/** A running bash with its terminal, its pipes and the threads that read them. */
final class Shell {

    private static final long GRACE_MILLIS = 200;
    private static final long KILL_MILLIS = 3000;
    /** Another host or user takes longer to let go. */
    private static final long FAR_MILLIS = 2000;

    private final Programs programs;
    private final Process process;
    private final OutputStream input;
    private final Frames frames;
    private final ControllingTerminal terminal;
    private final RandomAccessFile fifo;
    private final ControlReader control;
    private final List<Pump> pumps = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Reach reach;
    private final FarReach far;
    private Script script = Script.BASH;
    private boolean terminalReaches;
    private boolean relayed;
    private Pump terminalPump;
    private Path fifoDirectory;

    private Shell(Programs programs, Process process, ControllingTerminal terminal, RandomAccessFile fifo,
            String nonce, FarReach far) {
        this.programs = programs;
        this.process = process;
        this.input = process.getOutputStream();
        this.terminal = terminal;
        this.fifo = fifo;
        this.far = far;
        this.terminalReaches = far == null && terminal != null;
        this.frames = new Frames(terminalReaches ? EnumSet.allOf(Channel.class)
                : EnumSet.of(Channel.STDOUT, Channel.STDERR, Channel.CONTROL));
        this.reach = far != null ? far : new LocalReach(programs, new ProcessTable(cookie(nonce), process.pid(),
                programs.proc()), process.pid());
        this.control = far == null ? new ControlReader(fifo, nonce, frames) : new ControlReader(nonce, frames, heard());
        pump(Channel.STDOUT, process.getInputStream(), nonce, far == null ? null : control);
        pump(Channel.STDERR, process.getErrorStream(), nonce, far == null ? null : control);
        if (terminal != null) {
            terminalPump = pump(Channel.TTY, terminal.output(), nonce, null);
        }
        if (far == null) {
            thread("control", control);
        }
        process.onExit().thenRun(frames::exited);
    }

    private ControlReader.Far heard() {
        return new ControlReader.Far() {
            @Override
            public void tick(long ticks) {
                far.tick(ticks);
            }

            @Override
            public void prompts(long frame) {
                // the shell threw the rest of the line away, the end markers with it
                if (frames.missing(frame)) {
                    write(script.end(frame, List.of()));
                }
            }
        };
    }

    /** Starts a shell of another place; the caller writes to it. */
    static Shell far(Programs programs, List<String> words, boolean asks, Path directory, Map<String, String> environment,
            String nonce, FarReach reach) throws IOException {
        ControllingTerminal terminal = programs.terminal() ? ControllingTerminal.open().orElse(null) : null;
        try {
            ProcessBuilder builder = new ProcessBuilder(programs.command(terminal == null ? null : terminal.name(), words,
                    asks)).directory(directory.toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            return new Shell(programs, builder.start(), terminal, null, nonce, reach);
        } catch (IOException | RuntimeException e) {
            closeQuietly(null, terminal);
            throw e;
        }
    }

    /** Starts a shell and writes its opening text; whether it understands is to be seen. */
    static Shell start(Programs programs, Path directory, Map<String, String> environment, String nonce)
            throws IOException {
        Path directoryOfFifo = Files.createTempDirectory("stepmark-shell");
        Path fifo = directoryOfFifo.resolve("control");
        ControllingTerminal terminal = null;
        RandomAccessFile control = null;
        try {
            programs.makeFifo(fifo);
            control = new RandomAccessFile(fifo.toFile(), "rw");
            terminal = programs.terminal() ? ControllingTerminal.open().orElse(null) : null;
            ProcessBuilder builder = new ProcessBuilder(programs.command(terminal == null ? null : terminal.name()));
            builder.directory(directory.toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            String[] cookie = cookie(nonce).split("=");
            builder.environment().put(cookie[0], cookie[1]);
            Shell shell = new Shell(programs, builder.start(), terminal, control, nonce, null);
            shell.write(BashScript.opening(nonce, fifo.toString(), terminal != null));
            // Both ends are open once the shell has answered; the caller waits for that, then removes the path.
            shell.fifoDirectory = directoryOfFifo;
            return shell;
        } catch (IOException | RuntimeException e) {
            closeQuietly(control, terminal);
            remove(directoryOfFifo);
            throw e;
        }
    }

    /** Names the processes of one shell in their environment. */
    static String cookie(String nonce) {
        // Not the nonce itself: who knows it can write markers.
        return "STEPMARK_SHELL=" + UUID.nameUUIDFromBytes(nonce.getBytes(StandardCharsets.US_ASCII));
    }

    private Pump pump(Channel channel, InputStream in, String nonce, ControlReader inBand) {
        Pump pump = new Pump(channel, in, nonce, frames, inBand);
        pumps.add(pump);
        thread(channel.name().toLowerCase(Locale.ROOT), pump);
        return pump;
    }

    private void thread(String name, Runnable body) {
        Thread thread = new Thread(body, "stepmark-bash-" + process.pid() + "-" + name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    /** The path of the control channel is needed no longer. */
    void opened() {
        remove(fifoDirectory);
    }

    Frames frames() {
        return frames;
    }

    Reach reach() {
        return reach;
    }

    /** Whether it is a shell of another place, reached by three streams. */
    boolean far() {
        return far != null;
    }

    /** The shell's language. */
    Script script() {
        return script;
    }

    /** What the shell of another place said of itself. */
    void answered(Script language, String pid, boolean hasTerminal, String itsTerminal) {
        relayed = !itsTerminal.equals(terminalName());
        script = language;
        far.shell(pid, language != Script.POSIX);
        terminalReaches = hasTerminal && terminal != null;
        if (terminalReaches) {
            frames.expect(Channel.TTY);
        }
    }

    /** Whether the program that leads to the shell has given it another terminal, and passes on what comes there. */
    boolean relayed() {
        return relayed && terminalReaches;
    }

    /** Whether what runs in the shell has the controlling terminal, and not only the program that leads there. */
    boolean terminalReaches() {
        return terminalReaches;
    }

    /** Who reads this shell's terminal. */
    TtyReaders readers() {
        return new TtyReaders(pid(), terminalName(), programs.proc());
    }

    long pid() {
        return process.pid();
    }

    /** Name of the controlling terminal, or {@code none}. */
    String terminalName() {
        return terminal == null ? "none" : terminal.name();
    }

    boolean running() {
        return process.isAlive();
    }

    /** Exit status of a shell that has exited. */
    int exitStatus() {
        return process.exitValue();
    }

    /** Writes to the command channel. A shell that is gone does not mind: its exit is seen elsewhere. */
    void write(String text) {
        try {
            input.write(text.getBytes(StandardCharsets.UTF_8));
            input.flush();
        } catch (IOException e) {
            frames.wake();
        }
    }

    /** Interrupts what runs: by the terminal, which reaches also what runs as another user, else one by one. */
    void interrupt(long since, boolean typed) {
        boolean done = (far != null || terminal == null || !typed) && reach.interrupt(since);
        if (done || !terminalReaches) {
            return;
        }
        terminalPump.expectEcho();
        try {
            terminal.interrupt();
        } catch (IOException e) {
            terminalPump.forgetEcho();
        }
    }

    /** Types into the controlling terminal; the bytes are cleared. */
    void type(byte[] bytes) {
        type(bytes, bytes.length);
        Arrays.fill(bytes, (byte) 0);
    }

    /** Types into the controlling terminal. */
    void type(byte[] bytes, int length) {
        try {
            terminal.type(bytes, length);
        } catch (IOException e) {
            frames.wake();
        }
    }

    /** Gives the controlling terminal another size. */
    void resize(int columns, int rows) {
        try {
            terminal.resize(columns, rows);
        } catch (IOException e) {
            frames.wake();
        }
    }

    /** How the controlling terminal treats what is typed; null when it has none, or it is gone. */
    Attributes terminalAttributes() {
        try {
            return terminal == null ? null : terminal.attributes();
        } catch (IOException e) {
            return null;
        }
    }

    /** Whether an interrupt that was typed is still on its way. */
    boolean interruptPending() {
        return terminalPump != null && terminalPump.echoExpected();
    }

    /** The terminal as it was before a program changed it. */
    void restoreTerminal() {
        if (terminal != null) {
            terminalPump.forgetEcho();
            try {
                terminal.restore();
            } catch (IOException e) {
                // A terminal that is gone needs no mending.
            }
        }
    }

    /** Whether no output has come for so many milliseconds. */
    boolean quiet(long millis) {
        return pumps.stream().allMatch(pump -> pump.quiet(TimeUnit.MILLISECONDS.toNanos(millis)));
    }

    void kill() {
        process.destroyForcibly();
    }

    /** No text will come any more, and what is printed is read and dropped. */
    private void release() {
        frames.discard();
        try {
            input.close();
        } catch (IOException e) {
            // It has closed its end.
        }
    }

    /** Lets go of a shell for good; when it has exited by itself, what it needed here is closed. */
    void abandon() {
        release();
        process.onExit().thenRunAsync(this::closeAll);
    }

    /** Ends the shell and everything that it started. */
    void close(boolean busy) {
        frames.discard();
        if (busy && far != null) {
            far.endAll();
        } else if (busy) {
            programs.signal("HUP", pid());
        } else {
            release();
        }
        if (!exitsWithin(far == null ? GRACE_MILLIS : FAR_MILLIS)) {
            programs.signal("HUP", pid());
            if (!exitsWithin(GRACE_MILLIS)) {
                kill();
                exitsWithin(KILL_MILLIS);
            }
        }
        release();
        if (far == null) {
            reach.sweep(0);
        }
        closeAll();
    }

    private void closeAll() {
        stopThreads();
        closeQuietly(fifo, terminal);
        closeStreams();
        opened();
    }

    private boolean exitsWithin(long millis) {
        try {
            return process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void stopThreads() {
        try {
            control.stop();
            if (terminal != null) {
                terminalPump.stop();
                terminal.wake();
            }
            for (Thread thread : threads) {
                thread.join(GRACE_MILLIS);
            }
        } catch (IOException e) {
            // Then they end with their streams.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeStreams() {
        try {
            process.getInputStream().close();
            process.getErrorStream().close();
        } catch (IOException e) {
            // Closed.
        }
    }

    private static void closeQuietly(RandomAccessFile fifo, ControllingTerminal terminal) {
        try {
            if (fifo != null) {
                fifo.close();
            }
            if (terminal != null) {
                terminal.close();
            }
        } catch (IOException e) {
            // Nothing is written to either any more.
        }
    }

    private static void remove(Path directory) {
        if (directory == null) {
            return;
        }
        try {
            Files.deleteIfExists(directory.resolve("control"));
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            // An empty private directory stays behind in the temporary directory.
        }
    }

}
