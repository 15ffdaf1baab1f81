package dev.stepmark.journal;

import dev.stepmark.journal.Event.Action;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Role;
import dev.stepmark.runbook.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The state of blocks and steps, put together from that of their statements. */
final class Steps {

    /** What one part alone makes of the whole, the gravest first. */
    private static final List<StepState> GRAVEST = List.of(StepState.IN_DOUBT, StepState.RUNNING, StepState.FAILED,
            StepState.ROLLED_BACK, StepState.PENDING, StepState.PROVISIONAL, StepState.DONE);

    private final History history;

    Steps(History history) {
        this.history = history;
    }

    StepState step(String id, Step step) {
        List<StepState> states = new ArrayList<>();
        // what a plain run holds back is part of the step as soon as the operator went into it
        boolean entered = step.executables().stream().anyMatch(b -> touched(id, b.id()));
        for (Block block : step.blocks()) {
            boolean byHand = block.role() == Role.MALFORMED && !step.optional(); // what nobody can run, a person does
            boolean heldBack = entered && block.alternative().isEmpty();
            boolean run = block.executable() && (block.runByDefault() || heldBack);
            boolean asked = block.executable() || block.role() == Role.MALFORMED;
            if (run || byHand || asked && touched(id, block.id())) {
                states.add(block(id, block));
            }
        }
        StepState state = states.isEmpty() ? history.state(Unit.step(id)) : together(states);
        return leftOut(id, state).orElse(state);
    }

    private boolean touched(String step, String block) {
        Unit unit = Unit.block(step, block);
        return history.last(unit.step(), r -> History.carriesOut(r) && History.covers(unit, r.unit)).isPresent()
                || history.lastDecision(step, d -> d.unit.block().equals(block)).isPresent();
    }

    /** A step that was left out as a whole after some of it ran is left out: its blocks tell the rest. */
    private Optional<StepState> leftOut(String id, StepState state) {
        if (state == StepState.IN_DOUBT || state == StepState.RUNNING || history.toDoAgain(Unit.step(id))) {
            return Optional.empty();
        }
        long since = lastRun(id).map(r -> r.seq).orElse(-1L);
        return history.lastDecision(id, d -> d.unit.equals(Unit.step(id)) && !d.asItWas
                && d.event.action() != Action.EDIT)
                .filter(d -> d.seq > since).map(d -> d.event.action())
                .flatMap(a -> a == Action.SKIP ? Optional.of(StepState.SKIPPED)
                        : a == Action.NOT_APPLICABLE ? Optional.of(StepState.NOT_APPLICABLE) : Optional.empty());
    }

    private Optional<History.Run> lastRun(String step) {
        return history.last(step, History::carriesOut);
    }

    StepState block(String step, Block block) {
        Unit unit = Unit.block(step, block.id());
        if (block.statements().isEmpty()) {
            return history.state(unit);
        }
        Optional<Loop> loop = history.loops.of(unit);
        StepState all = loop.isPresent() ? history.loops.state(loop.get(), block.statements().size()) : statements(block, unit);
        StepState state = block.closes() && closed(unit) && !history.toDoAgain(unit) ? StepState.DONE : all;
        boolean ran = history.last(unit.step(), r -> History.carriesOut(r) && History.covers(unit, r.unit)).isPresent();
        boolean done = state == StepState.DONE || state == StepState.PROVISIONAL;
        return done && ran && block.attributes().verify().isPresent() ? verified(unit, state) : state;
    }

    private StepState statements(Block block, Unit unit) {
        List<StepState> states = new ArrayList<>();
        for (int i = 0; i < block.statements().size(); i++) {
            states.add(history.state(unit.statement(i)));
        }
        return ofStatements(states);
    }

    /** A text that closes its session did what it says, whatever status it left: {@code exit} passes on the last one. */
    private boolean closed(Unit block) {
        return history.last(block.step(), r -> History.carriesOut(r) && History.covers(block, r.unit)).filter(r -> r.finished != null
                && r.finished.outcome().equals("ended")).isPresent();
    }

    /** What was left out after a part of the block was done is left out: it did not all happen. */
    static StepState ofStatements(List<StepState> states) {
        StepState state = together(states);
        return state == StepState.DONE && states.contains(StepState.SKIPPED) ? StepState.SKIPPED : state;
    }

    static StepState together(List<StepState> states) {
        for (StepState grave : GRAVEST) {
            if (states.contains(grave)) {
                return grave;
            }
        }
        return states.contains(StepState.SKIPPED) ? StepState.SKIPPED : StepState.NOT_APPLICABLE;
    }

    /** A block with a probe is done when the probe that came after it says so, or a person. */
    private StepState verified(Unit block, StepState done) {
        long ran = history.last(block.step(), r -> History.carriesOut(r) && History.covers(block, r.unit)).map(r -> r.seq)
                .orElse(-1L);
        Optional<History.Run> probe = lastVerify(block.step(), block.block()).filter(r -> r.seq > ran);
        long since = Math.max(ran, probe.map(r -> r.seq).orElse(-1L));
        boolean decided = history.lastDecision(block.step(), d -> History.covers(d.unit, block) && d.seq > since
                && (d.event.action() == Action.ACCEPT || d.event.action() == Action.DONE_BY_HAND)).isPresent();
        if (decided) {
            return done;
        }
        if (history.lastDecision(block.step(), d -> History.covers(d.unit, block) && d.seq > since && !d.asItWas
                && d.event.action() == Action.SKIP).isPresent()) {
            return StepState.SKIPPED;
        }
        return probe.map(history::state).orElse(StepState.PENDING);
    }

    Optional<History.Run> lastVerify(String step, String block) {
        return history.last(step, r -> r.started.origin() == Event.Origin.VERIFY && r.unit.block().equals(block));
    }
}
