package dev.stepmark.terminal;

/** The first four columns of a line: they say whose it is, and nothing else may print them. */
enum Gutter {
    /** A remark of Stepmark. */
    REMARK("  . ", "  . "),
    /** What runs. */
    TO_RUN("  > ", "  >+"),
    /** What came back. */
    OUTPUT("  | ", "  |+"),
    /** Standard error, or a message of the server. */
    ERROR("  ! ", "  !+");

    /** Columns that every gutter takes. */
    static final int WIDTH = 4;

    private final String first;
    private final String more;

    Gutter(String first, String more) {
        this.first = first;
        this.more = more;
    }

    /** Before a line. */
    String first() {
        return first;
    }

    /** Before the rest of a line that is wider than the screen. */
    String more() {
        return more;
    }

    /** Whether words at the document's place would look like one of our lines: they begin with a mark. */
    static boolean looksLikeOurs(String text) {
        if (text.startsWith("-> ") || text.equals("->")) {
            return true;
        }
        if (text.isEmpty() || ".>|!".indexOf(text.charAt(0)) < 0) {
            return false;
        }
        if (text.length() == 1 || text.charAt(1) == '+') {
            return true;
        }
        return Character.isSpaceChar(text.charAt(1)) || Character.isWhitespace(text.charAt(1));
    }
}
