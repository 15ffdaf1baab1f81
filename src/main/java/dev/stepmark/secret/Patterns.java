package dev.stepmark.secret;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The forms of all secrets, ready for search: tables over the first two and four bytes lead to the few forms that can
 * begin there, so that text without secrets passes at the speed of one look a byte. The longest form wins.
 */
final class Patterns {

    /** A shorter value is no pattern. Characters. */
    static final int MIN_LENGTH = 6;
    static final byte[] MASK_BYTES = Masker.MASK.getBytes(StandardCharsets.US_ASCII);

    /** Nothing begins here. */
    static final int NO = 0;
    /** Something may begin here, and more data is needed to tell. */
    static final int UNDECIDED = -1;

    /** Colour sequences and folds inside one match: so many bytes at most, which bounds how long data is held. */
    private static final int MAX_SKIPPED = 1024;
    private static final int MAX_SEQUENCE = 32;
    private static final int ESC = 0x1b;

    private final Form[] forms;
    private final int[][] byPair;
    private final boolean[] pairBegins;
    private final boolean[] quadBegins;
    private final int[][] byFirst;

    private Patterns(Form[] forms) {
        this.forms = forms;
        byPair = new int[forms.length == 0 ? 0 : 1 << 16][];
        pairBegins = new boolean[byPair.length];
        quadBegins = new boolean[byPair.length];
        byFirst = new int[forms.length == 0 ? 0 : 1 << 8][];
        for (int i = 0; i < forms.length; i++) {
            index(i);
        }
    }

    static Patterns of(Collection<String> secrets) {
        Set<Form> all = new LinkedHashSet<>();
        for (String secret : secrets) {
            if (secret.codePointCount(0, secret.length()) >= MIN_LENGTH) {
                all.addAll(Form.of(secret));
            }
        }
        return new Patterns(all.toArray(new Form[0]));
    }

    boolean isEmpty() {
        return forms.length == 0;
    }

    private void index(int form) {
        byte[] bytes = forms[form].bytes();
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        byFirst[first] = with(byFirst[first], form);
        quadBegins[quad(bytes, 0)] = true;
        addPair(first, second, form);
        if (second != ESC) {
            addPair(first, ESC, form);
        }
        if (forms[form].folds()) {
            addPair(first, '\n', form);
            addPair(first, '\r', form);
        }
    }

    private void addPair(int first, int second, int form) {
        int key = first << 8 | second;
        byPair[key] = with(byPair[key], form);
        pairBegins[key] = true;
    }

    private static int[] with(int[] list, int value) {
        int[] grown = list == null ? new int[1] : java.util.Arrays.copyOf(list, list.length + 1);
        grown[grown.length - 1] = value;
        return grown;
    }

    /** The next position at which a form may begin, or the end: the loop that most bytes see only. */
    int next(byte[] data, int at, int end) {
        boolean[] begins = pairBegins;
        int i = at;
        int first = i < end ? data[i] & 0xff : 0;
        while (i + 1 < end) {
            int second = data[i + 1] & 0xff;
            if (begins[first << 8 | second] && (i + 4 > end || quadMayBegin(data, i))) {
                return i;
            }
            first = second;
            i++;
        }
        return i;
    }

    /** A second look, at four bytes; a colour or a fold among them tells nothing. */
    private boolean quadMayBegin(byte[] data, int at) {
        return quadBegins[quad(data, at)] || skips(data[at + 1]) || skips(data[at + 2]) || skips(data[at + 3]);
    }

    private static boolean skips(byte b) {
        return b == ESC || b == '\n' || b == '\r';
    }

    private static int quad(byte[] data, int at) {
        int four = data[at] << 24 | (data[at + 1] & 0xff) << 16 | (data[at + 2] & 0xff) << 8 | data[at + 3] & 0xff;
        // Fibonacci hashing: the upper bits of a product with 2^32 / golden ratio
        return four * 0x9E3779B9 >>> 16;
    }

    /**
     * Looks what begins at a position.
     *
     * @return the length of the secret there, {@link #NO} or {@link #UNDECIDED} (never when {@code last})
     */
    int match(byte[] data, int at, int end, boolean last, boolean maskPrefix) {
        if (forms.length == 0) {
            return NO;
        }
        boolean pair = at + 1 < end;
        int first = data[at] & 0xff;
        int[] candidates = pair ? byPair[first << 8 | data[at + 1] & 0xff] : byFirst[first];
        if (candidates == null) {
            return NO;
        }
        return longest(candidates, data, at, end, last, maskPrefix);
    }

    private int longest(int[] candidates, byte[] data, int at, int end, boolean last, boolean maskPrefix) {
        int best = NO;
        for (int index : candidates) {
            Form form = forms[index];
            int length = matchOne(form, data, at, end);
            if (length > best) {
                best = length;
            } else if (length < 0 && !last) {
                return UNDECIDED;
            } else if (length < 0 && maskPrefix && -length >= MIN_LENGTH && -length * 2 >= form.bytes().length) {
                best = end - at;
            }
        }
        return best;
    }

    /** Length of the match, 0 for none, or minus the number of bytes of the form seen when the data ends inside it. */
    private static int matchOne(Form form, byte[] data, int at, int end) {
        byte[] bytes = form.bytes();
        int seen = 0;
        int skipped = 0;
        int i = at;
        while (seen < bytes.length) {
            if (i >= end) {
                return -seen;
            }
            if (data[i] == bytes[seen]) {
                i++;
                seen++;
                continue;
            }
            int skip = seen == 0 ? 0 : skippable(data, i, end, form.folds());
            skipped += Math.abs(skip);
            if (skip == 0 || skipped > MAX_SKIPPED) {
                return NO;
            }
            if (skip < 0) {
                return -seen;
            }
            i += skip;
        }
        return i - at;
    }

    /** Length of a CSI sequence or a fold at a position; 0 for none, negative when the data ends inside. */
    private static int skippable(byte[] data, int at, int end, boolean folds) {
        if (folds && (data[at] == '\n' || data[at] == '\r')) {
            return 1;
        }
        if (data[at] != ESC) {
            return 0;
        }
        if (at + 1 == end) {
            return -1;
        }
        if (data[at + 1] != '[') {
            return 0;
        }
        for (int i = at + 2; i < at + MAX_SEQUENCE; i++) {
            if (i >= end) {
                return at - end;
            }
            if (data[i] >= 0x40 && data[i] <= 0x7e) {
                return i + 1 - at;
            }
            if (data[i] < 0x20 || data[i] > 0x3f) {
                return 0;
            }
        }
        return 0;
    }
}
