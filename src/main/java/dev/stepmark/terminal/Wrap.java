package dev.stepmark.terminal;

import dev.stepmark.table.DisplayWidth;
import java.util.ArrayList;
import java.util.List;

/** Cuts lines to the width of the terminal. Widths are terminal columns. */
final class Wrap {

    private Wrap() { }

    /** Columns that a text takes; colour sequences take none. */
    static int width(String text) {
        return DisplayWidth.of(text.indexOf('\u001b') < 0 ? text : text.replaceAll("\u001b\\[[0-9;]*m", ""));
    }

    /** Wraps at words to lines of one width. */
    static List<String> words(String text, int width) {
        return words(text, width, width);
    }

    /**
     * Wraps at words; spaces inside a line are kept. A word longer than a line is cut.
     *
     * @param first columns of the first line
     * @param rest  columns of the others
     * @return at least one line, none ends with a space
     */
    static List<String> words(String text, int first, int rest) {
        List<String> lines = new ArrayList<>();
        String left = text.stripTrailing();
        int width = first;
        int cut = wordEnd(left, width);
        while (cut < left.length()) {
            lines.add(left.substring(0, cut).stripTrailing());
            left = left.substring(cut).stripLeading();
            width = rest;
            cut = wordEnd(left, width);
        }
        lines.add(left);
        return lines;
    }

    /** Index behind the words that fit into a line: a space's, or, for a word longer than the line, inside of it. */
    static int wordEnd(String text, int width) {
        int cut = end(text, width);
        if (cut >= text.length()) {
            return text.length();
        }
        int space = text.lastIndexOf(' ', cut);
        return space > 0 && !text.substring(0, space).isBlank() ? space : cut;
    }

    /** Cuts a line to pieces of at most this width, losing nothing. Colour sequences and combining marks stay put. */
    static List<String> hard(String text, int width) {
        List<String> pieces = new ArrayList<>();
        int from = 0;
        do {
            int to = end(text, from, width);
            pieces.add(text.substring(from, to));
            from = to;
        } while (from < text.length());
        return pieces;
    }

    /** Cuts to a width with {@code ...} at the end where something is missing. */
    static String cut(String text, int width) {
        if (width(text) <= width) {
            return text;
        }
        if (width <= 3) {
            return ".".repeat(Math.max(0, width));
        }
        return text.substring(0, end(text, width - 3)).stripTrailing() + "...";
    }

    private static int end(String text, int width) {
        return end(text, 0, width);
    }

    /** Index behind the last character that still fits; at least one character further. */
    private static int end(String text, int from, int width) {
        int used = 0;
        int index = from;
        while (index < text.length()) {
            int colour = Neutral.colourAt(text, index);
            int length = colour > 0 ? colour : Character.charCount(text.codePointAt(index));
            int columns = colour > 0 ? 0 : DisplayWidth.of(text.substring(index, index + length));
            if (used + columns > width && index > from) {
                return index;
            }
            used += columns;
            index += length;
        }
        return index;
    }
}
