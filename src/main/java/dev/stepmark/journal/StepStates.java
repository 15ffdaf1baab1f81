package dev.stepmark.journal;

import dev.stepmark.runbook.Step;
import java.util.HashMap;
import java.util.Map;

/**
 * The states of steps, each kept until an event comes that can change it: before every prompt somebody asks for the
 * state of every step.
 */
final class StepStates {

    private final History history;
    private final Map<String, Kept> kept = new HashMap<>();

    /** The state of this very step; another step under the same id has one of its own. */
    private record Kept(Step step, StepState state) { }

    StepStates(History history) {
        this.history = history;
    }

    /** As {@link Steps#step}. */
    StepState of(String id, Step step) {
        Kept known = kept.get(id);
        if (known == null || known.step() != step) {
            known = new Kept(step, new Steps(history).step(id, step));
            kept.put(id, known);
        }
        return known.state();
    }

    /**
     * An event that the history took in. What was started, what ended and what was decided are about their own step;
     * all else (transactions, sessions, another text) may be about any.
     */
    void after(Event event) {
        if (event instanceof Event.ExecStarted e) {
            kept.remove(e.unit().step());
        } else if (event instanceof Event.Decided e) {
            kept.remove(e.unit().step());
        } else if (event instanceof Event.ExecFinished e) {
            history.byId(e.exec()).ifPresentOrElse(run -> kept.remove(run.unit.step()), kept::clear);
        } else if (!(event instanceof Event.SessionOpened) && !(event instanceof Event.SessionChanged)) {
            kept.clear();
        }
    }

    /** Something is known that no event said. */
    void forget() {
        kept.clear();
    }
}
