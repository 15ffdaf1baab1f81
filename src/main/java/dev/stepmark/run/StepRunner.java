package dev.stepmark.run;

import dev.stepmark.journal.Event;
import dev.stepmark.journal.Event.Action;
import dev.stepmark.journal.Unit;
import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.plan.Progress;
import dev.stepmark.plan.SessionChanges;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Condition;
import dev.stepmark.runbook.Gate;
import dev.stepmark.runbook.Step;
import java.util.List;
import java.util.Optional;

/** One step: what leaves it out, then its blocks or the person who does it. */
final class StepRunner {

    private final Desk desk;
    private final Parts parts;
    private final Gates gates;
    private final LeftOut leftOut;
    private final Alternatives alternatives;

    StepRunner(Desk desk, Parts parts, Gates gates) {
        this.desk = desk;
        this.parts = parts;
        this.gates = gates;
        this.leftOut = new LeftOut(desk.runbook(), desk.options());
        this.alternatives = new Alternatives(desk, parts.asking());
    }

    /** Brings the step to an end. */
    void run(Step step) {
        if (Progress.reading(step)) {
            read(step);
            return;
        }
        alternatives.decide(step);
        if (settled(step) || leftOutByOption(step) || !gatePasses(step) || !conditionHolds(step)) {
            return;
        }
        List<Block> blocks = step.blocks().stream().filter(Cards::asked).toList();
        if (blocks.isEmpty()) {
            while (!settled(step)) {
                long before = desk.log().events().size();
                parts.byHand().run(step);
                if (desk.batch() && desk.log().events().size() == before) {
                    // nothing was decided, and nobody is there to decide otherwise the next time
                    throw new StopRun("refused", ExitCode.REFUSED);
                }
            }
        }
        for (Block block : blocks) {
            if (!settled(step)) {
                parts.blocks().run(step, block);
            }
        }
    }

    /** Something to read is shown on the way to a step that is still to do. */
    private void read(Step step) {
        List<Step> steps = desk.runbook().mainSteps();
        int next = steps.indexOf(step) + 1;
        if (next >= steps.size() || !settled(steps.get(next))) {
            desk.operator().step(new Cards(desk).byHand(step, "to read", List.of()));
        }
    }

    private boolean settled(Step step) {
        return Progress.settled(new Progress(desk.runbook(), desk.log().state()).step(step));
    }

    private boolean leftOutByOption(Step step) {
        Optional<String> reason = leftOut.reason(step);
        reason.ifPresent(r -> {
            desk.log().append(new Event.Decided(Unit.step(step.id()), Action.SKIP, "option", "", "", "", r, ""));
            desk.operator().result(ResultCard.of("skipped", step.id(), r));
            SessionChanges.of(step).ifPresent(change -> desk.operator().problem(Operator.Severity.WARNING, Message.of(
                    "step " + step.id() + " is left out, and it changes the session: " + change,
                    "Later steps of that session run without it, perhaps somewhere else than they were written for.",
                    "look where each of them says it runs")));
        });
        return reason.isPresent();
    }

    private boolean gatePasses(Step step) {
        for (Gate gate : step.gates()) {
            if (!gates.step(step, gate)) {
                desk.log().append(new Event.Decided(Unit.step(step.id()), Action.NOT_APPLICABLE, "gate", "", "", "",
                        gate.constraint(), gate.source()));
                desk.operator().result(ResultCard.of("skipped", step.id(), "for versions " + gate.constraint()
                        + " only"));
                return false;
            }
        }
        return true;
    }

    /** Only conditions read from prose: the author's own belong to blocks and are obeyed there. */
    private boolean conditionHolds(Step step) {
        Optional<Condition> inferred = step.condition().filter(c -> c.source() == Condition.Source.INFERRED);
        Unit unit = Unit.step(step.id());
        boolean decided = desk.log().state().lastDecision(unit).isPresent()
                || step.blocks().stream().anyMatch(b -> desk.log().state().lastDecision(
                        Unit.block(step.id(), b.id())).isPresent());
        if (inferred.isEmpty() || decided) {
            return true;
        }
        Condition condition = inferred.get();
        if (condition.expression().isEmpty()) {
            show(step, "\"" + condition.text() + "\": only you know whether this applies");
            return parts.conditions().ask(step, unit, condition.text());
        }
        Conditions.Finding finding = parts.conditions().evaluate(condition.expression());
        if (finding.decided() && finding.value()) {
            return true;
        }
        if (!finding.decided()) {
            show(step, finding.sentence(condition.text()));
            return parts.conditions().ask(step, unit, condition.text());
        }
        return !skipUnmet(step, condition, finding);
    }

    /** An inferred condition that is not met: leaving the step out is proposed, running it is possible. */
    private boolean skipUnmet(Step step, Condition condition, Conditions.Finding finding) {
        if (parts.transactions().inside(step)) {
            // confirmed with its transaction, whose locks wait for no question
            desk.log().append(new Event.Decided(Unit.step(step.id()), Action.NOT_APPLICABLE, "author", "", "", "", "",
                    finding.evidence()));
            desk.operator().result(ResultCard.of("skipped", step.id(), finding.sentence(condition.text())));
            return true;
        }
        show(step, finding.sentence(condition.text()));
        Question question = new Question("step-" + step.id(), Question.Kind.CONDITION, "Skip " + step.id() + "?",
                List.of(Choices.SKIP, Choices.RUN, Choices.WHY, Choices.QUIT), 's', "", "", "",
                Texts.sha256(finding.sentence(condition.text())), true);
        while (true) {
            Reply.Key key = parts.asking().key(question);
            if (key.key() == 'r') {
                return false;
            }
            if (key.key() == 's') {
                desk.log().append(new Event.Decided(Unit.step(step.id()), Action.NOT_APPLICABLE, key.by(),
                        question.shown(), "", "", condition.text(), finding.evidence()));
                desk.operator().result(ResultCard.of("skipped", step.id(), "does not apply: " + finding.evidence()));
                return true;
            }
            parts.why().show(step);
        }
    }

    private void show(Step step, String remark) {
        desk.operator().step(new Cards(desk).byHand(step, step.risk().word(), List.of(remark)));
    }
}
