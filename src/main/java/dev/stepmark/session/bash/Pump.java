package dev.stepmark.session.bash;

import dev.stepmark.session.OutputSink;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads one stream of the shell on a thread of its own. Between two frames it stops at what background jobs write, so
 * that it waits in the pipe, and not in memory, for the next frame's sink.
 */
final class Pump implements Runnable, MarkerFilter.Handler {

    private static final int BUFFER = 1 << 16;

    private final Channel channel;
    private final OutputSink.Stream stream;
    private final InputStream in;
    private final Frames frames;
    private final MarkerFilter filter;
    private final ControlReader control;
    private long lastFrame;
    private volatile boolean reading;
    private volatile long lastRead = System.nanoTime();
    private volatile boolean stopped;
    private volatile boolean echoExpected;

    /** @param control takes what the framing says on this stream; null where it has a channel of its own */
    Pump(Channel channel, InputStream in, String nonce, Frames frames, ControlReader control) {
        this.control = control;
        this.channel = channel;
        this.stream = OutputSink.Stream.valueOf(channel.name());
        this.in = in;
        this.frames = frames;
        this.filter = new MarkerFilter(nonce, this);
    }

    @Override
    public void run() {
        byte[] buffer = new byte[BUFFER];
        try {
            while (!stopped) {
                reading = true;
                int count = in.read(buffer);
                lastRead = System.nanoTime();
                reading = false;
                if (count < 0) {
                    break;
                }
                filter.accept(buffer, 0, count);
            }
        } catch (IOException e) {
            // The stream was closed, or the terminal has no more processes: both are the end.
        } finally {
            if (!stopped) {
                filter.end();
            }
            reading = true;
            frames.closed(channel);
        }
    }

    @Override
    public void data(byte[] buffer, int offset, int length) {
        if (control != null && channel == Channel.STDERR && control.taking()) {
            control.data(buffer, offset, length);
            return;
        }
        int skip = echoExpected ? withoutEcho(buffer, offset, length) : 0;
        Frame frame = frames.after(lastFrame);
        if (frame != null && length > skip) {
            frame.write(stream, buffer, offset, length - skip);
        }
    }

    @Override
    public void marker(char kind, String[] fields) {
        // the prompt is on standard error, but that of busybox is on standard output
        boolean prompt = kind == BashScript.PROMPT;
        if (control != null && (prompt || channel == Channel.STDERR && control.takes(kind))) {
            control.marker(kind, fields);
            return;
        }
        if (kind == BashScript.END && fields.length > 2) {
            lastFrame = Math.max(lastFrame, Long.parseLong(fields[0]));
            frames.arrived(fields, channel);
        }
    }

    /** The terminal will echo an interrupt character that we typed: nobody else's output. */
    void expectEcho() {
        echoExpected = true;
    }

    /** Whether the echo has not come yet. */
    boolean echoExpected() {
        return echoExpected;
    }

    void forgetEcho() {
        echoExpected = false;
    }

    private int withoutEcho(byte[] buffer, int offset, int length) {
        for (int at = offset; at + 1 < offset + length; at++) {
            if (buffer[at] == '^' && buffer[at + 1] == 'C') {
                System.arraycopy(buffer, at + 2, buffer, at, offset + length - at - 2);
                echoExpected = false;
                frames.wake();
                return 2;
            }
        }
        return 0;
    }

    /** Whether nothing has come for so many nanoseconds although somebody is listening. */
    boolean quiet(long nanos) {
        return reading && System.nanoTime() - lastRead >= nanos;
    }

    /** The next byte, or the end, ends the thread. */
    void stop() {
        stopped = true;
    }
}
