package dev.stepmark.table;

/**
 * How many terminal columns a text takes: East Asian wide characters two, combining and invisible ones none, control
 * characters as many as their escaped form (see {@link #escaped(int)}).
 */
public final class DisplayWidth {

    private static final int SOFT_HYPHEN = 0xAD;

    private DisplayWidth() { }

    /** The columns that {@code text} takes on one line; a line break counts as its two-column escape. */
    public static int of(String text) {
        int width = 0;
        for (int i = 0; i < text.length();) {
            int codePoint = text.codePointAt(i);
            width += of(codePoint);
            i += Character.charCount(codePoint);
        }
        return width;
    }

    /** The columns that one character takes; for a control character those of its escape. */
    public static int of(int codePoint) {
        if (codePoint >= 0x20 && codePoint < 0x7F) {
            return 1;
        }
        if (isControl(codePoint)) {
            return escaped(codePoint).length();
        }
        if (isZeroWidth(codePoint)) {
            return 0;
        }
        return WideCharacters.contains(codePoint) ? 2 : 1;
    }

    /** Whether the character is a C0 or C1 control or DEL. */
    static boolean isControl(int codePoint) {
        return codePoint < 0x20 || (codePoint >= 0x7F && codePoint < 0xA0);
    }

    /** How psql prints a control character: {@code \r}, {@code \x1B}, {@code \}{@code u0085}; others unchanged. */
    public static String escaped(int codePoint) {
        if (!isControl(codePoint)) {
            return Character.toString(codePoint);
        }
        return switch (codePoint) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> codePoint < 0x80 ? String.format("\\x%02X", codePoint) : String.format("\\u%04X", codePoint);
        };
    }

    private static boolean isZeroWidth(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            // a terminal shows the soft hyphen, the other format characters (joiners, bidi marks) take no column
            case Character.FORMAT -> codePoint != SOFT_HYPHEN;
            default -> false;
        };
    }
}
