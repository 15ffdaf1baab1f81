package dev.stepmark.terminal;

import java.util.Arrays;

/** Characters typed into a line without the line editor; can be wiped, because they may be a secret. */
final class Typed {

    private char[] chars = new char[64];
    private int length;

    void add(char c) {
        if (length == chars.length) {
            char[] larger = Arrays.copyOf(chars, length * 2);
            wipe(chars);
            chars = larger;
        }
        chars[length++] = c;
    }

    /** Takes the last character away: the columns that it had on the screen, 0 when there is none. */
    int removeLast() {
        if (length == 0) {
            return 0;
        }
        int count = length > 1 && Character.isSurrogatePair(chars[length - 2], chars[length - 1]) ? 2 : 1;
        int columns = Wrap.width(new String(chars, length - count, count));
        length -= count;
        return columns;
    }

    boolean isEmpty() {
        return length == 0;
    }

    /** The characters; the array belongs to the caller, and this keeps none. */
    char[] take() {
        char[] taken = Arrays.copyOf(chars, length);
        clear();
        return taken;
    }

    void clear() {
        wipe(chars);
        length = 0;
    }

    private static void wipe(char[] array) {
        Arrays.fill(array, '\0');
    }
}
