package dev.stepmark.runbook;

import java.util.List;

/**
 * The words of the document, as a small tree that can be rendered without a Markdown library. Inline markup is
 * already flattened to plain text: code keeps its backticks, emphasis loses its stars, a link is {@code text (url)}.
 */
public sealed interface Prose {

    /** Where the words stand. */
    Span span();

    /** A paragraph; line breaks of the source are spaces, hard breaks are newlines. */
    record Paragraph(Span span, String text) implements Prose { }

    /** A heading inside a step's body, with its level 1 to 6. */
    record Heading(Span span, int level, String text) implements Prose { }

    /** A bullet or numbered item that belongs to a step's words; the marker is {@code -} or {@code 1.}. */
    record Item(Span span, String marker, List<Prose> content) implements Prose { }

    /** A block quote or an admonition; the label ("note", "warning") is empty for a plain quote. */
    record Quote(Span span, String label, List<Prose> content) implements Prose { }

    /** An image: shown as one line, never fetched. */
    record Image(Span span, String alt, String path) implements Prose { }

    /** Text that is shown as it stands: a table, HTML, and whatever else has no better form. */
    record Verbatim(Span span, String text) implements Prose { }
}
