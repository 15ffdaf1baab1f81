package dev.stepmark.classify;

import dev.stepmark.markdown.Document;
import dev.stepmark.markdown.Node;
import dev.stepmark.runbook.Span;
import dev.stepmark.runbook.VersionRemark;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Versions that the words name as a bound (pattern 23): "older than v0.5", "kubectl 1.14 and above". */
final class VersionProse {

    /** The most of them: a list of releases is no procedure. */
    private static final int MOST = 50;
    private static final String VERSION = "`?v?(\\d+(?:\\.\\d+){1,3})`?";
    private static final String WORD = "(?:releases?|versions?)?\\s*";
    /** In this order; the sign that each means. */
    private static final Map<Screened, String> SIGNS = signs();
    private static final Pattern KEY = Pattern.compile("min-[a-z-]+-version\\s*:\\s*[\"']?v?(\\d+(?:\\.\\d+)*)[\"']?\\s*");

    private final Document document;
    private final List<VersionRemark> found = new ArrayList<>();

    private VersionProse(Document document) {
        this.document = document;
    }

    static List<VersionRemark> of(Document document) {
        VersionProse prose = new VersionProse(document);
        prose.frontMatter();
        prose.walk(document.nodes());
        return prose.found;
    }

    /** {@code min-kubernetes-server-version} and its like: a bound on something around the product. */
    private void frontMatter() {
        List<String> lines = document.lines();
        if (lines.isEmpty() || !lines.get(0).strip().equals("---")) {
            return;
        }
        for (int i = 1; i < lines.size() && !lines.get(i).strip().equals("---"); i++) {
            Matcher key = KEY.matcher(lines.get(i));
            if (key.matches()) {
                found.add(new VersionRemark(i + 1, ">=" + key.group(1), lines.get(i).strip()));
            }
        }
    }

    private void walk(List<Node> nodes) {
        for (Node node : nodes) {
            if (node instanceof Node.Paragraph paragraph) {
                SIGNS.forEach((pattern, sign) -> bounds(paragraph, pattern, sign));
            } else if (node instanceof Node.Items items) {
                items.items().forEach(i -> walk(i.content()));
            } else if (node instanceof Node.Quote quote) {
                walk(quote.content());
            }
        }
    }

    private void bounds(Node.Paragraph paragraph, Screened pattern, String sign) {
        Matcher matcher = pattern.matcher(paragraph.text());
        while (matcher.find() && found.size() < MOST) {
            String text = matcher.group().strip();
            if (found.stream().noneMatch(r -> r.text().equalsIgnoreCase(text))) { // said twice, it is one bound
                int line = lineOf(matcher.group(1), paragraph.span());
                found.add(new VersionRemark(line, sign + matcher.group(1), text));
            }
        }
    }

    private int lineOf(String version, Span span) {
        for (int line = span.first(); line <= span.last(); line++) {
            if (document.lines().get(line - 1).contains(version)) {
                return line;
            }
        }
        return span.first();
    }

    private static Map<Screened, String> signs() {
        Map<Screened, String> signs = new LinkedHashMap<>();
        signs.put(pattern("(?:older|earlier|lower|less) than " + WORD + VERSION, "than "), "<");
        signs.put(pattern("(?:prior to|versions before|releases before) " + WORD + VERSION, "prior to ", " before "), "<");
        signs.put(pattern(VERSION + "(?:\\+(?![\\w.])|,? (?:and|or) (?:above|newer|later|higher|greater|up)\\b|,? (?:and )?onwards?\\b)",
                "+", "and ", "or ", "onward"), ">=");
        signs.put(pattern("(?:at least|minimum) " + WORD + "(?:of |is )?" + VERSION, "at least ", "minimum "), ">=");
        signs.put(pattern(VERSION + ",? (?:and|or) (?:below|older|earlier|lower)\\b", "below", "older", "earlier", "lower"), "<=");
        return signs;
    }

    private static Screened pattern(String regex, String... fragments) {
        return Screened.of("(?<![\\w.-])" + regex, fragments);
    }
}
