package dev.stepmark.terminal;

import dev.stepmark.message.Message;
import dev.stepmark.run.Brief;
import dev.stepmark.run.Ending;
import dev.stepmark.run.StepCard;
import java.util.ArrayList;
import java.util.List;

/** The opening, a step, the end, a message: everything with a fixed form but results. */
final class CardText {

    /** Columns of a label in the opening and at the end. */
    private static final int LABEL = 10;
    /** Columns of a label inside a step and below a closing line. */
    private static final int STEP_LABEL = 11;
    private static final String INDENT = "  ";

    private final int width;
    private final Style style;

    CardText(int width, Style style) {
        this.width = width;
        this.style = style;
    }

    List<String> brief(Brief brief) {
        List<String> lines = new ArrayList<>(
                Labelled.title(brief.title(), brief.right(), Role.PLAIN, width, style));
        for (Brief.Fact fact : brief.facts()) {
            String label = fact.label();
            String verdict = Neutral.line(fact.verdict());
            for (String text : fact.lines().isEmpty() ? List.of("") : fact.lines()) {
                lines.addAll(Labelled.text(INDENT, label, LABEL, text, verdict, width));
                label = "";
                verdict = "";
            }
        }
        return lines;
    }

    List<String> step(StepCard card) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.addAll(heading(card));
        lines.addAll(ProseText.render(card.body(), width));
        card.before().forEach(text -> lines.addAll(remark(text)));
        lines.addAll(toRun(card.toRun()));
        card.facts().forEach(fact -> lines.addAll(remark(fact)));
        return lines;
    }

    private List<String> heading(StepCard card) {
        String title = card.position().isEmpty() ? card.title() : "[" + card.position() + "] " + card.title();
        if (title.isEmpty() && card.right().isEmpty()) {
            return List.of();
        }
        return Labelled.title(title.strip(), card.right(), Style.risk(card.risk()), width, style);
    }

    private List<String> toRun(List<String> text) {
        List<String> lines = new ArrayList<>();
        for (Excerpt.Piece piece : Excerpt.of(text)) {
            if (piece.left() > 0) {
                lines.add(Gutter.REMARK.first() + Excerpt.left(piece.left()));
            }
            lines.addAll(gutter(Gutter.TO_RUN, Neutral.code(piece.line()), Role.TO_RUN));
        }
        return lines;
    }

    /** One line behind a gutter, never cut: what does not fit goes on in the next line. */
    List<String> gutter(Gutter gutter, String text, Role role) {
        List<String> lines = new ArrayList<>();
        String mark = gutter.first();
        for (String piece : Wrap.hard(text, Math.max(1, width - Gutter.WIDTH))) {
            String shown = style.closed(style.paint(role, piece));
            lines.add(shown.isEmpty() ? mark.stripTrailing() : mark + shown);
            mark = gutter.more();
        }
        return lines;
    }

    List<String> remark(String text) {
        List<String> lines = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            lines.addAll(Labelled.text(Gutter.REMARK.first(), "", 0, line, "", width));
        }
        return lines;
    }

    private List<String> remark(StepCard.Fact fact) {
        if (fact.label().isEmpty()) {
            return remark(fact.text());
        }
        return Labelled.text(Gutter.REMARK.first(), fact.label(), STEP_LABEL, fact.text(), "", width);
    }

    /** Facts below a closing line. */
    List<String> facts(List<StepCard.Fact> facts) {
        List<String> lines = new ArrayList<>();
        for (StepCard.Fact fact : facts) {
            int columns = fact.label().isEmpty() ? 0 : STEP_LABEL;
            lines.addAll(Labelled.text(INDENT, fact.label(), columns, fact.text(), "", width));
        }
        return lines;
    }

    List<String> ending(Ending ending) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        List<String> first = Labelled.title(ending.word() + "  " + ending.title(), ending.right(), Role.PLAIN, width,
                Style.PLAIN);
        String head = first.get(0);
        int word = Math.min(ending.word().length(), head.length());
        lines.add(style.paint(Style.result(ending.word()), head.substring(0, word))
                + style.paint(Role.TITLE, head.substring(word)));
        lines.addAll(first.subList(1, first.size()));
        lines.addAll(endingFacts(ending.facts()));
        return lines;
    }

    /** An empty label continues the fact before it: below its text, or, where that is a heading alone, below it. */
    private List<String> endingFacts(List<StepCard.Fact> facts) {
        List<String> lines = new ArrayList<>();
        String indent = INDENT;
        for (StepCard.Fact fact : facts) {
            if (fact.label().isEmpty()) {
                lines.addAll(Labelled.text(indent, "", 0, fact.text(), "", width));
            } else {
                lines.addAll(Labelled.text(INDENT, fact.label(), LABEL, fact.text(), "", width));
                indent = INDENT + " ".repeat(fact.text().isEmpty() ? INDENT.length() : LABEL);
            }
        }
        return lines;
    }

    /** A message: what happened, the source lines, what it means, what to try. */
    List<String> message(String word, Message message) {
        List<String> lines = new ArrayList<>();
        List<String> what = Wrap.words(Neutral.line(word + " " + message.what()), width, width - 2);
        lines.add(style.paint(Style.result(word), word) + what.get(0).substring(word.length()));
        what.stream().skip(1).map(line -> INDENT + line).forEach(lines::add);
        message.excerpt().forEach(line -> lines.add(Neutral.line(line).stripTrailing()));
        message.meaning().forEach(line -> lines.addAll(Labelled.text(INDENT, "", 0, line, "", width)));
        String label = "Try:";
        for (String line : message.tries()) {
            lines.addAll(Labelled.text(INDENT, label, "Try: ".length(), line, "", width));
            label = "";
        }
        return lines;
    }
}
