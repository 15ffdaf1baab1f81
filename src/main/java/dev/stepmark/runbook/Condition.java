package dev.stepmark.runbook;

/**
 * When a step applies.
 *
 * @param text       the words of the document ("If there are any conflicts"), or the author's expression
 * @param line       where they stand
 * @param source     who said it
 * @param expression a CEL expression over captures that decides it; empty when only a person can
 * @param dependsOn  id of the step whose result decides it ("6"), or empty
 */
public record Condition(String text, int line, Source source, String expression, String dependsOn) {

    /** Who said it. */
    public enum Source {
        /** The author's {@code when=}: obeyed without asking. */
        DECLARED,
        /** Read from prose: shown, and asked. */
        INFERRED
    }
}
