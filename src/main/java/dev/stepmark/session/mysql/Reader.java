package dev.stepmark.session.mysql;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/** Reads one output of the client and cuts it at a marker; bytes that may be its begin are held back. */
final class Reader implements Runnable {

    /** Takes bytes before the marker. */
    interface Taker {

        /** The buffer is reused after return. */
        void take(byte[] buffer, int offset, int length);
    }

    private static final int BUFFER = 1 << 16;

    private final InputStream in;
    private final byte[] mark;
    private final Taker taker;
    private final Consumer<Boolean> ended;
    private byte[] buffer = new byte[BUFFER];
    private int filled;
    /** After the marker the rest of its line is dropped. */
    private boolean dropping;

    /**
     * @param mark  bytes of the marker
     * @param taker takes what comes before it
     * @param ended told true for a marker, false for the end of the stream
     */
    Reader(InputStream in, byte[] mark, Taker taker, Consumer<Boolean> ended) {
        this.in = in;
        this.mark = mark.clone();
        this.taker = taker;
        this.ended = ended;
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
            dropping = true;
        }
        if (filled > 0 && !dropping) {
            taker.take(buffer, 0, filled);
        }
        ended.accept(false);
    }

    private void consume() {
        int at = 0;
        while (at < filled) {
            if (dropping) {
                dropping = buffer[at++] != '\n';
                if (!dropping) {
                    ended.accept(true);
                }
                continue;
            }
            int found = find(at);
            int known = found < 0 ? Math.max(at, filled - mark.length + 1) : found;
            if (known > at) {
                taker.take(buffer, at, known - at);
            }
            if (found < 0) {
                at = known;
                break;
            }
            at = found + mark.length;
            dropping = true;
        }
        System.arraycopy(buffer, at, buffer, 0, filled - at);
        filled -= at;
    }

    private int find(int from) {
        for (int i = from; i + mark.length <= filled; i++) {
            if (buffer[i] == mark[0] && java.util.Arrays.equals(buffer, i, i + mark.length, mark, 0, mark.length)) {
                return i;
            }
        }
        return -1;
    }
}
