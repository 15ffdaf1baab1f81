package dev.stepmark.cli;

import dev.stepmark.classify.Classifier;
import dev.stepmark.markdown.Document;
import dev.stepmark.markdown.Node;
import dev.stepmark.message.StepmarkException;
import dev.stepmark.plan.PlanCodec;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.FrontMatter;
import dev.stepmark.runbook.Runbook;
import dev.stepmark.runbook.Span;
import dev.stepmark.terminal.TerminalOperator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Set;

/**
 * Goes through the later half of reading a runbook with a small one, on a second processor, while the first half reads
 * the real one: at the start of a program most of the time goes into classes that are met for the first time.
 */
final class Ahead implements Runnable {

    /** The commands that begin by reading runbooks. */
    private static final Set<String> COMMANDS = Set.of("plan", "run", "list");

    private final String command;
    private final App app;

    private Ahead(String command, App app) {
        this.command = command;
        this.app = app;
    }

    /** Starts when the command is one of those and there is a processor for it. */
    static void start(String[] args, App app) {
        if (args.length > 1 && COMMANDS.contains(args[0]) && Runtime.getRuntime().availableProcessors() > 1) {
            Thread thread = new Thread(new Ahead(args[0], app), "ahead");
            thread.setDaemon(true);
            thread.start();
        }
    }

    @Override
    public void run() {
        try {
            MessageDigest.getInstance("SHA-256");
            Runbook runbook = Classifier.classify(document());
            if (command.equals("run")) {
                PlanCodec.write(runbook);
                prepareTerminal();
            } else {
                new PlanTable(runbook).lines();
            }
        } catch (NoSuchAlgorithmException | StepmarkException e) {
            throw new IllegalStateException("the sample is one that can be read", e);
        }
    }

    /** Where a person is asked, the line editor is the most of what comes before the first question. */
    private void prepareTerminal() {
        if (app.attended()) {
            TerminalOperator.prepare();
        }
    }

    private static Document document() {
        Node words = new Node.Paragraph(span(2), "Look at `t`. It is needed.", List.of("t"), List.of());
        List<Node> nodes = List.of(new Node.Heading(span(1), 1, "Sample"), new Node.Items(span(2), true, 1, List.of(
                new Node.Item(span(2), "1.", List.of(words, code("sql", "SELECT id, count(*) FROM t WHERE id = 1;\n"))),
                new Node.Item(span(6), "2.", List.of(words, code("bash", "ls -l \"$HOME\" | wc -l\n"))))));
        return new Document("sample.md", "", FrontMatter.EMPTY, nodes, List.of("# Sample", "1. Look at `t`."));
    }

    private static Node code(String label, String text) {
        return new Node.Code(span(3), Block.Syntax.FENCE, label, text, true, "", 3);
    }

    private static Span span(int line) {
        return new Span(line, line + 2);
    }
}
