package dev.stepmark.session.jdbc;

import dev.stepmark.session.OutputSink;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes text to a sink.
 *
 * @param sink   for everything
 * @param target where results go instead ({@code \\o}, {@code \\g FILE}); null for the sink
 * @param prefix in front of what goes wrong: {@code psql:FILE:LINE: } inside a script; else empty
 */
record Output(OutputSink sink, Target target, String prefix) {

    Output(OutputSink sink) {
        this(sink, null, "");
    }

    Output to(Target other) {
        return new Output(sink, other, prefix);
    }

    Output prefixed(String other) {
        return new Output(sink, target, other);
    }

    /** Whether results go to a file or a program, and not on the screen. */
    boolean redirected() {
        return target != null;
    }

    void result(String text) {
        if (target == null) {
            write(OutputSink.Stream.RESULT, text);
        } else {
            target.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Like a result, but shown as it is when it goes to the sink. */
    void queryOut(String text) {
        if (target == null) {
            out(text);
        } else {
            result(text);
        }
    }

    /** Rows of COPY. */
    void rows(byte[] bytes) {
        if (target == null) {
            out(bytes);
        } else {
            target.write(bytes);
        }
    }

    /** A statement that went to the server and is not the text of the execution itself. */
    void sent(String statement) {
        write(OutputSink.Stream.SENT, statement.endsWith("\n") ? statement : statement + "\n");
    }

    /** Something went wrong. */
    void problem(String text) {
        err(prefix + text);
    }

    /** Part of a result. */
    void result(byte[] bytes, int offset, int length) {
        if (target == null) {
            sink.write(OutputSink.Stream.RESULT, bytes, offset, length);
        } else {
            target.write(Arrays.copyOfRange(bytes, offset, offset + length));
        }
    }

    void out(String text) {
        write(OutputSink.Stream.STDOUT, text);
    }

    void err(String text) {
        write(OutputSink.Stream.STDERR, text);
    }

    void out(byte[] bytes) {
        sink.write(OutputSink.Stream.STDOUT, bytes, 0, bytes.length);
    }

    private void write(OutputSink.Stream stream, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0) {
            sink.write(stream, bytes, 0, bytes.length);
        }
    }
}
