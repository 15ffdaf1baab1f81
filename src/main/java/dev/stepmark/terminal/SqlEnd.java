package dev.stepmark.terminal;

/**
 * Whether typed SQL is complete: its last word is a semicolon outside of quotes and comments (PostgreSQL
 * documentation, 4.1 "Lexical Structure").
 */
final class SqlEnd {

    private final String text;
    private int at;
    private boolean ended;

    private SqlEnd(String text) {
        this.text = text;
    }

    static boolean complete(String text) {
        SqlEnd sql = new SqlEnd(text);
        while (sql.at < text.length()) {
            if (!sql.token()) {
                return false;
            }
        }
        return sql.ended;
    }

    /** Takes one token; false when it never ends. */
    private boolean token() {
        char c = text.charAt(at);
        if (text.startsWith("--", at)) {
            return skipTo("\n", 2) || ended;
        }
        if (text.startsWith("/*", at)) {
            return comment();
        }
        if (Character.isWhitespace(c)) {
            at++;
            return true;
        }
        ended = c == ';';
        if (c == '\'' || c == '"') {
            return quoted(c, c == '\'' && escapes());
        }
        if (c == '$') {
            return dollar();
        }
        at++;
        return true;
    }

    private boolean skipTo(String end, int start) {
        int found = text.indexOf(end, at + start);
        at = found < 0 ? text.length() : found + end.length();
        return found >= 0;
    }

    /** Comments nest in PostgreSQL. */
    private boolean comment() {
        int depth = 0;
        while (at < text.length()) {
            if (text.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (text.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                at++;
            }
            if (depth == 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether the quote belongs to an E'...' string, where a backslash escapes. */
    private boolean escapes() {
        return at > 0 && (text.charAt(at - 1) == 'E' || text.charAt(at - 1) == 'e')
                && (at == 1 || !word(text.charAt(at - 2)));
    }

    private boolean quoted(char quote, boolean backslash) {
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '\\' && backslash) {
                at++;
            } else if (c == quote) {
                return true;
            }
        }
        return false;
    }

    /** A dollar-quoted string, or a dollar that belongs to a name or a parameter. */
    private boolean dollar() {
        int end = at + 1;
        while (end < text.length() && word(text.charAt(end))) {
            end++;
        }
        boolean name = at > 0 && word(text.charAt(at - 1));
        boolean parameter = end > at + 1 && Character.isDigit(text.charAt(at + 1));
        if (name || parameter || end >= text.length() || text.charAt(end) != '$') {
            at = Math.max(at + 1, end);
            return true;
        }
        String tag = text.substring(at, end + 1);
        return skipTo(tag, tag.length());
    }

    private static boolean word(char c) {
        return c == '_' || Character.isLetterOrDigit(c);
    }
}
