package dev.stepmark.runbook;

/**
 * An error or a warning that the document, or the author's {@code ignore=}, says is safe.
 *
 * @param text     as written, with placeholders and elision for what differs
 * @param line     where it stands
 * @param scope    lines of the document whose blocks it holds for
 * @param fragment whether the text is only a part of the line that comes out
 */
public record ToleratedError(String text, int line, Span scope, boolean fragment) {

    /** Whether it holds for this block. */
    public boolean covers(Block block) {
        return block.span().first() >= scope.first() && block.span().last() <= scope.last();
    }
}
