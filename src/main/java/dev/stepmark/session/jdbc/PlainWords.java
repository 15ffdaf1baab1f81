package dev.stepmark.session.jdbc;

/** Blanks what is not a bare word of a statement, length for length: comments, strings, quoted names. */
final class PlainWords {

    private final String sql;
    private final StringBuilder out;
    private int at;

    private PlainWords(String sql) {
        this.sql = sql;
        this.out = new StringBuilder(sql);
    }

    static String of(String sql) {
        return new PlainWords(sql).run();
    }

    private String run() {
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (c == '\'' || c == '"') {
                blankTo(quoted(c));
            } else if (sql.startsWith("--", at)) {
                int end = sql.indexOf('\n', at);
                blankTo(end < 0 ? sql.length() : end);
            } else if (sql.startsWith("/*", at)) {
                blankTo(comment());
            } else if (c == '$' && dollar() > at + 1) {
                blankTo(dollar());
            } else {
                at++;
            }
        }
        return out.toString();
    }

    private void blankTo(int end) {
        for (; at < end; at++) {
            if (!Character.isWhitespace(out.charAt(at))) {
                out.setCharAt(at, sql.charAt(at) < 128 && "'\"".indexOf(sql.charAt(at)) >= 0 ? '\'' : ' ');
            }
        }
    }

    private int quoted(char quote) {
        boolean escapes = quote == '\'' && at > 0 && Character.toLowerCase(sql.charAt(at - 1)) == 'e'
                && (at < 2 || !Character.isLetterOrDigit(sql.charAt(at - 2)));
        for (int i = at + 1; i < sql.length(); i++) {
            char c = sql.charAt(i);
            if (escapes && c == '\\' || c == quote && i + 1 < sql.length() && sql.charAt(i + 1) == quote) {
                i++;
            } else if (c == quote) {
                return i + 1;
            }
        }
        return sql.length();
    }

    private int comment() {
        int depth = 0;
        for (int i = at; i < sql.length(); i++) {
            if (sql.startsWith("/*", i)) {
                depth++;
                i++;
            } else if (sql.startsWith("*/", i)) {
                i++;
                if (--depth == 0) {
                    return i + 1;
                }
            }
        }
        return sql.length();
    }

    /** A dollar-quoted string, or a single dollar. */
    private int dollar() {
        int close = sql.indexOf('$', at + 1);
        boolean inName = at > 0 && Character.isLetterOrDigit(sql.charAt(at - 1));
        if (inName || close < 0 || !sql.substring(at + 1, close).matches("|[\\p{L}_][\\p{L}\\p{N}_]*")) {
            return at + 1;
        }
        String tag = sql.substring(at, close + 1);
        int end = sql.indexOf(tag, close + 1);
        return end < 0 ? sql.length() : end + tag.length();
    }
}
