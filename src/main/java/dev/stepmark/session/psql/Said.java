package dev.stepmark.session.psql;

import dev.stepmark.session.OutputSink;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What psql says on its standard error: handed on, and the end of it kept to tell a failure and its text. */
final class Said implements Exchange.Taker {

    private static final int KEPT = 1 << 16;
    /** What a server or psql says without anything having failed, and the lines that belong to it. */
    private static final Pattern REMARK = Pattern.compile("(?:WARNING|NOTICE|INFO|LOG|DEBUG):  .*");
    private static final Pattern MORE = Pattern.compile("(?:DETAIL|HINT|CONTEXT|QUERY|LINE \\d+|LOCATION): .*|\\s.*|");
    private static final Pattern ERROR = Pattern.compile("(?m)^(?:psql:.*?: )?(?:ERROR|FATAL|PANIC):  ");

    private final OutputSink sink;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    Said(OutputSink sink) {
        this.sink = sink;
    }

    @Override
    public synchronized void take(byte[] buffer, int offset, int length) {
        if (kept.size() < KEPT) {
            kept.write(buffer, offset, Math.min(length, KEPT - kept.size()));
        }
        sink.write(OutputSink.Stream.STDERR, buffer, offset, length);
    }

    synchronized String text() {
        return kept.toString(StandardCharsets.UTF_8);
    }

    /** The error itself, without the notices before it. */
    String error() {
        String text = text();
        Matcher error = ERROR.matcher(text);
        int at = 0;
        while (error.find()) {
            at = error.start();
        }
        return text.substring(at).stripTrailing();
    }

    /** Whether there is a line that is neither a notice nor belongs to one: so psql tells that a meta-command failed. */
    boolean complains() {
        boolean remark = false;
        for (String line : text().split("\n")) {
            if (REMARK.matcher(line).matches()) {
                remark = true;
            } else if (!line.isEmpty() && !(remark && MORE.matcher(line).matches())) {
                return true;
            }
        }
        return false;
    }

    String firstLine() {
        return error().lines().findFirst().orElse("");
    }
}
