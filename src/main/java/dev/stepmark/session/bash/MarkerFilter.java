package dev.stepmark.session.bash;

import dev.stepmark.session.ByteScan;
import java.nio.charset.StandardCharsets;

/**
 * Takes the markers of the framing out of a stream of bytes and passes everything else on unchanged.
 *
 * <p>A marker is RS, the session's nonce, a letter, fields each led by US, and RS. Bytes that only begin like one are
 * held back until they differ, so at most {@link #MAX_MARKER} bytes are ever held.
 */
final class MarkerFilter {

    /** A longer marker is none; shell and pipe write up to 4096 bytes in one piece. */
    static final int MAX_MARKER = 8192;

    private static final byte RS = 0x1e;

    /** Takes what the filter finds. */
    interface Handler {
        /** Bytes that belong to no marker; the buffer is reused after return. */
        void data(byte[] buffer, int offset, int length);

        /** A marker: its letter and its fields. */
        void marker(char kind, String[] fields);
    }

    private final byte[] head;
    private final Handler handler;
    private final byte[] held = new byte[MAX_MARKER];
    private int heldLength;

    MarkerFilter(String nonce, Handler handler) {
        this.head = ("\u001e" + nonce).getBytes(StandardCharsets.US_ASCII);
        this.handler = handler;
    }

    /** The next bytes of the stream. */
    void accept(byte[] buffer, int offset, int length) {
        int end = offset + length;
        int at = offset;
        while (at < end) {
            at = heldLength == 0 ? plain(buffer, at, end) : held(buffer, at);
        }
    }

    /** The end of the stream: what is held was no marker. */
    void end() {
        release();
    }

    private int plain(byte[] buffer, int from, int end) {
        int at = ByteScan.indexOf(buffer, from, end, RS);
        if (at > from) {
            handler.data(buffer, from, at - from);
        }
        if (at == end) {
            return end;
        }
        held[heldLength++] = RS;
        return at + 1;
    }

    private int held(byte[] buffer, int at) {
        byte next = buffer[at];
        boolean inHead = heldLength < head.length;
        // The nonce holds no RS, so a mismatch can only begin anew with this very byte: look at it again.
        if (inHead ? next != head[heldLength] : heldLength == MAX_MARKER) {
            release();
            return at;
        }
        held[heldLength++] = next;
        if (!inHead && next == RS) {
            complete();
        }
        return at + 1;
    }

    private void complete() {
        String body = new String(held, head.length, heldLength - head.length - 1, StandardCharsets.UTF_8);
        heldLength = 0;
        String[] parts = body.split("\u001f", -1);
        String[] fields = java.util.Arrays.copyOfRange(parts, 1, parts.length);
        handler.marker(parts[0].isEmpty() ? '?' : parts[0].charAt(0), fields);
    }

    private void release() {
        int length = heldLength;
        heldLength = 0;
        if (length > 0) {
            handler.data(held, 0, length);
        }
    }
}
