package dev.stepmark.session;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;

/** Keeps everything that was written, for each stream. */
public final class RecordingSink implements OutputSink {

    private final Map<Stream, ByteArrayOutputStream> streams = new EnumMap<>(Stream.class);

    @Override
    public synchronized void write(Stream stream, byte[] buffer, int offset, int length) {
        streams.computeIfAbsent(stream, s -> new ByteArrayOutputStream()).write(buffer, offset, length);
        notifyAll();
    }

    /** The bytes of one stream so far. */
    public synchronized byte[] bytes(Stream stream) {
        ByteArrayOutputStream bytes = streams.get(stream);
        return bytes == null ? new byte[0] : bytes.toByteArray();
    }

    /** One stream so far, as UTF-8. */
    public String text(Stream stream) {
        return new String(bytes(stream), StandardCharsets.UTF_8);
    }

    /** Standard output and results so far, as UTF-8. */
    public String printed() {
        return text(Stream.STDOUT) + text(Stream.RESULT);
    }

    /** Waits until standard output or the results contain a text; the test's own time-out guards. */
    public synchronized void await(String expected) throws InterruptedException {
        while (!printed().contains(expected)) {
            wait();
        }
    }
}
