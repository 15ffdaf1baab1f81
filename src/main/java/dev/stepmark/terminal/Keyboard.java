package dev.stepmark.terminal;

import java.io.IOError;
import java.io.IOException;
import java.util.EnumSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.ControlChar;
import org.jline.terminal.Attributes.InputFlag;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.utils.NonBlockingInputStream;
import org.jline.utils.NonBlockingReader;

/**
 * The keyboard between and under the prompts. Outside of a prompt nothing is echoed and only Ctrl-C means something;
 * what was typed then waits in the terminal, to be counted and thrown away before the next question.
 */
final class Keyboard implements AutoCloseable {

    private static final int CTRL_C = 3;
    private static final int CTRL_D = 4;
    private static final int BACKSPACE = 8;
    private static final int CTRL_U = 21;
    private static final int ESCAPE = 27;
    private static final int DELETE = 127;
    private static final int POLL_MILLIS = 100;
    /** A key that waits in the terminal reaches us through a thread of JLine's, which a busy machine delays. */
    private static final int DRAIN_MILLIS = 20;
    /** Where one key was typed ahead there are more. */
    private static final int DRAIN_MORE_MILLIS = 80;
    private static final int SEQUENCE_MILLIS = 20;

    private final Terminal terminal;
    private final Attributes original;
    private final Attributes quiet;

    Keyboard(Terminal terminal) {
        this.terminal = terminal;
        this.original = terminal.getAttributes();
        this.quiet = quiet(original);
        quiet();
    }

    private static Attributes quiet(Attributes from) {
        Attributes quiet = new Attributes(from);
        quiet.setLocalFlags(EnumSet.of(LocalFlag.ICANON, LocalFlag.ECHO, LocalFlag.IEXTEN), false);
        quiet.setLocalFlag(LocalFlag.ISIG, true);
        // A thread dump or a suspended process in the middle of a step would break the screen.
        quiet.setControlChar(ControlChar.VQUIT, 0);
        quiet.setControlChar(ControlChar.VSUSP, 0);
        quiet.setControlChar(ControlChar.VMIN, 0);
        quiet.setControlChar(ControlChar.VTIME, 1);
        return quiet;
    }

    /** No echo; Ctrl-C is a signal. */
    void quiet() {
        terminal.setAttributes(quiet);
    }

    /**
     * Puts Stepmark aside, as Ctrl-Z does with other programs; returns when it goes on. Without a shell that could
     * bring it back the kernel ignores it.
     */
    void putAside() {
        Attributes now = terminal.getAttributes();
        cooked();
        try {
            new ProcessBuilder("/bin/sh", "-c", "kill -TSTP \"$0\"", Long.toString(ProcessHandle.current().pid()))
                    .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
        } catch (IOException e) {
            // then it does not stop, and the prompt is still there
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            terminal.setAttributes(now);
        }
    }

    /** Every key is a character, and nothing is changed on its way to the screen: for a program's own terminal. */
    void raw() {
        Attributes raw = new Attributes(quiet);
        raw.setLocalFlag(LocalFlag.ISIG, false);
        raw.setInputFlags(EnumSet.of(InputFlag.BRKINT, InputFlag.ICRNL, InputFlag.INLCR, InputFlag.IGNCR,
                InputFlag.ISTRIP, InputFlag.IXON, InputFlag.IXOFF), false);
        raw.setOutputFlag(Attributes.OutputFlag.OPOST, false);
        terminal.setAttributes(raw);
    }

    /** What was typed since the last call, as bytes; empty at once when there is nothing within a moment. */
    int bytes(byte[] buffer) throws IOException {
        return ((NonBlockingInputStream) terminal.input()).readBuffered(buffer, POLL_MILLIS);
    }

    /** The terminal as it was found, for another program. */
    void cooked() {
        terminal.setAttributes(original);
    }

    void onInterrupt(Runnable action) {
        terminal.handle(Signal.INT, signal -> action.run());
    }

    void defaultInterrupt() {
        terminal.handle(Signal.INT, Terminal.SignalHandler.SIG_DFL);
    }

