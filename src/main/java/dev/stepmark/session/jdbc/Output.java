package dev.stepmark.session.jdbc;

import dev.stepmark.session.OutputSink;
import java.nio.charset.StandardCharsets;

/** Writes text to a sink. */
record Output(OutputSink sink) {

    void result(String text) {
        write(OutputSink.Stream.RESULT, text);
    }

    void result(byte[] bytes, int offset, int length) {
        sink.write(OutputSink.Stream.RESULT, bytes, offset, length);
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
