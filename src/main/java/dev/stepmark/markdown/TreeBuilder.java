package dev.stepmark.markdown;

import com.vladsch.flexmark.ast.BlockQuote;
import com.vladsch.flexmark.ast.FencedCodeBlock;
import com.vladsch.flexmark.ast.HtmlBlockBase;
import com.vladsch.flexmark.ast.HtmlCommentBlock;
import com.vladsch.flexmark.ast.IndentedCodeBlock;
import com.vladsch.flexmark.ast.ListBlock;
import com.vladsch.flexmark.ast.ListItem;
import com.vladsch.flexmark.ast.OrderedList;
import com.vladsch.flexmark.ast.Paragraph;
import com.vladsch.flexmark.ast.Reference;
import com.vladsch.flexmark.ext.gfm.tasklist.TaskListExtension;
import com.vladsch.flexmark.ext.tables.TablesExtension;
import com.vladsch.flexmark.parser.Parser;
import com.vladsch.flexmark.util.ast.BlankLine;
import com.vladsch.flexmark.util.data.MutableDataSet;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses Markdown and makes our tree of it. The only class that knows block nodes of the Markdown library. */
final class TreeBuilder {

    private static final Pattern OUR_COMMENT = Pattern.compile("\\A\\s*<!--\\s*stepmark:(.*?)-->\\s*\\z", Pattern.DOTALL);
    private static final Pattern OUR_COMMENT_ANYWHERE = Pattern.compile("<!--\\s*stepmark:");
    private static final Pattern ALERT = Pattern.compile("\\A\\[!(\\w+)]\\s*");
    private static final Pattern LABEL = Pattern.compile("\\A(Note|Warning|Tip|Important|Caution|Info)\\s*:\\s*",
            Pattern.CASE_INSENSITIVE);

    private final Source source;
    private final int bodyLine;
    private final String text;
    private final int[] lineStarts;

    /** @param bodyLine the line of the source at which the Markdown begins, from 1 */
    TreeBuilder(Source source, int bodyLine) {
        this.source = source;
        this.bodyLine = bodyLine;
        this.text = bodyLine > source.lines().size() ? "" : source.from(bodyLine);
        this.lineStarts = lineStarts(text);
    }

    List<Node> build() {
        MutableDataSet options = new MutableDataSet();
        options.set(Parser.EXTENSIONS, List.of(TablesExtension.create(), TaskListExtension.create()));
        return children(Parser.builder(options).build().parse(text));
    }

    private List<Node> children(com.vladsch.flexmark.util.ast.Node parent) {
        List<Node> nodes = new ArrayList<>();
        com.vladsch.flexmark.util.ast.Node pending = null;
        for (com.vladsch.flexmark.util.ast.Node child : parent.getChildren()) {
            boolean code = child instanceof FencedCodeBlock || child instanceof IndentedCodeBlock;
            if (code) {
                nodes.add(code(child, pending == null ? "" : annotation(pending)));
                pending = null;
            } else if (!(child instanceof BlankLine)) {
                refuseStray(pending);
                pending = annotation(child) == null ? null : child;
                if (pending == null) {
                    refuseInside(child);
                    add(nodes, child);
                }
            }
        }
        refuseStray(pending);
        return nodes;
    }

    private void add(List<Node> nodes, com.vladsch.flexmark.util.ast.Node node) {
        if (node instanceof com.vladsch.flexmark.ast.Heading heading) {
            nodes.add(new Node.Heading(span(node), heading.getLevel(), InlineText.heading(node)));
        } else if (node instanceof Paragraph) {
            InlineText inline = InlineText.of(node);
            nodes.add(new Node.Paragraph(span(node), inline.text(), inline.codes(), inline.images()));
        } else if (node instanceof ListBlock list) {
            nodes.add(list(list));
        } else if (node instanceof BlockQuote) {
            nodes.add(quote(node));
        } else if (node instanceof HtmlBlockBase) {
            nodes.add(new Node.Html(span(node), verbatim(node)));
        } else if (!(node instanceof Reference)) {
            nodes.add(new Node.Other(span(node), verbatim(node)));
        }
    }

    private Node list(ListBlock list) {
        List<Node.Item> items = new ArrayList<>();
        for (com.vladsch.flexmark.util.ast.Node child : list.getChildren()) {
            if (child instanceof ListItem item) {
                items.add(new Node.Item(span(item), item.getOpeningMarker().toString().strip(), children(item)));
            }
        }
        boolean ordered = list instanceof OrderedList;
        return new Node.Items(span(list), ordered, ordered ? ((OrderedList) list).getStartNumber() : 0, items);
    }

