package dev.stepmark.classify;

import dev.stepmark.markdown.Document;
import dev.stepmark.markdown.Node;
import dev.stepmark.runbook.Span;
import dev.stepmark.runbook.Step;
import dev.stepmark.runbook.ToleratedError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Errors and warnings that the document says are safe to ignore (pattern 29): in blocks below or above the words, and in
 * inline code of the same sentence. They hold for the section in which they stand, those under a heading about trouble
 * for the section that the heading is in.
 */
final class ToleratedErrors {

    private static final Pattern SAFE = Pattern.compile("\\b(safely|safe to|can(?: all)?|may(?: all)?|should) (be )?(safely )?"
            + "(ignored?|disregard(ed)?)\\b|\\b(is|are) (harmless|benign|expected and harmless)\\b|\\b(harmless|benign) "
            + "(errors?|warnings?|messages?)\\b|^(please |simply |just )?ignore (the|these|this|any|such|all)\\b",
            Pattern.CASE_INSENSITIVE);
    /** One of them stands in every sentence that the pattern finds. */
    private static final List<String> WORDS = List.of("gnor", "isregard", "armless", "enign", "GNOR");
    private static final Pattern NOT = Pattern.compile("\\b(not|never|n't|cannot|unless|don.t)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern ABOUT = Pattern.compile("\\b(errors?|warnings?|messages?|notices?|fail(s|ed|ures?)?|following|it|them|"
            + "these|this)\\b", Pattern.CASE_INSENSITIVE);
    /** Words that point back at what stands above them. */
    private static final Pattern BACK = Pattern.compile("^(you can |you may )?(safely )?(ignore )?(this|these|such|those|both|it|they|the) ?"
            + "(errors?|warnings?|messages?|notices?|output|lines?)?\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern SENTENCES = Pattern.compile("(?<=[.!?])\\s+(?=[A-Z`\"])");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern SEVERITY = Pattern.compile("(?i)\\b(error|fatal|panic|warning|warn|notice|failed|failure|cannot|could not|"
            + "denied|exists|not found|skipping)\\b");
    private static final Pattern DETAIL = Pattern.compile("\\s+.*|(DETAIL|HINT|CONTEXT|QUERY|STATEMENT|LINE \\d+):.*|Command was:.*|\\^");
    /** The most that one document can have. */
    private static final int MAX = 200;
    private static final int MIN_LETTERS = 8;

    private record Open(int level, int line, boolean trouble) { }

    private final Document document;
    private final List<ToleratedError> found = new ArrayList<>();
    private final List<Open> open = new ArrayList<>();
    private final List<Node.Heading> headings;
    /** Whether the words above say that what follows is safe. */
    private boolean announced;
    /** Blocks above, of which the words to come may speak. */
    private final List<Node.Code> above = new ArrayList<>();

    private ToleratedErrors(Document document) {
        this.document = document;
        this.headings = document.nodes().stream().filter(n -> n instanceof Node.Heading).map(n -> (Node.Heading) n).toList();
    }

    static List<ToleratedError> of(Document document, List<StepBlocks> steps) {
        ToleratedErrors errors = new ToleratedErrors(document);
        errors.walk(document.nodes());
        steps.forEach(s -> s.blocks.forEach(errors::declared));
        return List.copyOf(errors.found);
    }

    /** The author's {@code ignore=}: texts with {@code ||} between them, for this block alone. */
    private void declared(BlockDraft block) {
        Span span = block.code.node().span();
        block.code.attributes().get("ignore").ifPresent(texts -> Arrays.stream(texts.split("\\|\\|")).map(String::strip)
                .filter(t -> !t.isEmpty()).forEach(t -> found.add(new ToleratedError(t, span.first(), span, true))));
    }

    private void walk(List<Node> nodes) {
        for (Node node : nodes) {
            if (node instanceof Node.Heading heading) {
                enter(heading);
            } else if (node instanceof Node.Paragraph paragraph) {
                words(paragraph);
            } else if (node instanceof Node.Code code) {
                code(code);
            } else if (node instanceof Node.Items items) {
                items.items().forEach(i -> {
                    above.clear();
                    walk(i.content());
                });
            } else if (node instanceof Node.Quote quote) {
                walk(quote.content());
            }
        }
    }

    private void enter(Node.Heading heading) {
        open.removeIf(h -> h.level() >= heading.level());
        open.add(new Open(heading.level(), heading.span().first(), Sections.named(heading.text())
                == Step.Section.TROUBLESHOOTING));
        announced = false;
        above.clear();
    }

    private void words(Node.Paragraph paragraph) {
        boolean safe = false;
        if (!WORDS.stream().anyMatch(w -> paragraph.text().contains(w))) {
            announced = false;
            above.clear();
            return; // nearly every paragraph: patterns are for those that may say it
        }
        for (String sentence : SENTENCES.split(paragraph.text())) {
            String words = CODE.matcher(sentence).replaceAll("`code`"); // a message may say "does not exist"
            boolean says = SAFE.matcher(words).find() && ABOUT.matcher(words).find() && !NOT.matcher(words).find();
            if (says) {
                inline(paragraph, sentence);
                if (BACK.matcher(sentence).find()) {
                    above.forEach(this::lines);
                }
            }
            safe |= says;
        }
        announced = safe;
        above.clear();
    }

    private void code(Node.Code code) {
        String language = InfoString.of(code.info()).language();
        boolean shown = Languages.PLAIN.contains(language) || Languages.OUTPUT.contains(language)
                || Languages.SHELL.contains(language) || Languages.SQL.contains(language);
        if (shown && Shapes.isErrorMessage(code.text()) || shown && announced && isMessage(code.text())) {
            if (announced) {
                lines(code);
            } else {
                above.add(code);
            }
        } else {
            announced = false;
            above.clear();
        }
    }

    private static boolean isMessage(String text) {
        return SEVERITY.matcher(Shapes.firstLine(text)).find() && !ShellRules.isCommand(text);
    }

    /** Lines that name what is wrong are patterns; a block without such a line is one pattern a line. */
    private void lines(Node.Code code) {
        int from = code.span().first() + (code.syntax() == dev.stepmark.runbook.Block.Syntax.FENCE ? 1 : 0);
        List<String> lines = code.text().lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            boolean message = SEVERITY.matcher(lines.get(i)).find() && !DETAIL.matcher(lines.get(i)).matches();
            if (message) {
                add(lines.get(i).strip(), from + i, false);
            }
        }
    }

    private void inline(Node.Paragraph paragraph, String sentence) {
        Matcher matcher = CODE.matcher(sentence);
        while (matcher.find()) {
            String text = matcher.group(1).strip();
            if (text.contains(" ") && SEVERITY.matcher(text).find()) {
                add(text, line(paragraph.span(), text), true);
            }
        }
    }

    private int line(Span paragraph, String text) {
        for (int number = paragraph.first(); number <= paragraph.last(); number++) {
            if (document.lines().get(number - 1).contains(text)) {
                return number;
            }
        }
        return paragraph.first();
    }

    /** A text that says next to nothing would swallow any error. */
    private void add(String text, int line, boolean part) {
        String said = text.replaceAll("<[^<>]*>|\\.{3,}|\\*", "").replaceAll("(?i)\\b(error|fatal|warning|notice|failed)\\b", "");
        boolean enough = said.chars().filter(Character::isLetter).count() >= MIN_LETTERS;
        if (enough && found.size() < MAX && text.length() < 1_000) {
            found.add(new ToleratedError(text, line, scope(), part));
        }
    }

    /** From the heading that the words belong to up to the next one that is not below it. */
    private Span scope() {
        int depth = open.size();
        while (depth > 0 && open.get(depth - 1).trouble()) {
            depth--;
        }
        if (depth == 0) {
            return new Span(1, Math.max(1, document.lines().size()));
        }
        Open heading = open.get(depth - 1);
        int end = headings.stream().filter(h -> h.span().first() > heading.line() && h.level() <= heading.level())
                .mapToInt(h -> h.span().first() - 1).findFirst().orElse(document.lines().size());
        return new Span(heading.line(), Math.max(heading.line(), end));
    }
}
