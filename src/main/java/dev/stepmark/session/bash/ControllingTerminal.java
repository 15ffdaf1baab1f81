package dev.stepmark.session.bash;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jline.nativ.CLibrary;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.impl.jni.JniNativePty;
import org.jline.terminal.impl.jni.JniTerminalProvider;

/** A pseudo-terminal that is a shell's controlling terminal and nothing else: for passwords, and for the interrupt. */
final class ControllingTerminal {

    private static final int INTERRUPT = 3;

    private final JniNativePty pty;
    private final CLibrary.Termios attributes = new CLibrary.Termios();

    private ControllingTerminal(JniNativePty pty) throws IOException {
        this.pty = pty;
        if (CLibrary.tcgetattr(pty.getSlave(), attributes) != 0) {
            throw new IOException("the attributes of " + pty.getName() + " cannot be read");
        }
    }

    /** A new one, or empty where the platform has none. */
    static Optional<ControllingTerminal> open() {
        try {
            return new JniTerminalProvider().open(null, Size.of(80, 24)) instanceof JniNativePty pty
                    ? Optional.of(new ControllingTerminal(pty)) : Optional.empty();
        } catch (IOException | RuntimeException | LinkageError e) {
            return Optional.empty();
        }
    }

    /** The device: {@code /dev/pts/7}. */
    String name() {
        return pty.getName();
    }

    /** What programs write to the terminal. */
    InputStream output() {
        return pty.getMasterInput();
    }

    /** Types the interrupt character. */
    void interrupt() throws IOException {
        pty.getMasterOutput().write(INTERRUPT);
    }

    /** Types bytes. */
    void type(byte[] bytes, int length) throws IOException {
        pty.getMasterOutput().write(bytes, 0, length);
    }

    /** Gives it another size; whoever is in the foreground is told by a signal. */
    void resize(int columns, int rows) throws IOException {
        pty.setSize(Size.of(columns, rows));
    }

    /** How it treats what is typed, now. */
    Attributes attributes() throws IOException {
        return pty.getAttr();
    }

    /**
     * Undoes what a program did to the terminal and did not restore, and throws away what was typed and not read: it was
     * not meant for the next program that asks.
     */
    void restore() throws IOException {
        if (CLibrary.tcsetattr(pty.getSlave(), CLibrary.TCSAFLUSH, attributes) != 0) {
            throw new IOException("the attributes of " + pty.getName() + " cannot be set");
        }
    }

    /** Lets whoever reads {@link #output} read one more byte. */
    void wake() throws IOException {
        pty.getSlaveOutput().write('\n');
    }

    void close() throws IOException {
        pty.close();
        // JLine closes its own wrapper of the slave only, and would leak the descriptor.
        new FileOutputStream(pty.getSlaveFD()).close();
    }
}