    /** Throws away what was typed: the number of keys; an arrow or function key is one. */
    int drain() {
        int keys = 0;
        try {
            NonBlockingReader reader = terminal.reader();
            int c = reader.read(DRAIN_MILLIS);
            while (c >= 0) {
                keys++;
                if (c == ESCAPE) {
                    skipSequence(reader);
                }
                c = reader.read(DRAIN_MORE_MILLIS);
            }
        } catch (IOException | IOError e) {
            return keys;
        }
        return keys;
    }

    /** Takes the rest of a control sequence (ECMA-48, 5.4): up to its final byte. */
    private static void skipSequence(NonBlockingReader reader) throws IOException {
        int c = reader.peek(SEQUENCE_MILLIS);
        if (c != '[' && c != 'O') {
            return;
        }
        reader.read();
        do {
            c = reader.read(SEQUENCE_MILLIS);
        } while (c >= 0 && (c < '@' || c > '~'));
    }

    /**
     * Reads a line without cursor movement other than taking back a character.
     *
     * @param print  shows characters
     * @param prompt shown when every key is a character already: a Ctrl-C that answers the sight of it must not be
     *               taken for a signal
     * @param echo   whether what is typed is shown
     * @param ended  asked from time to time; when true, {@link Line.Ended} is returned
     */
    Line read(Consumer<String> print, String prompt, boolean echo, BooleanSupplier ended) {
        Attributes raw = new Attributes(quiet);
        raw.setLocalFlag(LocalFlag.ISIG, false);
        raw.setInputFlag(InputFlag.ICRNL, true);
        terminal.setAttributes(raw);
        try {
            print.accept(prompt);
            return new PlainLine(print, echo).read(ended);
        } catch (IOException | IOError e) {
            return new Line.Gone(String.valueOf(e.getMessage()));
        } finally {
            quiet();
        }
    }

    /** One line while it is typed. */
    private final class PlainLine {

        private final Consumer<String> print;
        private final boolean echo;
        private final Typed typed = new Typed();
        private char high;

        PlainLine(Consumer<String> print, boolean echo) {
            this.print = print;
            this.echo = echo;
        }

        Line read(BooleanSupplier ended) throws IOException {
            NonBlockingReader reader = terminal.reader();
            while (!ended.getAsBoolean()) {
                int c = reader.read(POLL_MILLIS);
                if (c == NonBlockingReader.EOF) {
                    return new Line.Gone("the end of input");
                }
                if (c == ESCAPE) {
                    skipSequence(reader);
                } else if (c >= 0) {
                    Line line = key(c);
                    if (line != null) {
                        print.accept("\n");
                        return line;
                    }
                }
            }
            typed.clear();
            print.accept("\n");
            return new Line.Ended();
        }

        private Line key(int c) {
            switch (c) {
                case '\r', '\n' -> {
                    return new Line.Text(typed.take());
                }
                case CTRL_C -> {
                    typed.clear();
                    print.accept("^C");
                    return new Line.Interrupted();
                }
                case CTRL_D -> {
                    return typed.isEmpty() ? new Line.End() : null;
                }
                case BACKSPACE, DELETE -> erase();
                case CTRL_U -> {
                    while (!typed.isEmpty()) {
                        erase();
                    }
                }
                default -> add((char) c);
            }
            return null;
        }

        private void erase() {
            int columns = typed.removeLast();
            if (echo) {
                print.accept("\b \b".repeat(columns));
            }
        }

        private void add(char c) {
            if (c < ' ') {
                return;
            }
            typed.add(c);
            if (Character.isHighSurrogate(c)) {
                high = c;
            } else if (echo) {
                print.accept(Character.isLowSurrogate(c) ? "" + high + c : String.valueOf(c));
            }
        }
    }

    /** Puts the terminal back as it was found. */
    @Override
    public void close() {
        try {
            terminal.setAttributes(original);
        } catch (IllegalStateException e) {
            // JLine's own shutdown hook was first, and did the same
        }
    }
}
