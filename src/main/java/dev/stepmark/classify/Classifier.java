package dev.stepmark.classify;

import dev.stepmark.markdown.Document;
import dev.stepmark.markdown.Node;
import dev.stepmark.message.Excerpt;
import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.message.StepmarkException;
import dev.stepmark.runbook.Alternative;
import dev.stepmark.runbook.Runbook;
import dev.stepmark.runbook.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes a runbook of a document: which steps there are, what each block is for, where it runs, and why.
 *
 * <p>In four passes, each in a class of its own: {@link Outline} finds the steps, {@link BlockPass} decides about their
 * blocks in document order and follows the sessions, {@link Conclusions} says what a person must confirm,
 * {@link StepBuilder} puts it together. Where the document says nothing, something is concluded and named as such; what
 * stays unclear is asked and never run.
 */
public final class Classifier {

    /** The most steps of a runbook. */
    public static final int MAX_STEPS = 1_000;
    /** The most code blocks of a document. */
    public static final int MAX_BLOCKS = 2_000;
    /** The largest code block, in characters: 1 Mi. */
    public static final int MAX_FENCE = 1024 * 1024;

    private Classifier() {
    }

    /**
     * Classifies a document.
     *
     * @throws StepmarkException USAGE for an annotation that cannot be right, or a document beyond the bounds
     */
    public static Runbook classify(Document document) {
        List<Node.Code> codes = new ArrayList<>();
        collect(document.nodes(), codes);
        bound(document, codes);
        List<StepDraft> outline = Outline.of(document);
        if (outline.size() > MAX_STEPS) {
            int line = outline.get(MAX_STEPS).span().first();
            throw tooMuch(document, line, String.format("%,d steps, more than %,d", outline.size(), MAX_STEPS));
        }
        BlockPass pass = new BlockPass(document);
        List<StepBlocks> steps = pass.decide(outline);
        List<Alternative> alternatives = Alternatives.find(document, pass.tabs(), steps);
        new DeclaredConditions(document).set(steps);
        new Needs(document).check(steps);
        Conclusions.draw(steps, pass.sessions());
        List<Step> built = new StepBuilder(document).build(steps);
        return new Runbook(document.path(), document.sha256(), title(document), document.frontMatter(), built,
                pass.sessions(), VersionProse.of(document), new ExpectedOutputs(document).of(steps),
                ToleratedErrors.of(document, steps), alternatives, Includes.of(steps));
    }

    /**
     * The same with what an operator says that some blocks are.
     *
     * @param as first line of a block to a word of {@link Declared#WORDS}
     */
    public static Runbook classify(Document document, Map<Integer, String> as) {
        Document said = document;
        for (Map.Entry<Integer, String> entry : as.entrySet()) {
            said = Declared.with(said, entry.getKey(), entry.getValue());
        }
        return classify(said);
    }

    private static void bound(Document document, List<Node.Code> codes) {
        if (codes.size() > MAX_BLOCKS) {
            throw tooMuch(document, codes.get(MAX_BLOCKS).span().first(),
                    String.format("%,d code blocks, more than %,d", codes.size(), MAX_BLOCKS));
        }
        for (Node.Code code : codes) {
            if (code.text().length() > MAX_FENCE) {
                throw tooMuch(document, code.span().first(), String.format("a code block of %,d characters, more than %,d",
                        code.text().length(), MAX_FENCE));
            }
        }
    }

    private static StepmarkException tooMuch(Document document, int line, String what) {
        return new StepmarkException(ExitCode.USAGE, new Message(document.path() + ":" + line + ": " + what,
                Excerpt.of(line, document.lines().get(line - 1), -1, 1),
                List.of("The document was not classified, and nothing was run."),
                List.of("split it into several runbooks, and keep data in files of their own")));
    }

    private static void collect(List<Node> nodes, List<Node.Code> codes) {
        for (Node node : nodes) {
            if (node instanceof Node.Code code) {
                codes.add(code);
            } else if (node instanceof Node.Items items) {
                items.items().forEach(i -> collect(i.content(), codes));
            } else if (node instanceof Node.Quote quote) {
                collect(quote.content(), codes);
            }
        }
    }

    private static String title(Document document) {
        if (!document.frontMatter().title().isBlank()) {
            return document.frontMatter().title().strip();
        }
        return document.nodes().stream().filter(n -> n instanceof Node.Heading h && !h.text().isBlank())
                .map(n -> ((Node.Heading) n).text()).findFirst()
                .orElseGet(() -> document.path().replaceFirst(".*[/\\\\]", "").replaceFirst("\\.[A-Za-z]+$", ""));
    }
}
