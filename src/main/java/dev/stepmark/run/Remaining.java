package dev.stepmark.run;

import dev.stepmark.journal.Event;
import dev.stepmark.journal.Event.Action;
import dev.stepmark.journal.StepState;
import dev.stepmark.journal.Unit;
import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.plan.Progress;
import dev.stepmark.runbook.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The end of the document with steps that were passed over or are stale: no run finishes with them. */
final class Remaining {

    private final Desk desk;
    private final Parts parts;
    private final StaleSteps stale;

    Remaining(Desk desk, Parts parts, StaleSteps stale) {
        this.desk = desk;
        this.parts = parts;
        this.stale = stale;
    }

    /** Lists what is left and asks; whether the walk goes on. */
    boolean ask() {
        List<Step> left = left();
        if (left.isEmpty()) {
            return false;
        }
        List<String> lines = lines(left);
        desk.operator().say(lines);
        List<Question.Choice> choices = List.of(
                new Question.Choice('r', "go back to " + left.get(0).id(), "go on with the first of them"),
                new Question.Choice('s', "skip each", "leave them as they are; each wants a reason for the log"),
                Choices.word(Choices.QUIT, "quit"));
        Question question = new Question("remaining", Question.Kind.REMAINING, "What now?", choices, (char) 0, "", "",
                "", Texts.sha256(String.join("\n", lines)), true);
        Reply.Key key = parts.asking().key(question);
        Optional<String> refusal = key.key() == 'r' ? parts.going().insideTransaction(left.get(0)) : Optional.empty();
        if (refusal.isPresent()) {
            desk.operator().say(List.of("  " + refusal.get()));
            return ask();
        }
        if (key.key() == 'r') {
            desk.log().append(new Event.WentTo("", left.get(0).id(), false, List.of(), key.by()));
            return true;
        }
        left.forEach(step -> leave(step, key.by(), question.shown()));
        return ask();
    }

    private void leave(Step step, String by, String shown) {
        if (state(step) == StepState.STALE) {
            stale.valid(step, by, shown);
        } else if (Progress.open(state(step))) {
            String reason = parts.asking().reason("step-" + step.id() + ".reason", "Why skip " + step.id()
                    + "? (goes into the log)").text();
            desk.log().append(new Event.Decided(Unit.step(step.id()), Action.SKIP, by, shown, "", "", reason, ""));
            desk.operator().result(ResultCard.of("skipped", step.id(), "by hand, with a reason"));
        }
    }

    private StepState state(Step step) {
        return new Progress(desk.runbook(), desk.log().state()).step(step);
    }

    private List<Step> left() {
        Progress progress = new Progress(desk.runbook(), desk.log().state());
        return desk.runbook().mainSteps().stream().filter(s -> Progress.open(progress.step(s))).toList();
    }

    private List<String> lines(List<Step> left) {
        List<String> out = new ArrayList<>(List.of("", left.size() == 1 ? "1 step is left"
                : left.size() + " steps are left"));
        for (Step step : left) {
            String why = state(step) == StepState.STALE ? stale.line(step) : state(step) == StepState.PENDING
                    ? "passed over" : state(step).name().toLowerCase(Locale.ROOT).replace('_', ' ');
            out.add(String.format(Locale.ROOT, "  %3s  %s: %s", step.id(), step.title(), why));
        }
        return out;
    }

    /** Nobody is there to decide what became of steps that a person passed over, or that are stale. */
    void refuseUnattended() {
        LeftOut options = new LeftOut(desk.runbook(), desk.options());
        Set<String> passed = Walk.passed(desk);
        List<Step> left = left().stream().filter(s -> state(s) == StepState.STALE || passed.contains(s.id())
                && options.reason(s).isEmpty()).toList();
        if (left.isEmpty()) {
            return;
        }
        desk.operator().problem(Operator.Severity.ERROR, Message.of(left.size() == 1
                ? "1 step of this run was left for a person to decide" : left.size()
                        + " steps of this run were left for a person to decide",
                "Nobody can be asked. Nothing was run.", "stepmark run " + desk.runbook().path() + "   (at a terminal)"));
        desk.operator().say(lines(left).subList(2, left.size() + 2));
        throw new StopRun("refused", ExitCode.REFUSED);
    }
}
