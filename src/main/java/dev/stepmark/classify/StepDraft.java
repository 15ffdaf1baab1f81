package dev.stepmark.classify;

import dev.stepmark.markdown.Node;
import dev.stepmark.runbook.Attributes;
import dev.stepmark.runbook.Prose;
import dev.stepmark.runbook.Span;
import dev.stepmark.runbook.Step;
import java.util.ArrayList;
import java.util.List;

/** A step while the document is walked through: where it stands and what is in it, nothing decided about its blocks. */
final class StepDraft {

    /** A piece of its body. */
    sealed interface Piece { }

    /** Words. */
    record Text(Prose prose) implements Piece { }

    /**
     * A code block.
     *
     * @param node       the block
     * @param attributes the author's annotations
     * @param leadIn     the words directly before it; those before the previous block when none stand between
     * @param direct     whether the words stand directly before it
     */
    record Code(Node.Code node, Attributes attributes, String leadIn, boolean direct) implements Piece { }

    final String title;
    /** The first paragraph: where "If" and "Optional" are looked for. */
    final String opening;
    final int openingLine;
    final boolean fromItem;
    final Step.Section section;
    final List<String> path;
    /** The headings above it without the document's title. */
    final List<String> parts;
    final List<Piece> pieces = new ArrayList<>();
    /** Whether words alone order it: a person does it. */
    boolean manual;
    /** What it takes from another file, when it is an include; null otherwise. */
    String included;
    /** The line that says for whom this part of the document is ("If you installed it with ..."); 0 when none does. */
    int saidFor;
    /** Whether it has code that looks as if it were to be run. */
    boolean runs;
    private int first;
    private int last;

    StepDraft(String title, String opening, int openingLine, boolean fromItem, Sections sections) {
        this.title = title;
        this.opening = opening;
        this.openingLine = openingLine;
        this.fromItem = fromItem;
        boolean words = sections.current() == Step.Section.MAIN && !opening.equals(sections.heading());
        this.section = words ? Sections.byOpening(opening).orElse(Step.Section.MAIN) : sections.current();
        this.path = sections.path();
        this.parts = sections.parts();
        this.first = openingLine;
        this.last = openingLine;
    }

    /** Makes it reach as far as this. */
    void reach(Span span) {
        first = Math.min(first, span.first());
        last = Math.max(last, span.last());
    }

    Span span() {
        return new Span(first, last);
    }

    void addWords(List<Prose> words) {
        words.forEach(w -> pieces.add(new Text(w)));
    }

    boolean hasCode() {
        return pieces.stream().anyMatch(p -> p instanceof Code);
    }
}
