package dev.stepmark.session.psql;

import java.util.List;

/** What is sent to psql at one time, and what takes its answer up to the markers. */
final class Exchange {

    /** Takes bytes of one stream, on that stream's thread. */
    interface Taker {

        /** The buffer is reused after return. */
        void take(byte[] buffer, int offset, int length);
    }

    private final Taker out;
    private final Taker err;
    private List<String> fields = List.of();
    private boolean outEnded;
    private boolean errEnded;
    private RuntimeException broken;

    Exchange(Taker out, Taker err) {
        this.out = out;
        this.err = err;
    }

    /** Hands bytes on; after a taker has thrown, the rest is read and dropped. */
    void take(boolean stderr, byte[] buffer, int offset, int length) {
        if (broken() != null) {
            return;
        }
        try {
            (stderr ? err : out).take(buffer, offset, length);
        } catch (RuntimeException e) {
            synchronized (this) {
                broken = broken == null ? e : broken;
            }
        }
    }

    /** The marker of a stream came, with the words behind it. */
    synchronized void end(boolean stderr, List<String> words) {
        if (stderr) {
            errEnded = true;
        } else {
            outEnded = true;
            fields = words;
        }
    }

    synchronized boolean complete() {
        return outEnded && errEnded;
    }

    /** The words of the marker on standard output: psql's variables. */
    synchronized List<String> fields() {
        return fields;
    }

    /** What a taker threw, or null. */
    synchronized RuntimeException broken() {
        return broken;
    }
}
