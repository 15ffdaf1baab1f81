package dev.stepmark.session.mysql;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** What is sent to the client at one time, and what takes its answer up to the markers. */
final class Exchange {

    /** So much of standard error is looked at for the server's words. */
    private static final int MOST = 1 << 20;

    /** The line of the client's input, which means nothing to anybody. */
    private static final Pattern LINE = Pattern.compile("(?m)^(ERROR(?: \\d+(?: \\(\\w{5}\\))?)?) at line \\d+:");

    private final Reader.Taker out;
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private boolean outEnded;
    private boolean errEnded;
    private RuntimeException broken;

    Exchange(Reader.Taker out) {
        this.out = out;
    }

    /** Hands bytes on; after a taker has thrown, the rest is read and dropped. */
    void take(boolean stderr, byte[] buffer, int offset, int length) {
        synchronized (this) {
            if (stderr) {
                err.write(buffer, offset, Math.min(length, Math.max(0, MOST - err.size())));
                return;
            }
            if (broken != null) {
                return;
            }
        }
        try {
            out.take(buffer, offset, length);
        } catch (RuntimeException e) {
            synchronized (this) {
                broken = e;
            }
        }
    }

    synchronized void end(boolean stderr) {
        outEnded |= !stderr;
        errEnded |= stderr;
    }

    synchronized boolean complete() {
        return outEnded && errEnded;
    }

    /** Standard error, without the begin of the line that ends it. */
    synchronized String err() {
        String text = err.toString(StandardCharsets.UTF_8);
        int last = text.lastIndexOf("\n") + 1;
        String said = complete() ? text.substring(0, last) : text;
        return LINE.matcher(said).replaceAll("$1:");
    }

    /** Throws what a taker threw. */
    synchronized void rethrow() {
        if (broken != null) {
            throw broken;
        }
    }
}
