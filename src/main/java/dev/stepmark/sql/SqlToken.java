package dev.stepmark.sql;

/**
 * A piece of SQL text as psql's own lexer cuts it.
 *
 * @param closed false for a literal, identifier or comment that the text ends in
 */
record SqlToken(Type type, int start, int end, boolean closed) {

    /** Kinds of tokens; SYMBOL is always one character. */
    enum Type { SPACE, LINE_COMMENT, BLOCK_COMMENT, WORD, NUMBER, IDENTIFIER, STRING, DOLLAR, BACKSLASH, SYMBOL }

    boolean significant() {
        return type != Type.SPACE && type != Type.LINE_COMMENT && type != Type.BLOCK_COMMENT;
    }
}
