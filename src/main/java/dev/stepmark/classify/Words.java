package dev.stepmark.classify;

import dev.stepmark.markdown.Node;
import dev.stepmark.runbook.Prose;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Turns nodes without code into prose. */
final class Words {

    /** Tags of a site's components and comments: nothing that a reader sees. */
    private static final Pattern MARKUP = Pattern.compile("<!--(?s:.*?)-->|</?[A-Za-z][^>]*>");

    private Words() {
    }

    /** The prose of one node; empty for what a reader does not see. Code blocks in it are left out. */
    static List<Prose> of(Node node) {
        List<Prose> out = new ArrayList<>();
        if (node instanceof Node.Paragraph paragraph) {
            if (!paragraph.text().isBlank()) {
                out.add(new Prose.Paragraph(paragraph.span(), paragraph.text()));
            }
            paragraph.images().forEach(i -> out.add(new Prose.Image(paragraph.span(), i.alt(), i.path())));
        } else if (node instanceof Node.Heading heading) {
            out.add(new Prose.Heading(heading.span(), heading.level(), heading.text()));
        } else if (node instanceof Node.Items items) {
            items.items().forEach(i -> out.add(new Prose.Item(i.span(), i.marker(), all(i.content()))));
        } else if (node instanceof Node.Quote quote) {
            out.add(new Prose.Quote(quote.span(), quote.label(), all(quote.content())));
        } else if (node instanceof Node.Html html && !MARKUP.matcher(html.text()).replaceAll("").isBlank()) {
            out.add(new Prose.Verbatim(html.span(), html.text()));
        } else if (node instanceof Node.Other other && !isRule(other.text())) {
            out.add(new Prose.Verbatim(other.span(), other.text()));
        }
        return out;
    }

    /** A line across the page. */
    private static boolean isRule(String text) {
        return text.chars().allMatch(c -> "-*_ \t".indexOf(c) >= 0);
    }

    static List<Prose> all(List<Node> nodes) {
        return nodes.stream().flatMap(n -> of(n).stream()).toList();
    }

    /** Whether a code block is in it, at any depth. */
    static boolean hasCode(Node node) {
        if (node instanceof Node.Items items) {
            return items.items().stream().anyMatch(i -> i.content().stream().anyMatch(Words::hasCode));
        }
        return node instanceof Node.Code
                || node instanceof Node.Quote quote && quote.content().stream().anyMatch(Words::hasCode);
    }

    static boolean hasCode(Node.Item item) {
        return item.content().stream().anyMatch(Words::hasCode);
    }
}
