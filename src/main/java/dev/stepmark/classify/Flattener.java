package dev.stepmark.classify;

import dev.stepmark.markdown.Document;
import dev.stepmark.markdown.Node;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Prose;
import java.util.List;

/** Puts nodes into a step as words and code in document order: code inside of lists and quotes comes out of them. */
final class Flattener {

    private final Document document;
    private String leadIn = "";
    private boolean direct;

    Flattener(Document document) {
        this.document = document;
    }

    /** What a code block that follows now would be led in by. */
    String leadIn() {
        return leadIn;
    }

    /** Forgets the words before: a heading or a new item begins. */
    void reset() {
        leadIn = "";
        direct = false;
    }

    /** Words that were seen before a code block. */
    void saw(Node node) {
        if (node instanceof Node.Paragraph paragraph && !paragraph.text().isBlank()) {
            leadIn = paragraph.text();
            direct = true;
        } else if (node instanceof Node.Items items && !items.items().isEmpty()) {
            List<Node> content = items.items().get(items.items().size() - 1).content();
            content.forEach(this::saw);
        }
    }

    void into(StepDraft draft, Node node) {
        draft.reach(node.span());
        if (node instanceof Node.Code code) {
            draft.pieces.add(new StepDraft.Code(code, Annotations.of(document, code), leadIn, direct));
            direct &= code.syntax() == Block.Syntax.INLINE;
        } else if (!Words.hasCode(node)) {
            saw(node);
            draft.addWords(Words.of(node));
        } else if (node instanceof Node.Quote quote) {
            quote.content().forEach(child -> into(draft, child));
        } else if (node instanceof Node.Items items) {
            items.items().forEach(item -> item(draft, item));
        }
    }

    /** An item that has code: its first paragraph keeps the marker, the rest follows. */
    private void item(StepDraft draft, Node.Item item) {
        List<Node> content = item.content();
        int from = 0;
        if (!content.isEmpty() && content.get(0) instanceof Node.Paragraph first) {
            saw(first);
            List<Prose> words = Words.of(first);
            draft.addWords(List.of(new Prose.Item(first.span(), item.marker(), words)));
            from = 1;
        }
        content.subList(from, content.size()).forEach(child -> into(draft, child));
    }
}
