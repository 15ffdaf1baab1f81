package dev.stepmark.terminal;

import java.util.ArrayList;
import java.util.List;

/** Which lines of a long text are shown: all up to 40, else the first 30 and the last 5 with the count between. */
final class Excerpt {

    /** Texts up to this many lines are shown whole. */
    static final int WHOLE = 40;
    /** Lines shown at the beginning of a longer one. */
    static final int FIRST = 30;
    /** Lines shown at its end. */
    static final int LAST = 5;

    private Excerpt() { }

    /**
     * A line to show.
     *
     * @param left lines that are left out before it, 0 for none
     * @param line the line
     */
    record Piece(int left, String line) { }

    static List<Piece> of(List<String> lines) {
        List<Piece> shown = new ArrayList<>();
        int left = lines.size() > WHOLE ? lines.size() - FIRST - LAST : 0;
        for (int i = 0; i < lines.size(); i++) {
            if (left == 0 || i < FIRST) {
                shown.add(new Piece(0, lines.get(i)));
            } else if (i >= FIRST + left) {
                shown.add(new Piece(i == FIRST + left ? left : 0, lines.get(i)));
            }
        }
        return shown;
    }

    /** The words for lines that are not shown. */
    static String left(long count) {
        return Amounts.of(count, "more line") + (count == 1 ? "; o shows it" : "; o shows them");
    }
}
