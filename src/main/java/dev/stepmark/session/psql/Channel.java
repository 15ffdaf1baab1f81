package dev.stepmark.session.psql;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads one output of psql and cuts it at the markers. A marker is found wherever it stands, also in a line's middle. */
final class Channel implements Runnable {

    /** Told what was read. */
    interface Listener {

        /** Bytes before the next marker. */
        void bytes(byte[] buffer, int offset, int length);

        /** A marker, with the words behind it. */
        void marker(List<String> words);

        /** Nothing more will come. */
        void end();
    }

    private static final int BUFFER = 1 << 16;

    private final InputStream in;
    private final byte[] mark;
    private final Listener listener;
    private final ByteArrayOutputStream words = new ByteArrayOutputStream();
    private byte[] buffer = new byte[BUFFER];
    private int filled;
    private boolean inMarker;

    Channel(InputStream in, String mark, Listener listener) {
        this.in = in;
        this.mark = mark.getBytes(StandardCharsets.US_ASCII);
        this.listener = listener;
    }

    @Override
    public void run() {
        try {
            for (int read = in.read(buffer, 0, BUFFER); read >= 0; read = in.read(buffer, filled, BUFFER - filled)) {
                filled += read;
                consume();
            }
        } catch (IOException e) {
            // closed on our side: as the end of the stream
        }
        if (filled > 0 && !inMarker) {
            listener.bytes(buffer, 0, filled);
        }
        listener.end();
    }

    private void consume() {
        int at = 0;
        while (at < filled) {
            if (inMarker) {
                at = marker(at);
                continue;
            }
            int found = find(at);
            int known = found < 0 ? heldBack(at) : found;
            if (known > at) {
                listener.bytes(buffer, at, known - at);
            }
            if (found < 0) {
                at = known;
                break;
            }
            at = found + mark.length;
            inMarker = true;
        }
        System.arraycopy(buffer, at, buffer, 0, filled - at);
        filled -= at;
    }

    private int marker(int from) {
        for (int i = from; i < filled; i++) {
            if (buffer[i] == '\n') {
                inMarker = false;
                String text = words.toString(StandardCharsets.UTF_8);
                words.reset();
                listener.marker(List.of(text.strip().split(" +")));
                return i + 1;
            }
            words.write(buffer[i]);
        }
        return filled;
    }

    private int find(int from) {
        for (int i = from; i + mark.length <= filled; i++) {
            if (buffer[i] == mark[0] && matches(i, mark.length)) {
                return i;
            }
        }
        return -1;
    }

    /** Where the bytes begin that may be the begin of a marker; the end when there are none. */
    private int heldBack(int from) {
        for (int i = Math.max(from, filled - mark.length + 1); i < filled; i++) {
            if (buffer[i] == mark[0] && matches(i, filled - i)) {
                return i;
            }
        }
        return filled;
    }

    private boolean matches(int at, int length) {
        for (int i = 0; i < length; i++) {
            if (buffer[at + i] != mark[i]) {
                return false;
            }
        }
        return true;
    }
}
