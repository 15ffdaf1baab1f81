package dev.stepmark.classify;

import static dev.stepmark.runbook.Role.MALFORMED;
import static dev.stepmark.runbook.Role.SAMPLE_OUTPUT;

import dev.stepmark.markdown.Document;
import dev.stepmark.markdown.Node;
import dev.stepmark.runbook.Executor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the author, or an operator who overrules the classifier, says that a block is: {@code as=shell}. */
public final class Declared {

    /** What {@code as=} may say. */
    public static final List<String> WORDS = List.of("shell", "sql", "mysql", "hand", "output");

    private static final Pattern FENCE = Pattern.compile("\\s*(```|~~~).*");

    private Declared() {
    }

    /** The rule of the classifier: what is declared counts, unless it cannot be read as that. */
    static Optional<Verdict> rule(CodeView view) {
        String as = view.attributes().get("as").orElse("");
        String why = "the author says as=" + as;
        return switch (as) {
            case "shell" -> ShellRules.shell(view, Prompts.shell(typed(view)).orElseGet(() -> body(view)), why);
            case "sql" -> Optional.of(Verdict.run(Executor.PSQL, Prompts.psql(typed(view)).orElseGet(() -> body(view)), why));
            case "mysql" -> Optional.of(Verdict.run(Executor.MYSQL, Prompts.mysql(typed(view)) ? Prompts.mysqlTyped(typed(view)).orElseThrow()
                    : body(view), why));
            case "hand" -> BlockRules.show(true, view, MALFORMED, Executor.NONE, why + ": a person does it");
            case "output" -> BlockRules.show(true, view, SAMPLE_OUTPUT, Executor.NONE, why);
            default -> Optional.empty();
        };
    }

    /** The text with what stands outside of the only fence in it made blank, so that lines keep their numbers. */
    private static String typed(CodeView view) {
        List<String> lines = new ArrayList<>(view.lines());
        List<Integer> fences = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (FENCE.matcher(lines.get(i)).matches()) {
                fences.add(i);
            }
        }
        if (fences.size() != 2) {
            return view.text();
        }
        int indent = lines.get(fences.get(0)).indexOf(lines.get(fences.get(0)).strip());
        for (int i = 0; i < lines.size(); i++) {
            boolean inside = i > fences.get(0) && i < fences.get(1);
            String line = lines.get(i);
            int blanks = line.length() - line.stripLeading().length();
            lines.set(i, inside ? line.substring(Math.min(indent, blanks)) : "");
        }
        return String.join("\n", lines) + "\n";
    }

    private static Stripped body(CodeView view) {
        List<String> kept = new ArrayList<>();
        List<Integer> offsets = new ArrayList<>();
        List<String> lines = typed(view).lines().toList();
        boolean whole = lines.equals(view.lines());
        for (int i = 0; i < lines.size(); i++) {
            if (whole || !lines.get(i).isEmpty()) {
                kept.add(lines.get(i));
                offsets.add(i);
            }
        }
        return whole ? Stripped.none(view.text()) : new Stripped(String.join("\n", kept) + "\n", offsets, false, true);
    }

    /** The document as if the block that begins in this line said {@code as=}; the same when there is none. */
    public static Document with(Document document, int line, String as) {
        return new Document(document.path(), document.sha256(), document.frontMatter(), with(document.nodes(), line, as), document.lines());
    }

    private static List<Node> with(List<Node> nodes, int line, String as) {
        List<Node> out = new ArrayList<>();
        for (Node node : nodes) {
            if (node.span().last() < line || node.span().first() > line) {
                out.add(node);
            } else if (node instanceof Node.Code c) {
                String annotation = (c.annotation().replaceAll("(?<![\\w-])as=[\\w\"']+", "") + " as=" + as).strip();
                out.add(new Node.Code(c.span(), c.syntax(), c.info(), c.text(), c.closed(), annotation, c.indent()));
            } else if (node instanceof Node.Items i) {
                out.add(new Node.Items(i.span(), i.ordered(), i.start(), i.items().stream().map(item -> new Node.Item(item.span(),
                        item.marker(), with(item.content(), line, as))).toList()));
            } else if (node instanceof Node.Quote q) {
                out.add(new Node.Quote(q.span(), q.label(), with(q.content(), line, as)));
            } else {
                out.add(node);
            }
        }
        return out;
    }
}
