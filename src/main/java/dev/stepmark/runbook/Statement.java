package dev.stepmark.runbook;

/**
 * One execution: the unit of intent. A shell block has exactly one; a SQL block has one for each statement and each
 * meta-command. The text is what reaches the session, byte for byte (placeholders are filled into it first).
 *
 * @param kind   what it is
 * @param text   the bytes to run: for SQL without the final semicolon's trailing whitespace, but with the semicolon
 *               when the document has one
 * @param span   where it stands in the document
 * @param verb   leading keyword(s) in lower case, for display and for phrases: {@code select}, {@code alter table},
 *               {@code \c}, {@code pg_dump}
 * @param object what it acts on where the leading tokens tell (a table, a file), else empty
 * @param risk   how much it can do
 */
public record Statement(Kind kind, String text, Span span, String verb, String object, Risk risk) {

    /** Kinds of executions. */
    public enum Kind {
        /** A whole shell block. */
        SHELL,
        /** One SQL statement. */
        SQL,
        /** A psql meta-command, or {@code exit} / {@code quit} in psql. */
        META,
        /** A command that opens a session ({@code psql ...}): Stepmark opens it itself. */
        OPENER
    }
}
