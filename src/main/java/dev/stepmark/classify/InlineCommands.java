package dev.stepmark.classify;

import dev.stepmark.markdown.Document;
import dev.stepmark.markdown.Node;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Commands that stand only as code in a sentence (pattern 25): "run {@code kubectl get pods}". Each becomes a block
 * behind its paragraph. A sentence that advises, compares, warns or leads in to the block below orders nothing.
 */
final class InlineCommands {

    private static final String FILLERS = "(?:\\s+(?:the|this|a|an|following|command|commands|meta-command|query|statement|script|"
            + "again|once|then|also|simply|just))*\\s*:?\\s*";
    private static final Screened ORDER = Screened.of("\\b(?:run|running|execute|executing|type|typing|enter|issue|issuing|"
            + "invoke|invoking)" + FILLERS + "`([^`]+)`",
            "run", "execut", "typ", "enter", "issu", "invok");
    private static final Screened AFTER_COLON = Screened.of("\\b(?:install|update|upgrade|start|stop|restart|reload|log ?in|login|"
            + "connect|check|verify|create|delete|remove|apply|enable|disable|deploy|configure|initiali[sz]e|set|run|execute|"
            + "use|open|list|show|build|download|clone|copy|grant|test|look|see|find|print|move|back ?up|restore|"
            + "export|import|generate|add|flush|clear|drain|scale)\\b[^`:]*:\\s*`([^`]+)`\\s*[.!]?\\s*$", ":");
    private static final Pattern BEGINS = Pattern.compile("`[^`]+`([.:]?|,? (to|and|for|in order to)\\b.*)", Pattern.DOTALL);
    private static final Pattern HEDGED = Pattern.compile("\\b(you (can|could|may|might)|can (also )?be|could be|if|when|whenever|"
            + "unless|instead|rather than|do not|don't|never|avoid|equivalent|same as|similar to|such as|like|for example|e\\.g\\.?|"
            + "example|used to|alternatively|from now on|would|already|try(ing)? to|output of|result of|fail(s|ed)?|optionally run|"
            + "default|was|were|had|manually|should not|must not|cannot|can't)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern REMARK = Pattern.compile("\\s*(note|tip|warning|hint|caution|important|info|!!!|\\?\\?\\?|:::).*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern BOTH = Pattern.compile("\\b(following|below)\\b", Pattern.CASE_INSENSITIVE);

    /** A paragraph with more characters is no instruction; its sentences are looked at one by one. */
    private static final int MAX_PARAGRAPH = 5_000;

    private final Document document;

    private InlineCommands(Document document) {
        this.document = document;
    }

    /** The nodes of a document with a block behind every paragraph for each command in it. */
    static List<Node> expand(Document document) {
        return new InlineCommands(document).expand(document.nodes());
    }

    private List<Node> expand(List<Node> nodes) {
        List<Node> out = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            if (node instanceof Node.Paragraph paragraph) {
                Node.Code next = i + 1 < nodes.size() && nodes.get(i + 1) instanceof Node.Code code ? code : null;
                out.add(node);
                out.addAll(commands(paragraph, next));
            } else if (node instanceof Node.Items items) {
                out.add(new Node.Items(items.span(), items.ordered(), items.start(), items.items().stream()
                        .map(item -> item(item, items.ordered())).toList()));
            } else {
                out.add(node);
            }
        }
        return out;
    }

    /** An ordered item that begins with a command orders it: {@code 3. `terraform init`}. */
    private Node.Item item(Node.Item item, boolean ordered) {
        List<Node> content = expand(item.content());
        boolean alone = ordered && !content.isEmpty() && content.get(0) instanceof Node.Paragraph p && p.codes().size() > 0
                && BEGINS.matcher(p.text()).matches() && (content.size() == 1 || !(content.get(1) instanceof Node.Code));
        if (alone && isWhole(((Node.Paragraph) content.get(0)).codes().get(0).strip())) {
            String command = ((Node.Paragraph) content.get(0)).codes().get(0).strip();
            int line = item.span().first();
            content = new ArrayList<>(content);
            content.add(1, new Node.Code(new Span(line, line), Block.Syntax.INLINE, "", command + "\n", true, "", 0));
        }
        return new Node.Item(item.span(), item.marker(), content);
    }

    private List<Node> commands(Node.Paragraph paragraph, Node.Code next) {
        List<Node> found = new ArrayList<>();
        boolean tooLong = paragraph.text().length() > MAX_PARAGRAPH;
        if (paragraph.codes().isEmpty() || tooLong || REMARK.matcher(paragraph.text()).matches()) {
            return found;
        }
        int line = paragraph.span().first();
        String rest = paragraph.text();
        while (!rest.isEmpty()) {
            String after = Titles.rest(rest);
            String sentence = rest.substring(0, rest.length() - after.length()).strip();
            boolean leadsIn = after.isEmpty() && next != null && leadsIn(sentence);
            for (String command : leadsIn ? List.<String>of() : ordered(sentence)) {
                line = lineOf(command, line, paragraph.span().last());
                if (next == null || !next.text().contains(command)) {
                    found.add(new Node.Code(new Span(line, line), Block.Syntax.INLINE, "", command + "\n", true, "", 0));
                }
            }
            rest = after.length() < rest.length() ? after : "";
        }
        return found;
    }

    /** Whether a sentence speaks of the block below and of nothing else. */
    private static boolean leadsIn(String sentence) {
        return sentence.endsWith(":") && !BOTH.matcher(sentence).find() && !LeadIns.announcesOutput(sentence)
                && !LeadIns.aboutResult(sentence);
    }

    private static List<String> ordered(String sentence) {
        List<String> commands = new ArrayList<>();
        if (sentence.indexOf('`') < 0) {
            return commands;
        }
        Matcher order = ORDER.matcher(sentence);
        while (order.find()) {
            add(sentence.substring(0, order.start()), order.group(1), commands);
        }
        Matcher colon = AFTER_COLON.matcher(sentence);
        if (commands.isEmpty() && colon.find()) {
            add(sentence.substring(0, colon.start(1)), colon.group(1), commands);
        }
        return commands;
    }

    private static void add(String before, String code, List<String> commands) {
        String command = code.strip();
        if (!HEDGED.matcher(before).find() && isWhole(command)) {
            commands.add(command);
        }
    }

    /** A command that can be run as it stands: a name alone speaks of a program, three dots of something left out. */
    private static boolean isWhole(String command) {
        boolean left = command.contains("...") || command.contains("\u2026");
        boolean own = command.matches("[a-z][\\w.-]*( [\\w./:=@<>-]+)* --?[A-Za-z][\\w-]*.*"); // a program of their own, with an option
        boolean shell = command.contains(" ") && (own || ShellRules.isCommand(command));
        boolean meta = command.matches("\\\\[a-z]+[+S]?( [\\w.*\"-]+)?");
        return !left && (shell || meta);
    }

    private int lineOf(String command, int from, int to) {
        for (int line = from; line <= to; line++) {
            if (document.lines().get(line - 1).contains(command)) {
                return line;
            }
        }
        return from;
    }
}
