package dev.stepmark.terminal;

import dev.stepmark.runbook.Part;
import dev.stepmark.runbook.Prose;
import java.util.ArrayList;
import java.util.List;

/**
 * The document's words and the code blocks that are only shown. Two columns belong to them; a line that begins with
 * one of Stepmark's marks is indented two more, so that no document can print a line that looks like ours.
 */
final class ProseText {

    private static final int DOCUMENT = 2;
    private static final int CODE = 4;

    private final int width;
    private final List<String> lines = new ArrayList<>();

    private ProseText(int width) {
        this.width = width;
    }

    /** Renders parts in their order. */
    static List<String> render(List<Part> body, int width) {
        ProseText text = new ProseText(width);
        for (Part part : body) {
            if (part instanceof Part.Words words) {
                text.prose(words.prose(), " ".repeat(DOCUMENT), " ".repeat(DOCUMENT));
            } else if (part instanceof Part.Code code) {
                text.code(code.block().text());
            }
        }
        return text.lines;
    }

    private void prose(Prose prose, String first, String rest) {
        if (prose instanceof Prose.Paragraph paragraph) {
            words(paragraph.text(), first, rest);
        } else if (prose instanceof Prose.Heading heading) {
            words(heading.text(), first, rest);
        } else if (prose instanceof Prose.Item item) {
            item(item, first, rest);
        } else if (prose instanceof Prose.Quote quote) {
            quote(quote, first, rest);
        } else if (prose instanceof Prose.Image image) {
            words("image: \"" + image.alt() + "\" " + image.path(), first, rest);
        } else if (prose instanceof Prose.Verbatim verbatim) {
            verbatim.text().lines().forEach(line -> asItStands(line, rest));
        }
    }

    private void item(Prose.Item item, String first, String rest) {
        String marker = Neutral.line(item.marker()) + " ";
        if (item.content().isEmpty()) {
            words(marker, first, rest);
            return;
        }
        String inner = rest + " ".repeat(Wrap.width(marker));
        all(item.content(), first + marker, inner);
    }

    private void quote(Prose.Quote quote, String first, String rest) {
        if (quote.label().isEmpty()) {
            all(quote.content(), first + "  ", rest + "  ");
        } else {
            all(quote.content(), first + Neutral.line(quote.label()) + ": ", rest + "  ");
        }
    }

    private void all(List<Prose> content, String first, String rest) {
        String start = first;
        for (Prose part : content) {
            prose(part, start, rest);
            start = rest;
        }
    }

    private void words(String text, String first, String rest) {
        String start = first;
        for (String line : text.split("\n", -1)) {
            String left = Neutral.line(line).strip();
            do {
                String head = start + left;
                int spaces = indent(head);
                String shown = head.strip();
                int cut = Wrap.wordEnd(shown, room(spaces));
                add(spaces, shown.substring(0, cut));
                left = shown.substring(cut).strip();
                start = rest;
            } while (!left.isEmpty());
        }
    }

    /** Leading spaces of a line, two more where it would look like one of ours. */
    private static int indent(String line) {
        String text = line.stripLeading();
        int spaces = line.length() - text.length();
        return Gutter.looksLikeOurs(text) ? Math.max(spaces, CODE) : spaces;
    }

    private void asItStands(String line, String rest) {
        String text = rest + Neutral.line(line);
        int spaces = indent(text);
        for (String piece : Wrap.hard(text.strip(), room(spaces))) {
            add(Gutter.looksLikeOurs(piece) ? Math.max(spaces, CODE) : spaces, piece);
        }
    }

    private void code(String text) {
        for (Excerpt.Piece piece : Excerpt.of(text.lines().toList())) {
            if (piece.left() > 0) {
                lines.add(Gutter.REMARK.first() + Excerpt.left(piece.left()));
            }
            for (String part : Wrap.hard(Neutral.line(piece.line()), room(CODE))) {
                add(CODE, part);
            }
        }
    }

    private int room(int indent) {
        return Math.max(1, width - indent - (indent < CODE ? CODE - indent : 0));
    }

    private void add(int indent, String text) {
        lines.add((" ".repeat(indent) + text).stripTrailing());
    }
}
