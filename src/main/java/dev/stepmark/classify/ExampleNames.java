package dev.stepmark.classify;

import dev.stepmark.markdown.Node;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names that the words call an example (pattern 20): "in this example, a cluster named {@code hippo}". The commands run as
 * they stand; a person is offered another name. Only where the sentence itself says example: most names are what they are.
 */
final class ExampleNames {

    private static final String NAME = "[`'\"]([a-z][a-z0-9]+(?:-[a-z0-9]+)*)[`'\"]";
    private static final Screened NAMED = Screened.of("\\b(?:named|called)\\s+" + NAME, "named", "called");
    private static final Screened IS_EXAMPLE = Screened.of(NAME + "\\s+(?:is|are)\\s+(?:only |just )?(?:an? |the )?examples?\\b", "example");
    private static final Screened EXAMPLE_OF = Screened.of("\\bexample\\s+(?:\\w+\\s+){0,2}(?:cluster|database|namespace|user|role|host|server|"
            + "table|schema|bucket|project|name|instance|node|release|site|tenant|topic|volume)\\s+(?:is\\s+)?" + NAME, "example");
    private static final Pattern SENTENCE = Pattern.compile("(?<=[.!?:])\\s+");
    /** The most of them: each is looked for in every block. */
    private static final int MOST = 10;

    private ExampleNames() { }

    /** The names, in the order of the document. */
    static List<String> of(List<Node> nodes) {
        Set<String> found = new LinkedHashSet<>();
        collect(nodes, found);
        return found.stream().filter(n -> n.length() > 2).limit(MOST).toList();
    }

    private static void collect(List<Node> nodes, Set<String> found) {
        for (Node node : nodes) {
            if (node instanceof Node.Paragraph paragraph && paragraph.text().toLowerCase(java.util.Locale.ROOT).contains("example")) {
                for (String sentence : SENTENCE.split(paragraph.text())) {
                    sentence(sentence, found);
                }
            } else if (node instanceof Node.Items items) {
                items.items().forEach(i -> collect(i.content(), found));
            } else if (node instanceof Node.Quote quote) {
                collect(quote.content(), found);
            }
        }
    }

    private static void sentence(String sentence, Set<String> found) {
        if (sentence.toLowerCase(java.util.Locale.ROOT).contains("example")) {
            for (Screened pattern : List.of(NAMED, IS_EXAMPLE, EXAMPLE_OF)) {
                Matcher matcher = pattern.matcher(sentence);
                while (matcher.find()) {
                    // the patterns ignore case, and a name of an example is in lower case
                    if (matcher.group(1).equals(matcher.group(1).toLowerCase(java.util.Locale.ROOT))) {
                        found.add(matcher.group(1));
                    }
                }
            }
        }
    }
}
