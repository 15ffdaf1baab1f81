package dev.stepmark.classify;

import dev.stepmark.markdown.Node;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Literals that the words order to be replaced (pattern 19): "replace {@code NAME_HERE} with the number of your ticket". Only
 * those that look like a hole count: the name of a running example is an offer to edit, not a question (pattern 20).
 */
final class Replacements {

    private static final Screened ORDER = Screened.of("\\b(?:replac(?:e|ing)|substitut(?:e|ing))\\s+"
            + "(?:(?:the|any|all|every|each|occurr?ences?|of|placeholders?|value|string|text|literal)\\s+)*"
            + "[`'\"]([^`'\"\\n]{2,60})[`'\"](?!(?:\\s+\\([^)]*\\))?\\s+(?:with|by|for)\\s+`)", "replac", "substitut");
    private static final Pattern HOLE = Pattern.compile("[Xx]{3,}|(?i:your)[\\w-]+|(?i:my)[-_][\\w-]+|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|"
            + "<[^<>]+>|\\[[\\w -]+]|\\{[\\w -]+}");

    /** The most of them: each is looked for in every block. */
    private static final int MOST = 50;

    private Replacements() {
    }

    /** The literals, as the commands have them, in the order of the document. */
    static List<String> of(List<Node> nodes) {
        Set<String> found = new LinkedHashSet<>();
        collect(nodes, found);
        return found.stream().limit(MOST).toList();
    }

    private static void collect(List<Node> nodes, Set<String> found) {
        for (Node node : nodes) {
            if (node instanceof Node.Paragraph paragraph) {
                Matcher order = ORDER.matcher(paragraph.text());
                while (order.find()) {
                    if (HOLE.matcher(order.group(1)).matches()) {
                        found.add(order.group(1));
                    }
                }
            } else if (node instanceof Node.Items items) {
                items.items().forEach(i -> collect(i.content(), found));
            } else if (node instanceof Node.Quote quote) {
                collect(quote.content(), found);
            }
        }
    }
}
