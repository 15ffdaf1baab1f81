package dev.stepmark.run;

import dev.stepmark.journal.Event;
import dev.stepmark.journal.Event.Action;
import dev.stepmark.journal.Unit;
import dev.stepmark.runbook.Include;
import dev.stepmark.runbook.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Steps that stand for another document: a person does them, or, where it is a local runbook, Stepmark runs it here. */
final class OtherRunbooks {

    private final Desk desk;
    private final Parts parts;
    private final NestedRunbooks nested;

    OtherRunbooks(Desk desk, Parts parts, NestedRunbooks nested) {
        this.desk = desk;
        this.parts = parts;
        this.nested = nested;
    }

    /** What is said about the other document before the question; empty for a step without one, and when nobody is there. */
    List<String> remarks(Step step) {
        Optional<Include> include = include(step);
        if (include.isEmpty() || desk.batch()) {
            return List.of();
        }
        NestedRunbooks.Offer offer = nested.offer(include.get().path());
        return List.of(offer.refusal().isEmpty() ? "It is a runbook: " + offer.path() + ", \"" + offer.title() + "\", "
                + Texts.count(offer.steps(), "step") + ". r runs it here, as a run of its own." : "By hand: " + offer.refusal() + ".");
    }

    /** The choices at the step: those of any step by hand, and running the other runbook where that is possible. */
    List<Question.Choice> choices(Step step) {
        List<Question.Choice> choices = new ArrayList<>(Choices.byHand());
        boolean can = !desk.batch() && include(step).map(i -> nested.offer(i.path()).refusal().isEmpty()).orElse(false);
        if (can) {
            choices.add(0, new Question.Choice('r', "run it here", "the other runbook, step by step, with a record of its own"));
        }
        return choices;
    }

    private Optional<Include> include(Step step) {
        return desk.runbook().includes().stream().filter(i -> i.step().equals(step.id())).findFirst();
    }

    /** Runs the other runbook; whether the step is done with it. */
    boolean run(Step step, Reply.Key key, String shown) {
        Optional<Include> include = include(step);
        if (key.key() != 'r' || include.isEmpty()) {
            return false;
        }
        NestedRunbooks.Offer offer = nested.offer(include.get().path());
        desk.operator().say(List.of("", "--- " + offer.path() + " begins, for step " + step.id() + " ---"));
        NestedRunbooks.Ended ended = nested.run(offer, desk.log().runId(), step.id());
        desk.operator().say(List.of("--- back in " + desk.runbook().path() + ", step " + step.id() + " ---"));
        Map<String, String> titles = new LinkedHashMap<>();
        desk.runbook().mainSteps().forEach(s -> titles.put(s.id(), s.title()));
        desk.operator().steps(titles);
        String evidence = "run " + ended.run() + " of " + offer.path() + ": " + ended.status();
        if (!ended.done()) {
            desk.log().append(new Event.NoteAdded(Unit.step(step.id()), evidence, ""));
            desk.operator().remark(evidence + "; r goes on with it");
            return false;
        }
        desk.log().append(new Event.Decided(Unit.step(step.id()), Action.DONE_BY_HAND, key.by(), shown, "", "", "", evidence));
        desk.operator().result(ResultCard.of("done", step.id(), evidence));
        return true;
    }

    /** For a signal. */
    void interrupt() {
        nested.interrupt();
    }
}
