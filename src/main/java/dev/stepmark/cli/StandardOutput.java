package dev.stepmark.cli;

import dev.stepmark.message.ExitCode;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Locale;

/**
 * Standard output that remembers that something was lost: a PrintStream swallows it, and a plan that is cut off by a
 * full disk must not look like success to a script.
 */
final class StandardOutput extends OutputStream {

    /** What a program returns that SIGPIPE ended: the JVM ignores that signal. */
    private static final int BROKEN_PIPE = 128 + 13;

    private final OutputStream out;
    private IOException failed;

    StandardOutput() {
        this(new FileOutputStream(FileDescriptor.out));
    }

    StandardOutput(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        try {
            out.write(buffer, offset, length);
        } catch (IOException e) {
            failed = failed == null ? e : failed;
            throw e;
        }
    }

    /** The exit code of a command that ended with this one, once everything is flushed. */
    int exitCode(int code, PrintStream err) {
        if (failed == null || code != ExitCode.OK.code()) {
            return code;
        }
        String reason = String.valueOf(failed.getMessage());
        if (reason.toLowerCase(Locale.ROOT).contains("broken pipe")) {
            return BROKEN_PIPE;
        }
        err.println("error: standard output cannot be written: " + reason);
        err.println("  What the command prints is incomplete.");
        return ExitCode.JOURNAL.code();
    }
}
