package dev.stepmark.runbook;

import java.util.List;

/**
 * What the document shows as the output of a command.
 *
 * @param block     id of the block whose output it is
 * @param statement index of the statement whose output it is; -1 for that of the whole block
 * @param span      where it stands
 * @param kind      how much of it must be the same
 * @param text      the lines as the document has them, or a regular expression
 * @param lines     for each line of the text its line in the document
 * @param percent   for SIMILAR: how much of it must be the same
 */
public record ExpectedOutput(String block, int statement, Span span, Kind kind, String text, List<Integer> lines,
        int percent) {

    /** How much of it must be the same. */
    public enum Kind {
        /** All of it, as far as values do not vary. */
        OUTPUT,
        /** Its form: the words before it call it an example, or similar. */
        EXAMPLE,
        /** So many percent of it: the author says so by {@code expected_similarity=0.8}. */
        SIMILAR,
        /** A regular expression that must be found: {@code expected_similarity="..."}. */
        PATTERN
    }

    public ExpectedOutput {
        lines = List.copyOf(lines);
    }

    /** The line of the document for a line of the text, from 1. */
    public int lineOf(int line) {
        return lines.isEmpty() ? span.first() : lines.get(Math.max(0, Math.min(line, lines.size()) - 1));
    }
}
