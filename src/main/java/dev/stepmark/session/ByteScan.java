package dev.stepmark.session;

import java.nio.ByteBuffer;

/** Looks for a byte, eight at a time: a flood of output passes here as fast as it is read. */
public final class ByteScan {

    private static final long ONES = 0x0101010101010101L;
    private static final long LOW = 0x7f7f7f7f7f7f7f7fL;

    private ByteScan() { }

    /** The first position of a byte; the end when it is not there. */
    public static int indexOf(byte[] buffer, int from, int end, byte value) {
        ByteBuffer words = ByteBuffer.wrap(buffer);
        long pattern = ONES * (value & 0xff);
        int at = from;
        while (at + Long.BYTES <= end && zeros(words.getLong(at) ^ pattern) == 0) {
            at += Long.BYTES;
        }
        while (at < end && buffer[at] != value) {
            at++;
        }
        return at;
    }

    /** How often a byte is there. */
    public static int count(byte[] buffer, int from, int end, byte value) {
        ByteBuffer words = ByteBuffer.wrap(buffer);
        long pattern = ONES * (value & 0xff);
        int found = 0;
        int at = from;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            found += Long.bitCount(zeros(words.getLong(at) ^ pattern));
        }
        for (; at < end; at++) {
            found += buffer[at] == value ? 1 : 0;
        }
        return found;
    }

    /** The upper bit of each byte that is zero: adding to the lower seven bits carries into it unless all are. */
    private static long zeros(long word) {
        return ~((word & LOW) + LOW | word | LOW);
    }
}
