package dev.stepmark.terminal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes text harmless for a terminal: what would move the cursor, clear the screen or reorder letters is shown
 * instead of done. Controls become caret notation ({@code ^[}), invisible format characters their number
 * ({@code <U+202E>}).
 */
public final class Neutral {

    private static final int TAB = 8;

    /** Colours, bold and underline of captured output; no blinking and no concealing. */
    private static final Pattern COLOUR = Pattern.compile(
            "\u001b\\[(?:(?:0?[0-4]|7|2[1-4]|27|[349][0-79]|10[0-7]|[34]8;5;\\d{1,3}"
                    + "|[34]8;2;\\d{1,3};\\d{1,3};\\d{1,3})(?:;(?=\\d)|(?=m)))*m");

    private Neutral() { }

    /** One line of words, of the document or of data: tabs become spaces. */
    public static String line(String text) {
        return clean(text, false);
    }

    /** One line of text to run: also no-break spaces are made visible, because a program takes them for a word. */
    static String code(String text) {
        return clean(text, true);
    }

    /** A cell of a table: tabs and line ends as {@code \t} and {@code \n}. */
    static String cell(String text) {
        return clean(text.replace("\t", "\\t").replace("\n", "\\n"), false);
    }

    /**
     * One line of captured output.
     *
     * @param colour whether its own colours may pass; else they are left out
     */
    static String output(String text, boolean colour) {
        if (text.indexOf('\u001b') < 0) {
            return clean(text, false);
        }
        StringBuilder out = new StringBuilder();
        Matcher found = COLOUR.matcher(text);
        int from = 0;
        while (found.find()) {
            out.append(clean(text.substring(from, found.start()), false));
            if (colour) {
                out.append(found.group());
            }
            from = found.end();
        }
        return out.append(clean(text.substring(from), false)).toString();
    }

    /** Length of a colour sequence of {@link #output} at this position, or 0. */
    static int colourAt(String text, int index) {
        if (text.charAt(index) != '\u001b') {
            return 0;
        }
        int end = text.indexOf('m', index);
        return end < 0 ? 0 : end - index + 1;
    }

    private static String clean(String text, boolean code) {
        if (text.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> append(out, c, code));
        return out.toString();
    }

    private static void append(StringBuilder out, int c, boolean code) {
        if (c == '\t') {
            out.append(" ".repeat(TAB - Wrap.width(out.toString()) % TAB));
        } else if (c < ' ') {
            out.append('^').append((char) (c + '@'));
        } else if (c == 0x7f) {
            out.append("^?");
        } else if (c >= 0xd800 && c <= 0xdfff) {
            out.append('\ufffd');
        } else if (hidden(c) || code && space(c)) {
            out.append(String.format("<U+%04X>", c));
        } else {
            out.appendCodePoint(c);
        }
    }

    private static boolean hidden(int c) {
        if (c >= 0x80 && c < 0xa0 || c == 0x115f || c == 0x1160 || c == 0x3164 || c == 0xffa0) {
            return true;
        }
        int type = Character.getType(c);
        if (type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR) {
            return true;
        }
        return type == Character.FORMAT && !visibleFormat(c);
    }

    /** Signs of category Cf that have a glyph: number and verse signs of Arabic, Syriac and Kaithi. */
    private static boolean visibleFormat(int c) {
        return c >= 0x600 && c <= 0x605 || c == 0x6dd || c == 0x70f || c == 0x890 || c == 0x891 || c == 0x8e2
                || c == 0x110bd || c == 0x110cd;
    }

    private static boolean space(int c) {
        return c != ' ' && Character.getType(c) == Character.SPACE_SEPARATOR;
    }
}
