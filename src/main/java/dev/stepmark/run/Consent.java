package dev.stepmark.run;

import dev.stepmark.journal.Envelope;
import dev.stepmark.journal.Event;
import dev.stepmark.journal.Unit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether a block was confirmed and not acted upon yet. A decision holds until an execution of the block fails, its
 * text is edited, its transaction comes to nothing, the operator goes back to it, or the decision is replaced; a crash between the decision and its
 * effect does not take it back.
 */
final class Consent {

    private Consent() { }

    /** Whether the block may run without being asked for again. */
    static boolean given(List<Envelope> events, Unit block) {
        boolean consent = false;
        Map<String, Event.ExecStarted> executions = new HashMap<>();
        for (Envelope envelope : events) {
            Event event = envelope.event();
            if (event instanceof Event.Decided decided && decided.unit().equals(block)) {
                consent = decided.action() == Event.Action.RUN || decided.action() == Event.Action.RETRY;
            } else if (event instanceof Event.WentTo move && move.again() && move.to().equals(block.step())) {
                consent = false;
            } else if (event instanceof Event.LoopPlanned planned && planned.unit().iteration() >= 0
                    && planned.unit().whole().equals(block.whole())) {
                consent = false;
            } else if (event instanceof Event.QuestionAnswered stop && stop.kind().equals("stopped")
                    && stop.id().equals("step-" + block.step() + ".batches")) {
                consent = false;
            } else if (event instanceof Event.ExecStarted started && of(block, started)) {
                executions.put(started.exec(), started);
                consent &= started.origin() != Event.Origin.UNDO;
            } else if (event instanceof Event.RollbackBegun begun && begun.steps().contains(block.step())) {
                consent = false;
            } else if (event instanceof Event.ExecFinished finished) {
                boolean good = finished.outcome().equals("done") && finished.exit() <= 0
                        && finished.problems().isEmpty() || !finished.tolerated().isEmpty();
                consent &= good || !of(block, executions.get(finished.exec()));
            } else if (event instanceof Event.DoubtResolved resolved && resolved.verdict().equals("not-done")) {
                Event.ExecStarted started = executions.get(resolved.exec());
                consent &= !of(block, started) || started.transaction().isEmpty();
            }
        }
        return consent;
    }

    private static boolean of(Unit block, Event.ExecStarted started) {
        return started != null && started.unit().step().equals(block.step())
                && started.unit().block().equals(block.block())
                && (block.iteration() < 0 || block.iteration() == started.unit().iteration());
    }
}
