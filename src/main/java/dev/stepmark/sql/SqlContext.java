package dev.stepmark.sql;

/** What surrounds a position in SQL text; it decides how a value that is put there must be quoted. */
public enum SqlContext {
    /** Outside any quote or comment. */
    CODE,
    /** Inside a string literal. */
    LITERAL,
    /** Inside a quoted identifier. */
    IDENTIFIER,
    /** Inside a dollar-quoted literal. */
    DOLLAR,
    /** Inside a comment. */
    COMMENT;

    /**
     * The context at a position.
     *
     * @param text   SQL
     * @param offset the index of a character, from 0; at or after the end the context in which the text ends
     */
    public static SqlContext at(String text, int offset) {
        SqlLexer lexer = new SqlLexer(text, 0);
        while (lexer.hasNext() && lexer.position() < offset) {
            SqlToken token = lexer.next();
            if (offset < token.end() || !token.closed() || endsAfter(token, offset)) {
                return of(token.type());
            }
        }
        return CODE;
    }

    /** A line comment holds everything up to the line feed, so its end is still inside. */
    private static boolean endsAfter(SqlToken token, int offset) {
        return token.type() == SqlToken.Type.LINE_COMMENT && offset == token.end();
    }

    private static SqlContext of(SqlToken.Type type) {
        return switch (type) {
            case STRING -> LITERAL;
            case IDENTIFIER -> IDENTIFIER;
            case DOLLAR -> DOLLAR;
            case LINE_COMMENT, BLOCK_COMMENT -> COMMENT;
            default -> CODE;
        };
    }
}
