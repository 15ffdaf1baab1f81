package dev.stepmark.terminal;

import dev.stepmark.run.Running;
import dev.stepmark.session.ByteScan;
import dev.stepmark.session.Console;
import dev.stepmark.session.OutputSink;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Output on the screen while an execution runs: the first lines as they come, then only their number, at the end the
 * last ones. A chunk may be cut anywhere, also inside a character; memory is bounded whatever a program writes.
 */
public final class LiveOutput implements Running, OutputSink {

    /** Lines shown as they come. */
    static final int FIRST = 30;

    private final Screen screen;
    private final LiveLine live;
    private final Map<Stream, LineBytes> open = new EnumMap<>(Stream.class);
    private final Map<Stream, Long> counts = new EnumMap<>(Stream.class);
    private final List<Runnable> held = new ArrayList<>();
    private final OutputTail tail = new OutputTail();
    private final List<AutoCloseable> closeFirst = new ArrayList<>();
    private final FullScreens fullScreens = new FullScreens(
            () -> remark("it draws on a screen of its own, which is recorded and not shown"));
    private Console console = Console.nobody();
    private Runnable abort = () -> { };
    private boolean given;
    private boolean cancelling;
    private volatile Transfer transfer;
    private int shown;
    private boolean holding;
    private boolean closed;

    LiveOutput(Screen screen, LiveLine live) {
        this.screen = screen;
        this.live = live;
    }

    /** Output without a clock, for a screen that is no terminal. */
    public static LiveOutput plain(Screen screen) {
        return new LiveOutput(screen, LiveLine.none());
    }

    /** A live line and its clock. */
    static LiveOutput withClock(Screen screen, String label, LongSupplier millis) {
        LiveOutput output = new LiveOutput(screen, LiveLine.on(screen, label, millis));
        output.live.start(output::tick);
        return output;
    }

    @Override
    public OutputSink sink() {
        return this;
    }

    @Override
    public synchronized void write(Stream stream, byte[] buffer, int offset, int length) {
        boolean own = stream == Stream.RESULT || stream == Stream.SENT;
        if (own || length <= 0 || closed || given && stream == Stream.TTY) {
            return;
        }
        fullScreens.pass(stream, buffer, offset, length, (from, count) -> add(stream, buffer, from, count));
    }

    private void add(Stream stream, byte[] buffer, int offset, int length) {
        int from = offset;
        int end = offset + length;
        while (shown < FIRST && from < end) {
            from = line(stream, buffer, from, end);
        }
        if (from < end) {
            count(stream, ByteScan.count(buffer, from, end, (byte) '\n'));
            open.forEach((other, line) -> line.moveTo(tail, other));
            tail.add(stream, buffer, from, end - from);
        }
    }

    /** Takes bytes up to the end of a line and shows it. */
    private int line(Stream stream, byte[] buffer, int from, int end) {
        int newline = from;
        while (newline < end && buffer[newline] != '\n') {
            newline++;
        }
        LineBytes line = open.computeIfAbsent(stream, s -> new LineBytes());
        line.add(buffer, from, newline - from);
        if (newline == end) {
            return end;
        }
        String text = line.take();
        if (cancelling && stream == Stream.STDERR && text.isEmpty()) {
            // a shell ends the line on which it was interrupted; nothing stands on it here
            return newline + 1;
        }
        count(stream, 1);
        shown++;
        show(stream, text);
        return newline + 1;
    }

    @Override
    public void progress(long rows, long bytes) {
        transfer = new Transfer(rows, bytes);
    }

    @Override
    public void progress(String words) {
        live.note(words);
    }

    private void show(Stream stream, String text) {
        output(() -> screen.output(stream, text));
    }

    private void output(Runnable printed) {
        if (holding) {
            held.add(printed);
        } else {
            live.erase();
            printed.run();
        }
    }

    private void count(Stream stream, long lines) {
        counts.merge(stream, lines, Long::sum);
    }

    private long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Draws the clock again when it is time. */
    synchronized void tick() {
        if (!closed && !holding) {
            live.tick(total(), transfer);
        }
    }

    /** Lines of Stepmark while something runs, in column 0. */
    synchronized void say(String... lines) {
        live.erase();
        screen.say(List.of(lines));
    }

    /** A remark while something runs. */
    synchronized void remark(String text) {
        output(() -> screen.remark(text));
    }

    /** From here on it was asked to stop. */
    synchronized void cancelling() {
        cancelling = true;
    }

    /** A question is on the screen: output waits until {@link #release}. */
    synchronized void hold() {
        live.erase();
        holding = true;
    }

    /** The question was answered. */
    synchronized void release() {
        holding = false;
        held.forEach(Runnable::run);
        held.clear();
    }

    /**
     * Lets what runs use the terminal.
     *
     * @param atAbort puts back what it changed when the process ends
     */
    void console(Console value, Runnable atAbort) {
        console = value;
        abort = atAbort;
    }

    @Override
    public Console console() {
        return console;
    }

    /** The terminal is a program's until {@link #release}; what it writes there is on the screen already. */
    synchronized void give() {
        given = true;
        hold();
    }

    /** Registers what must end before the last lines are printed. */
    void endFirst(AutoCloseable part) {
        closeFirst.add(part);
    }

    /** The process ends: the clock goes from the screen. */
    synchronized void abort() {
        abort.run();
        live.stop();
        live.erase();
        closed = true;
    }

    long elapsedMillis() {
        return live.elapsedMillis();
    }

    @Override
    public void close() {
        live.stop();
        closeFirst.forEach(LiveOutput::closeQuietly);
        finish();
    }

    private synchronized void finish() {
        if (closed) {
            return;
        }
        closed = true;
        live.erase();
        release();
        open.forEach((stream, line) -> {
            if (!line.isEmpty()) {
                shown++;
                count(stream, 1);
                screen.output(stream, line.take());
            }
        });
        List<OutputTail.Line> last = tail.lines();
        tail.unterminated().forEach(stream -> count(stream, 1));
        long more = total() - shown - last.size();
        if (more > 0) {
            boolean stderr = counts.keySet().equals(Set.of(Stream.STDERR));
            screen.remark(Amounts.of(more, "more line") + (stderr ? ", all on stderr" : "")
                    + (more == 1 ? "; o shows it" : "; o shows them"));
        }
        last.forEach(line -> screen.output(line.stream(), line.text()));
    }

    private static void closeQuietly(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
