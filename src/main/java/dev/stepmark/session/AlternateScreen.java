package dev.stepmark.session;

/**
 * Finds in output, byte for byte, where a program switches to the screen that only a terminal has, and where it
 * leaves it: DECSET and DECRST 1049 and the older 1047 and 47 (xterm control sequences).
 */
public final class AlternateScreen {

    private static final int ESCAPE = 27;
    /** Longer numbers are other modes. */
    private static final int MOST = 9999;

    /** What a byte completes. */
    public enum Seen { NOTHING, OPENED, CLOSED }

    private int length;
    private int mode;

    /** Takes the next byte. */
    public Seen next(byte next) {
        if (next == ESCAPE) {
            length = 1;
        } else if (length == 1 && next == '[') {
            length = 2;
        } else if (length == 2 && next == '?') {
            length = 3;
            mode = 0;
        } else if (length >= 3 && next >= '0' && next <= '9' && mode <= MOST) {
            length++;
            mode = mode * 10 + next - '0';
        } else {
            return end(next);
        }
        return Seen.NOTHING;
    }

    private Seen end(byte last) {
        boolean screen = length > 3 && (mode == 1049 || mode == 1047 || mode == 47);
        boolean switches = screen && (last == 'h' || last == 'l');
        length = switches ? length + 1 : 0;
        return !switches ? Seen.NOTHING : last == 'h' ? Seen.OPENED : Seen.CLOSED;
    }

    /** Bytes of the sequence that was completed by the last byte. */
    public int length() {
        return length;
    }
}
