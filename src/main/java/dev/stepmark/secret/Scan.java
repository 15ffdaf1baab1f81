package dev.stepmark.secret;

/** One pass over a buffer: what is no secret is handed on in runs, for each secret a mask is asked for. */
final class Scan {

    /** Takes a run of bytes. */
    interface Run<X extends Exception> {
        void take(byte[] bytes, int offset, int length) throws X;
    }

    /** Takes the place of a secret. */
    interface Hit<X extends Exception> {
        void take() throws X;
    }

    private final Patterns patterns;
    private final byte[] data;
    private final int end;
    private final boolean last;
    private final boolean maskPrefix;
    private int at;

    /**
     * @param end        end of the data
     * @param last       nothing follows: what might have become a secret is none
     * @param maskPrefix with {@code last}: the greater part of a secret at the very end counts as one
     */
    Scan(Patterns patterns, byte[] data, int end, boolean last, boolean maskPrefix) {
        this.patterns = patterns;
        this.data = data;
        this.end = end;
        this.last = last;
        this.maskPrefix = maskPrefix;
    }

    /** Runs over the data from its start to its end, or to what cannot be decided yet; see {@link #position}. */
    <X extends Exception> boolean run(Run<X> run, Hit<X> hit) throws X {
        int from = 0;
        boolean found = false;
        at = 0;
        for (at = patterns.next(data, 0, end); at < end; at = patterns.next(data, at, end)) {
            int match = patterns.match(data, at, end, last, maskPrefix);
            if (match == Patterns.NO) {
                at++;
                continue;
            }
            if (at > from) {
                run.take(data, from, at - from);
            }
            from = at;
            if (match == Patterns.UNDECIDED) {
                return found;
            }
            hit.take();
            found = true;
            at += match;
            from = at;
        }
        if (at > from) {
            run.take(data, from, at - from);
        }
        return found;
    }

    /** The first byte that has not been handed on. */
    int position() {
        return at;
    }
}
