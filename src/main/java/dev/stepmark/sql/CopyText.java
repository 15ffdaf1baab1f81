package dev.stepmark.sql;

/**
 * {@code COPY ... FROM STDIN} with the data that follows it in a script.
 *
 * @param statement up to its semicolon
 * @param data      the lines between, without the closing {@code \.}
 */
public record CopyText(String statement, String data) {

    /** Takes a piece apart. */
    public static CopyText of(String piece, boolean standardStrings) {
        SqlLexer lexer = new SqlLexer(piece, 0, standardStrings);
        int depth = 0;
        while (lexer.hasNext()) {
            SqlToken token = lexer.next();
            if (token.type() != SqlToken.Type.SYMBOL) {
                continue;
            }
            char c = piece.charAt(token.start());
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ';' && depth == 0) {
                return new CopyText(piece.substring(0, token.end()), lines(piece, token.end()));
            }
        }
        return new CopyText(piece, "");
    }

    /** The lines that begin behind the line of a position, up to the line {@code \.}. */
    public static String lines(String text, int from) {
        int begin = text.indexOf('\n', from) + 1;
        if (begin == 0) {
            return "";
        }
        int at = begin;
        while (at < text.length()) {
            int end = text.indexOf('\n', at);
            int lineEnd = end < 0 ? text.length() : end;
            if (text.substring(at, lineEnd).stripTrailing().equals("\\.")) {
                return text.substring(begin, at);
            }
            at = lineEnd + 1;
        }
        return text.substring(begin);
    }
}
