package dev.stepmark.run;

import dev.stepmark.journal.Event;
import dev.stepmark.journal.StepState;
import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.plan.Progress;
import dev.stepmark.runbook.Step;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Step after step, from where the operator went last, and, when the document is at its end, back to what was passed
 * over. Where it is follows from the log alone: a run that goes on after a crash is where it was.
 */
final class Walk {

    private final Desk desk;
    private final Parts parts;
    private final StepRunner steps;
    private final StaleSteps stale;
    private final Remaining remaining;

    Walk(Desk desk, Parts parts, StepRunner steps) {
        this.desk = desk;
        this.parts = parts;
        this.steps = steps;
        this.stale = new StaleSteps(desk, parts);
        this.remaining = new Remaining(desk, parts, stale);
    }

    /** Walks until nothing is open any more. */
    void run() {
        if (desk.batch()) {
            remaining.refuseUnattended();
        }
        parts.jobs().resume();
        boolean more = true;
        while (more) {
            try {
                toTheEnd();
                leftOut();
                more = remaining.ask();
                if (!more) {
                    parts.aside().cleanUp();
                }
            } catch (GoTo moved) {
                more = true;
            }
        }
    }

    /**
     * A transaction that came to nothing takes steps back that were done: then the walk goes back to the first of them,
     * instead of going on with half of it.
     */
    private void toTheEnd() {
        List<Step> all = desk.runbook().mainSteps();
        Set<String> passed = passed(desk);
        for (int i = start(all); i < all.size();) {
            if (passed.contains(all.get(i).id())) {
                i++;
                continue;
            }
            long before = desk.log().events().size();
            step(all.get(i));
            parts.transactions().settle();
            int next = firstOpen(all, i, passed);
            boolean stuck = next <= i && desk.log().events().size() == before;
            if (stuck) {
                throw new IllegalStateException("step " + all.get(next).id() + " does not come to an end");
            }
            if (next < i && !parts.transactions().told(all.get(next))) {
                undone(all.get(next));
            }
            i = next;
        }
    }

    private void step(Step step) {
        parts.jobs().look();
        parts.going().at(step);
        if (new Progress(desk.runbook(), desk.log().state()).step(step) == StepState.STALE) {
            stale.ask(step);
        } else {
            steps.run(step);
        }
    }

    /** Steps that options leave out and that were passed over are left out all the same. */
    private void leftOut() {
        LeftOut options = new LeftOut(desk.runbook(), desk.options());
        Progress progress = new Progress(desk.runbook(), desk.log().state());
        desk.runbook().mainSteps().stream().filter(s -> !Progress.settled(progress.step(s)))
                .filter(s -> options.reason(s).isPresent()).toList().forEach(steps::run);
    }

    /** What was passed over when the operator went somewhere the last time. */
    static Set<String> passed(Desk desk) {
        return new HashSet<>(desk.log().state().wentTo().map(Event.WentTo::passed).orElse(List.of()));
    }

    private int start(List<Step> all) {
        String to = desk.log().state().wentTo().map(Event.WentTo::to).orElse("");
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).id().equals(to)) {
                return i;
            }
        }
        return 0;
    }

    private int firstOpen(List<Step> all, int upTo, Set<String> passed) {
        Progress progress = new Progress(desk.runbook(), desk.log().state());
        for (int i = 0; i <= upTo; i++) {
            if (!passed.contains(all.get(i).id()) && Progress.open(progress.step(all.get(i)))) {
                return i;
            }
        }
        return upTo + 1;
    }

    private void undone(Step step) {
        boolean byHand = desk.log().state().undone(step.id());
        String what = "step " + step.id() + " was undone" + (byHand ? "" : " with its transaction");
        desk.operator().problem(Operator.Severity.WARNING, Message.of(what, byHand ? "It is to do again."
                : "What ran in it is not there any more.", desk.batch() ? "look, then: stepmark run "
                        + desk.runbook().path() : ""));
        if (desk.batch()) {
            throw new StopRun("failed", ExitCode.FAILED);
        }
    }
}
