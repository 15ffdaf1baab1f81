package dev.stepmark.message;

import java.util.List;

/** A line of a source file with a caret line below it, as {@link Message#excerpt()} wants them. */
public final class Excerpt {

    /** Characters of the source line that are shown; a longer line is cut around the caret. */
    static final int WIDTH = 72;

    private Excerpt() {
    }

    /**
     * Two lines: the source and the carets.
     *
     * @param line   the line's number, from 1
     * @param source the line
     * @param column where the carets begin, from 0; a negative one gives the source line alone
     * @param width  how many characters are marked, at least one
     */
    public static List<String> of(int line, String source, int column, int width) {
        String number = String.format("%3d", line);
        int at = Math.min(Math.max(column, 0), source.length());
        int from = source.length() <= WIDTH || at < WIDTH - 8 ? 0 : at - WIDTH / 2;
        int to = Math.min(source.length(), from + WIDTH);
        String first = number + " | " + visible(source.substring(from, to)).stripTrailing();
        if (column < 0) {
            return List.of(first);
        }
        int marked = Math.max(1, Math.min(width, to - at));
        return List.of(first, " ".repeat(number.length()) + " | " + " ".repeat(at - from) + "^".repeat(marked));
    }

    /** Tabs become single spaces and control characters a question mark, so that the carets stand where they should. */
    private static String visible(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (char c : text.toCharArray()) {
            out.append(c == '\t' ? ' ' : Character.isISOControl(c) ? '?' : c);
        }
        return out.toString();
    }
}
