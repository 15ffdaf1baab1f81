package dev.stepmark.classify;

import dev.stepmark.markdown.Document;
import dev.stepmark.markdown.Node;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tabs as the generators of documentation sites write them (pattern 22): markers on lines of their own, whatever
 * CommonMark makes of them. One pass over the lines; what stands in a fence is text.
 */
final class Tabs {

    /** A tab: its name and the lines from its marker to its end. */
    record Tab(String label, Span span) { }

    private static final Pattern INDENTED = Pattern.compile("(\\s*)={3}[!+]?\\s+[\"'](.+?)[\"']\\s*");
    private static final Pattern GROUP = Pattern.compile("\\s*(?:<(?:Tabs|TabGroup|CodeGroup)\\b.*>|\\{\\{[<%]\\s*tabs\\b.*|:{3,}\\s*\\{?tab-set}?.*|"
            + "::Tabs|\\{% tabs\\b.*|:{3,} ?tabs\\b.*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern GROUP_END = Pattern.compile("\\s*(?:</(?:Tabs|TabGroup|CodeGroup)>|\\{\\{[<%]\\s*/\\s*tabs\\b.*|::EndTabs|"
            + "\\{% endtabs.*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern TAB = Pattern.compile("\\s*(?:"
            + "<(?:TabItem|Tab|TabPanel)\\b[^>]*?\\b(?:label|title|name|value)=[{]?[\"']([^\"']+)[\"'].*|"
            + "\\{\\{[<%]\\s*tab\\b[^>%\"]*\"([^\"]+)\".*|:{3,}\\s*\\{?tab-item}?\\s+(.+)|:::TabTitle\\s+(.+)|"
            + "\\{% tab\\b[^%\"]*\"([^\"]+)\".*|={2} ?@?tab\\s+(.+)|@tab\\s+(.+))", Pattern.CASE_INSENSITIVE);
    private static final Pattern LABEL = Pattern.compile("\\blabel=[{]?[\"']([^\"']+)[\"']");
    private static final Pattern TAB_END = Pattern.compile("\\s*(?:</(?:TabItem|Tab|TabPanel)>|\\{\\{[<%]\\s*/\\s*tab\\b.*|\\{% endtab\\b.*)",
            Pattern.CASE_INSENSITIVE);
    /** A line that is longer is no marker. */
    private static final int MAX_LINE = 500;

    private final Document document;
    private final boolean[] fenced;
    private final List<List<Tab>> found = new ArrayList<>();
    private final Deque<Open> open = new ArrayDeque<>();

    /** Tabs whose end has not been seen; {@code indent} is -1 for those that markers end. */
    private static final class Open {

        final int indent;
        final List<Tab> tabs = new ArrayList<>();
        String label;
        int from;

        Open(int indent) {
            this.indent = indent;
        }

        void end(int line) {
            if (label != null) {
                tabs.add(new Tab(label, new Span(from, Math.max(from, line))));
                label = null;
            }
        }

        void begin(String name, int line) {
            end(line - 1);
            label = name;
            from = line;
        }
    }

    private Tabs(Document document) {
        this.document = document;
        this.fenced = new boolean[document.lines().size() + 2];
        mark(document.nodes());
    }

    /** Groups of tabs in document order, those of at least two. */
    static List<List<Tab>> of(Document document) {
        Tabs tabs = new Tabs(document);
        for (int line = 1; line <= document.lines().size(); line++) {
            String text = document.lines().get(line - 1);
            if (!tabs.fenced[line] && text.length() <= MAX_LINE) {
                tabs.line(text, line);
            }
        }
        while (!tabs.open.isEmpty()) {
            tabs.close(document.lines().size());
        }
        return tabs.found;
    }

    private void mark(List<Node> nodes) {
        for (Node node : nodes) {
            if (node instanceof Node.Code code && code.syntax() == Block.Syntax.FENCE) {
                for (int line = code.span().first(); line <= Math.min(code.span().last(), fenced.length - 1); line++) {
                    fenced[line] = true;
                }
            } else if (node instanceof Node.Items items) {
                items.items().forEach(i -> mark(i.content()));
            } else if (node instanceof Node.Quote quote) {
                mark(quote.content());
            }
        }
    }

    private void line(String text, int line) {
        Matcher indented = INDENTED.matcher(text);
        if (indented.matches()) {
            int indent = indented.group(1).length();
            endIndented(indent, line);
            if (open.isEmpty() || open.peek().indent != indent) {
                open.push(new Open(indent));
            }
            open.peek().begin(indented.group(2), line);
            return;
        }
        if (!text.isBlank()) {
            endIndented(text.length() - text.stripLeading().length(), line);
        }
        if (GROUP.matcher(text).matches()) {
            open.push(new Open(-1));
        } else if (GROUP_END.matcher(text).matches()) {
            endMarked(line);
        } else if (TAB_END.matcher(text).matches()) {
            open.stream().filter(o -> o.indent < 0).findFirst().ifPresent(o -> o.end(line));
        } else {
            begin(text, line);
        }
    }

    private void begin(String text, int line) {
        Matcher tab = TAB.matcher(text);
        if (tab.matches() && !open.isEmpty() && open.peek().indent < 0) {
            Matcher label = LABEL.matcher(text);
            open.peek().begin(label.find() ? label.group(1) : first(tab), line);
        }
    }

    private static String first(Matcher matcher) {
        for (int i = 1; i <= matcher.groupCount(); i++) {
            if (matcher.group(i) != null) {
                return matcher.group(i).strip();
            }
        }
        return "";
    }

    /** Text that is indented no deeper than the marker ends tabs that only their indentation marks. */
    private void endIndented(int indent, int line) {
        while (!open.isEmpty() && open.peek().indent >= 0 && (indent < open.peek().indent
                || indent == open.peek().indent && !INDENTED.matcher(document.lines().get(line - 1)).matches())) {
            close(line - 1);
        }
    }

    private void endMarked(int line) {
        while (!open.isEmpty() && open.peek().indent >= 0) {
            close(line - 1);
        }
        if (!open.isEmpty()) {
            close(line);
        }
    }

    private void close(int line) {
        Open group = open.pop();
        group.end(line);
        if (group.tabs.size() > 1) {
            found.add(group.tabs);
        }
    }
}
