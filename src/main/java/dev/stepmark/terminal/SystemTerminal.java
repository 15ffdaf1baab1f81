package dev.stepmark.terminal;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jline.nativ.CLibrary;
import org.jline.nativ.JLineNativeLoader;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.InfoCmp;

/** The terminal of this process, through JLine's native provider, without questions to the terminal. */
final class SystemTerminal {

    /** Ends bracketed paste (xterm control sequences, "DECRST 2004") and the keypad mode of the line editor. */
    static final String LEAVE_LINE_EDITOR = "\u001b[?2004l";

    private static final String PROVIDER = TerminalBuilder.PROP_PROVIDER_JNI;

    /** From here on Java has a console for redirected streams too. */
    private static final int CONSOLE_WITHOUT_TERMINAL = 22;

    private static final int USUAL_COLUMNS = 80;
    private static final int USUAL_ROWS = 24;

    private SystemTerminal() { }

    static Terminal open(Map<String, String> env) throws IOException {
        // JLine takes a dumb terminal for none at all and then controls nothing; a poor one can be controlled all
        // the same, and what must not be written to it is decided elsewhere.
        String type = Style.dumb(env) ? "ansi" : env.get("TERM");
        describe(type);
        Charset charset = charset();
        // Else a thread of JLine's reads the keyboard all the time, takes keys away from an editor, and reports
        // Ctrl-C twice where it is read as a character.
        System.setProperty(TerminalBuilder.PROP_SOFTWARE_SIGNALS, "false");
        Terminal terminal = TerminalBuilder.builder().name("stepmark").system(true).provider(PROVIDER).dumb(false)
                .type(type).graphemeCluster(false).encoding(charset).stdinEncoding(charset).stdoutEncoding(charset)
                .build();
        giveSize(terminal);
        return terminal;
    }

    /** A terminal that nobody told its size ({@code ssh -tt} without one on this side) has none at all: 0 by 0. */
    private static void giveSize(Terminal terminal) {
        Size size = terminal.getSize();
        if (size.getColumns() == 0 || size.getRows() == 0) {
            terminal.setSize(Size.of(size.getColumns() == 0 ? USUAL_COLUMNS : size.getColumns(),
                    size.getRows() == 0 ? USUAL_ROWS : size.getRows()));
        }
    }

    /** The locale's; UTF-8 where the locale is C: typed letters must not become question marks in SQL. */
    private static Charset charset() {
        String name = System.getProperty("native.encoding", "UTF-8");
        Charset charset = Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
        return charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset;
    }

    /** Whether standard input and output are a terminal. */
    static boolean present() {
        if (System.console() == null) {
            return false;
        }
        // until Java 21 a console says just that, and the native library can be loaded later, beside other work
        return Runtime.version().feature() < CONSOLE_WITHOUT_TERMINAL || bothAreTerminals();
    }

    private static boolean bothAreTerminals() {
        try {
            JLineNativeLoader.initialize();
        } catch (RuntimeException | LinkageError e) {
            // no directory that a library can be loaded from; where a person sits, opening the terminal says so
            return true;
        }
        return CLibrary.isatty(0) == 1 && CLibrary.isatty(1) == 1;
    }

    /** Does what takes time in {@link #open}, for who has a processor left; what goes wrong is said there. */
    static void prepare() {
        try {
            JLineNativeLoader.initialize();
        } catch (RuntimeException | LinkageError e) {
            return;
        }
    }

    /** JLine has the descriptions of the usual terminals, and starts {@code infocmp} for them all the same. */
    static void describe(String type) {
        String known = type == null ? null : InfoCmp.getDefaultInfoCmp(type);
        if (known != null) {
            InfoCmp.setLoadedInfoCmp(type, known);
        }
    }
}
