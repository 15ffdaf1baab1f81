package dev.stepmark.terminal;

import dev.stepmark.run.Question;
import dev.stepmark.run.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jline.terminal.Size;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.jline.utils.ScreenTerminal;

/** An operator at a terminal inside the test: what is typed, what is on the screen, what bytes were written. */
final class TypedTerminal implements AutoCloseable {

    private static final long GUARD_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Written written = new Written();
    private final LineDisciplineTerminal terminal;
    final TerminalOperator operator;
    private int seen;

    TypedTerminal(Map<String, String> env, Path history) throws IOException {
        this(env, history, Clock.systemUTC());
    }

    TypedTerminal(Map<String, String> env, Path history, Clock clock) throws IOException {
        this(env, history, clock, Attention.bellOnly());
    }

    TypedTerminal(Map<String, String> env, Path history, Clock clock, Attention attention) throws IOException {
        terminal = new LineDisciplineTerminal("test", "xterm", written, StandardCharsets.UTF_8);
        terminal.setSize(new Size(80, 24));
        operator = new TerminalOperator(terminal, new Settings(env, history, ColorMode.AUTO,
                () -> List.of("/goto", "/help", "/list"), clock, attention));
    }

    void type(String keys) throws IOException {
        terminal.processInputBytes(keys.getBytes(StandardCharsets.UTF_8));
    }

    CompletableFuture<Reply> ask(Question question) {
        return CompletableFuture.supplyAsync(() -> operator.ask(question));
    }

    /** Waits for the reply to a question that was asked. */
    Reply reply(CompletableFuture<Reply> asked) throws InterruptedException {
        await(asked::isDone, "a reply");
        return asked.join();
    }

    /** Types as soon as a text is on the screen: in the very moment that its last character is written. */
    void typeAtSight(String text, String keys) {
        written.keys = keys;
        written.awaited = text;
    }

    /** What was written, and what is typed at the sight of it. */
    private final class Written extends ByteArrayOutputStream {

        private volatile String awaited = "";
        private volatile String keys = "";

        @Override
        public synchronized void write(int b) {
            super.write(b);
            look();
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, length);
            look();
        }

        private void look() {
            if (!awaited.isEmpty() && bytes().endsWith(awaited)) {
                awaited = "";
                try {
                    type(keys);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    String bytes() {
        return written.toString(StandardCharsets.UTF_8);
    }

    String screen() {
        ScreenTerminal screen = new ScreenTerminal(80, 24);
        screen.write(bytes());
        return screen.toString();
    }

    void awaitScreen(String text) throws InterruptedException {
        await(() -> screen().contains(text), text);
    }

    /** Waits until a text is written behind the one that was expected last. */
    void expect(String text) throws InterruptedException {
        await(() -> bytes().indexOf(text, seen) >= 0, text);
        seen = bytes().indexOf(text, seen) + text.length();
    }

    void await(BooleanSupplier condition, String what) throws InterruptedException {
        long end = System.nanoTime() + GUARD_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("did not come: " + what + "\non the screen:\n" + screen());
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    @Override
    public void close() throws IOException {
        operator.close();
    }
}
