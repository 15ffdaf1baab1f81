package dev.stepmark.sql;

/**
 * A token of SQL with one or more holes in it, and what the grammar wants there: that decides how a value is written.
 *
 * @param kind   what it is
 * @param start  index of the token's first character
 * @param end    index after its last
 * @param prefix characters in front of the first one that belongs to the content: {@code E'}, {@code "}, {@code $x$}
 */
public record ValuePlace(Kind kind, int start, int end, int prefix) {

    /** What a token with a hole is. */
    public enum Kind {
        /** Inside a plain literal. */ LITERAL,
        /** Inside an {@code E''} literal. */ ESCAPED,
        /** Inside a {@code U&''} literal. */ UNICODE,
        /** Inside a {@code B''} or {@code X''} literal. */ BITS,
        /** Inside a quoted identifier. */ IDENTIFIER,
        /** Inside a {@code U&""} identifier. */ UNICODE_IDENTIFIER,
        /** Inside a dollar-quoted literal that is no code. */ DOLLAR,
        /** A word where a name is meant. */ NAME,
        /** A word where a number or a string is meant. */ VALUE,
        /** A word where neither is meant: the value becomes SQL. */ RAW,
        /** In a comment. */ COMMENT,
        /** An argument of a meta-command, or a part of one. */ ARGUMENT,
        /** The same inside single quotes. */ ARGUMENT_SINGLE,
        /** The same inside double quotes. */ ARGUMENT_DOUBLE,
        /** A pattern of a command that describes: {@code \d <TABLE>}. */ PATTERN,
        /** Text that a shell reads: after {@code \!} and in backticks. */ PROGRAM
    }

    /** The same some characters further on. */
    ValuePlace shifted(int by) {
        return new ValuePlace(kind, start + by, end + by, prefix);
    }

    /** Whether a value becomes text of the language here, so that somebody must have read it. */
    public boolean raw() {
        return kind == Kind.RAW;
    }
}
