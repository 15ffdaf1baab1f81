package dev.stepmark.sql;

import dev.stepmark.sql.SqlToken.Type;

/**
 * Cuts SQL into tokens by the rules of PostgreSQL's psqlscan.l. It never fails: what is not closed ends with the text.
 */
final class SqlLexer {

    private String text;
    /** standard_conforming_strings: off makes a backslash in a plain literal an escape. */
    private boolean standardStrings;
    private int at;

    SqlLexer(String text, int start) {
        this(text, start, true);
    }

    SqlLexer(String text, int start, boolean standardStrings) {
        this.text = text;
        this.at = start;
        this.standardStrings = standardStrings;
    }

    boolean standardStrings() {
        return standardStrings;
    }

    void standardStrings(boolean on) {
        standardStrings = on;
    }

    /** Goes on in another text, where the value of a variable has taken the place of its name. */
    void replaceText(String newText, int position) {
        text = newText;
        at = position;
    }

    int position() {
        return at;
    }

    void moveTo(int position) {
        at = position;
    }

    boolean hasNext() {
        return at < text.length();
    }

    SqlToken next() {
        int start = at;
        char c = text.charAt(at);
        if (isSpace(c)) {
            return space(start);
        }
        if (text.startsWith("--", at)) {
            at = lineEnd(at);
            return token(Type.LINE_COMMENT, start, true);
        }
        if (text.startsWith("/*", at)) {
            return blockComment(start);
        }
        if (isIdentifierStart(c)) {
            return word(start);
        }
        return switch (c) {
            case '\'' -> quoted(start, Type.STRING, '\'', !standardStrings);
            case '"' -> quoted(start, Type.IDENTIFIER, '"', false);
            case '$' -> dollar(start);
            case '\\' -> single(Type.BACKSLASH, start);
            default -> isDigit(c) ? number(start) : single(Type.SYMBOL, start);
        };
    }

    /** The position of the next line feed, or the end of the text. */
    int lineEnd(int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }

    private SqlToken token(Type type, int start, boolean closed) {
        return new SqlToken(type, start, at, closed);
    }

    private SqlToken single(Type type, int start) {
        at++;
        return token(type, start, true);
    }

    private SqlToken space(int start) {
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
        return token(Type.SPACE, start, true);
    }

    private SqlToken blockComment(int start) {
        int depth = 0;
        while (at < text.length()) {
            if (text.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (text.startsWith("*/", at)) {
                depth--;
                at += 2;
                if (depth == 0) {
                    return token(Type.BLOCK_COMMENT, start, true);
                }
            } else {
                at++;
            }
        }
        return token(Type.BLOCK_COMMENT, start, false);
    }

    private SqlToken word(int start) {
        if (text.startsWith("&'", start + 1) && isLetter(start, 'u')) {
            at = start + 2;
            return quoted(start, Type.STRING, '\'', false);
        }
        if (text.startsWith("&\"", start + 1) && isLetter(start, 'u')) {
            at = start + 2;
            return quoted(start, Type.IDENTIFIER, '"', false);
        }
        boolean quoteFollows = text.startsWith("'", start + 1);
        if (quoteFollows && isLetter(start, 'e')) {
            at = start + 1;
            return quoted(start, Type.STRING, '\'', true);
        }
        if (quoteFollows && (isLetter(start, 'b') || isLetter(start, 'x') || isLetter(start, 'n'))) {
            at = start + 1;
            return quoted(start, Type.STRING, '\'', isLetter(start, 'n') && !standardStrings);
        }
        identifier();
        return token(Type.WORD, start, true);
    }

    private void identifier() {
        while (at < text.length() && isIdentifierPart(text.charAt(at))) {
            at++;
        }
    }

    private boolean isLetter(int position, char lower) {
        return Character.toLowerCase(text.charAt(position)) == lower;
    }

    private SqlToken number(int start) {
        while (at < text.length() && (isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
        // an identifier that sticks to a number belongs to it: 1e'a' holds no E literal and 1e$$ opens nothing
        if (at < text.length() && isIdentifierStart(text.charAt(at))) {
            identifier();
        }
        return token(Type.NUMBER, start, true);
    }

    /** From the opening quote at the current position to its end; a doubled quote stands for one. */
    private SqlToken quoted(int start, Type type, char quote, boolean escapes) {
        at++;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (escapes && c == '\\') {
                at = Math.min(at + 2, text.length());
            } else if (c != quote) {
                at++;
            } else if (at + 1 < text.length() && text.charAt(at + 1) == quote) {
                at += 2;
            } else {
                at++;
                int continued = escapes ? continuation() : -1;
                if (continued < 0) {
                    return token(type, start, true);
                }
                at = continued + 1;
            }
        }
        return token(type, start, false);
    }

    /**
     * A literal goes on in a quote on a following line, and an E'' literal keeps its escapes there.
     *
     * @return the position of that quote, or -1
     */
    private int continuation() {
        boolean newLine = false;
        int i = at;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (isSpace(c)) {
                newLine |= c == '\n' || c == '\r';
                i++;
            } else if (text.startsWith("--", i)) {
                i = lineEnd(i);
            } else {
                return newLine && c == '\'' ? i : -1;
            }
        }
        return -1;
    }

    private SqlToken dollar(int start) {
        int end = start + 1;
        if (end < text.length() && isDigit(text.charAt(end))) {
            at = end;
            return number(start);
        }
        if (end < text.length() && isIdentifierStart(text.charAt(end))) {
            while (end < text.length() && isTagPart(text.charAt(end))) {
                end++;
            }
        }
        if (end >= text.length() || text.charAt(end) != '$') {
            return single(Type.SYMBOL, start);
        }
        String delimiter = text.substring(start, end + 1);
        int close = text.indexOf(delimiter, end + 1);
        at = close < 0 ? text.length() : close + delimiter.length();
        return token(Type.DOLLAR, start, close >= 0);
    }

    static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isIdentifierStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
    }

    private static boolean isTagPart(char c) {
        return isIdentifierStart(c) || isDigit(c);
    }

    private static boolean isIdentifierPart(char c) {
        return isTagPart(c) || c == '$';
    }
}
