package dev.stepmark.binding;

import dev.stepmark.runbook.Placeholder;
import java.util.Locale;

/**
 * One place in a text that a value goes into.
 *
 * @param name   the value's name
 * @param kind   what the text wants there
 * @param offset index of its first character in the text
 * @param secret whether the value is a secret
 */
public record Hole(String name, Kind kind, int offset, boolean secret) {

    /** What a value becomes; it decides how it is quoted. */
    public enum Kind {
        /** A name of SQL. */ IDENTIFIER,
        /** A string or a number of SQL. */ LITERAL,
        /** An argument of a meta-command. */ ARGUMENT,
        /** A component of a URL. */ URL_PART,
        /** A word of a shell, or a part of one. */ WORD,
        /** Text that nothing reads as code: the lines of a here-document, a comment. */ TEXT,
        /** A variable that the shell is given; the text stays as it is. */ VARIABLE,
        /** SQL or shell text: a person must have read it. */ RAW,
        /** A place whose quoting is not known: only values that need none. */ UNKNOWN;

        /** As people are told. */
        public String words(boolean sql) {
            return this == RAW ? (sql ? "SQL text (raw)" : "shell text (raw)")
                    : name().toLowerCase(Locale.ROOT).replace('_', ' ').replace("url", "URL");
        }
    }

    static Hole of(Placeholder placeholder, Kind kind, int offset) {
        return new Hole(placeholder.name(), kind, offset, placeholder.secret());
    }
}
