package dev.stepmark.markdown;

import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Span;
import java.util.List;

/** The raw document tree: what CommonMark says is there, with lines, and nothing decided yet. */
public sealed interface Node {

    /** Lines of the source file (front matter counted). */
    Span span();

    /** A heading; {@code text} is plain. */
    record Heading(Span span, int level, String text) implements Node { }

    /**
     * A paragraph.
     *
     * @param span   lines
     * @param text   plain text with code in backticks and links as {@code text (url)}; soft breaks are spaces
     * @param codes  inline code, contents without backticks, in order
     * @param images images in it, in order; a paragraph of one image has an empty text
     */
    record Paragraph(Span span, String text, List<String> codes, List<ImageRef> images) implements Node { }

    /** An image reference. */
    record ImageRef(String alt, String path) { }

    /**
     * A code block.
     *
     * @param span       lines, fence lines included (indented: code lines only)
     * @param syntax     FENCE or INDENTED
     * @param info       whole info string as written
     * @param text       content, indentation of the container removed, ending with a newline unless empty
     * @param closed     false for a fence that is never closed
     * @param annotation content of a {@code <!-- stepmark: ... -->} comment on the line before, else empty
     * @param indent     columns before the fence or the code
     */
    record Code(Span span, Block.Syntax syntax, String info, String text, boolean closed, String annotation,
            int indent) implements Node { }

    /** A list; {@code start} is the first number, 0 for bullets. */
    record Items(Span span, boolean ordered, int start, List<Item> items) implements Node { }

    /** An item of a list; its marker as written ({@code 3.}, {@code -}). */
    record Item(Span span, String marker, List<Node> content) implements Node { }

    /** A block quote or admonition. */
    record Quote(Span span, String label, List<Node> content) implements Node { }

    /** A block of HTML or MDX; comments of ours are not among them. */
    record Html(Span span, String text) implements Node { }

    /** Anything else: tables, thematic breaks, link definitions; shown as it stands. */
    record Other(Span span, String text) implements Node { }
}