    /** A quote; its label is taken from {@code [!NOTE]} or a leading {@code Note:}. */
    private Node quote(com.vladsch.flexmark.util.ast.Node node) {
        List<Node> content = new ArrayList<>(children(node));
        String label = "";
        if (!content.isEmpty() && content.get(0) instanceof Node.Paragraph first) {
            Matcher alert = ALERT.matcher(first.text());
            Matcher word = LABEL.matcher(first.text());
            Matcher found = alert.find() ? alert : word.find() ? word : null;
            if (found != null) {
                label = found.group(1).toLowerCase(java.util.Locale.ROOT);
                String rest = first.text().substring(found.end());
                content.set(0, new Node.Paragraph(first.span(), rest, first.codes(), first.images()));
            }
        }
        return new Node.Quote(span(node), label, content);
    }

    private Node code(com.vladsch.flexmark.util.ast.Node node, String annotation) {
        Span span = span(node);
        if (node instanceof FencedCodeBlock fence) {
            String content = fence.getContentChars().toString();
            int column = node.getStartOffset() - lineStarts[line(node.getStartOffset())];
            return new Node.Code(span, Block.Syntax.FENCE, fence.getInfo().toString(), withNewline(content),
                    fence.getClosingFence().isNotNull() && !fence.getClosingFence().isEmpty(), annotation, column);
        }
        return indented(node, span, annotation);
    }

    /** Indented code as CommonMark has it: four columns less, blank lines at both ends are not part of it. */
    private Node indented(com.vladsch.flexmark.util.ast.Node node, Span span, String annotation) {
        List<String> lines = new ArrayList<>(((com.vladsch.flexmark.util.ast.Block) node).getContentChars().toString().lines().toList());
        int first = span.first();
        int last = span.last();
        while (!lines.isEmpty() && lines.get(lines.size() - 1).isBlank()) {
            lines.remove(lines.size() - 1);
        }
        last = Math.max(first, Math.min(last, first + lines.size() - 1));
        String line = source.line(first);
        int indent = line.length() - line.stripLeading().length();
        return new Node.Code(new Span(first, last), Block.Syntax.INDENTED, "",
                lines.isEmpty() ? "" : String.join("\n", lines) + "\n", true, annotation, indent);
    }

    private static String withNewline(String content) {
        return content.isEmpty() || content.endsWith("\n") ? content : content + "\n";
    }

    /** The content of a comment of ours, or null for any other node. */
    private static String annotation(com.vladsch.flexmark.util.ast.Node node) {
        if (!(node instanceof HtmlCommentBlock)) {
            return null;
        }
        Matcher matcher = OUR_COMMENT.matcher(node.getChars());
        return matcher.matches() ? matcher.group(1).strip() : null;
    }

    private void refuseStray(com.vladsch.flexmark.util.ast.Node comment) {
        if (comment != null) {
            throw stray(span(comment).first());
        }
    }

    /** A comment of ours in the middle of something else would be lost silently. */
    private void refuseInside(com.vladsch.flexmark.util.ast.Node node) {
        boolean leaf = node instanceof Paragraph || node instanceof HtmlBlockBase;
        if (leaf) {
            Matcher matcher = OUR_COMMENT_ANYWHERE.matcher(node.getChars());
            if (matcher.find() && !quoted(node.getChars().toString(), matcher.start())) {
                throw stray(bodyLine + line(node.getStartOffset() + matcher.start()));
            }
        }
    }

    /** Whether the place is inside inline code: an odd number of backticks stands before it. */
    private static boolean quoted(String text, int at) {
        return text.substring(0, at).chars().filter(c -> c == '`').count() % 2 == 1;
    }

    private RuntimeException stray(int line) {
        int column = Math.max(0, source.line(line).indexOf("<!--"));
        return source.error(line, column, 4, "this stepmark comment stands before no code block",
                List.of("What it says would be lost, so the runbook is refused."),
                List.of("the comment on a line of its own, directly before the fence it is meant for"));
    }

    private String verbatim(com.vladsch.flexmark.util.ast.Node node) {
        return node.getChars().toString().stripTrailing();
    }

    private Span span(com.vladsch.flexmark.util.ast.Node node) {
        int end = node.getEndOffset();
        while (end > node.getStartOffset() && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        int first = line(node.getStartOffset());
        int last = line(Math.max(node.getStartOffset(), end - 1));
        if (node instanceof FencedCodeBlock fence && fence.getClosingFence().isEmpty()) {
            last = Math.max(last, line(Math.max(0, node.getEndOffset() - 1))); // blank lines belong to it as well
        }
        return new Span(bodyLine + first, bodyLine + Math.max(first, last));
    }

    /** Index of the line that holds the offset, from 0. */
    private int line(int offset) {
        int found = Arrays.binarySearch(lineStarts, offset);
        return found >= 0 ? found : -found - 2;
    }

    private static int[] lineStarts(String text) {
        int[] starts = new int[(int) text.chars().filter(c -> c == '\n').count() + 1];
        int next = 1;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\n') {
                starts[next++] = i + 1;
            }
        }
        return starts;
    }
}
