package dev.stepmark.runbook;

/**
 * Lines of the source document, 1-based and inclusive.
 *
 * @param first the first line
 * @param last  the last line, not before the first
 */
public record Span(int first, int last) {

    public Span {
        if (first < 1 || last < first) {
            throw new IllegalArgumentException("no span: " + first + "-" + last);
        }
    }
}
