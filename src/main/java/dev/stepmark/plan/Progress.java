package dev.stepmark.plan;

import dev.stepmark.journal.Event;
import dev.stepmark.journal.Loop;
import dev.stepmark.journal.RunState;
import dev.stepmark.journal.StepState;
import dev.stepmark.journal.Unit;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Role;
import dev.stepmark.runbook.Runbook;
import dev.stepmark.runbook.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Runbook and state: what is done, and what comes next. A pure function of the two. */
public final class Progress {

    private final Runbook runbook;
    private final RunState state;
    private final Dependencies dependencies;
    private final Map<String, List<Dependencies.Dependency>> causes = new HashMap<>();
    private long known = -1;

    /** For a plan and the state that follows from its events. */
    public Progress(Runbook runbook, RunState state) {
        this.runbook = runbook;
        this.state = state;
        this.dependencies = new Dependencies(runbook, state);
    }

    /** Whether nothing is left to do about a unit in this state. */
    public static boolean settled(StepState state) {
        return switch (state) {
            case DONE, PROVISIONAL, SKIPPED, NOT_APPLICABLE, STALE -> true;
            case PENDING, RUNNING, ROLLED_BACK, FAILED, IN_DOUBT -> false;
        };
    }

    /** Whether a person has still something to do or to say about a step in this state. */
    public static boolean open(StepState state) {
        return !settled(state) || state == StepState.STALE;
    }

    /** Where a step stands. */
    public StepState step(Step step) {
        StepState own = own(step);
        boolean canBeStale = own == StepState.DONE || own == StepState.NOT_APPLICABLE;
        return canBeStale && state.inDisorder() && !causes(step).isEmpty() ? StepState.STALE : own;
    }

    /** Why a step that was done is stale: what it rests on ran again after the last word about it, or is stale itself. */
    public List<Dependencies.Dependency> causes(Step step) {
        StepState own = own(step);
        if (own != StepState.DONE && own != StepState.NOT_APPLICABLE || reading(step)) {
            return List.of();
        }
        long now = state.last().map(e -> e.seq()).orElse(-1L);
        if (now != known) {
            causes.clear();
            known = now;
        }
        List<Dependencies.Dependency> found = causes.get(step.id());
        if (found == null) {
            long said = state.lastWord(step.id());
            // that a step does not apply rests on a result, not on where its session is
            found = dependencies.of(step).stream().filter(d -> own == StepState.DONE || d.result())
                    .filter(d -> state.carriedOut(d.on()) > said || stale(d.on())).toList();
            causes.put(step.id(), found);
        }
        return found;
    }

    private boolean stale(String id) {
        return runbook.step(id).map(s -> !causes(s).isEmpty()).orElse(false);
    }

    /** Where a step stands by what happened to itself. */
    private StepState own(Step step) {
        StepState folded = state.stepState(step);
        if (folded == StepState.DONE || reading(step)) {
            return StepState.DONE;
        }
        if (folded != StepState.PENDING || !step.executables().isEmpty()) {
            return folded;
        }
        StepState byHand = broken(step);
        boolean session = !(step.opens().isEmpty() && step.closes().isEmpty());
        boolean carriedOut = state.lastDecision(Unit.step(step.id())).map(d -> d.action() == Event.Action.RUN)
                .orElse(false);
        // the words of such a step are its text: opening or closing the session is all there is to do
        return session && carriedOut && byHand == StepState.PENDING ? StepState.DONE : byHand;
    }

    /** A step whose only blocks are broken is done when a person has dealt with each of them. */
    private StepState broken(Step step) {
        List<StepState> states = step.blocks().stream().filter(b -> b.role() == Role.MALFORMED)
                .map(b -> block(step, b)).toList();
        boolean all = !states.isEmpty() && states.stream().allMatch(Progress::settled);
        return !all ? StepState.PENDING : states.contains(StepState.DONE) ? StepState.DONE : states.get(0);
    }

    /** Whether a step only shows something (sample output, an example): there is nothing to run and nothing to do. */
    public static boolean reading(Step step) {
        return step.kind() == Step.Kind.COMMAND && step.executables().isEmpty()
                && step.blocks().stream().noneMatch(b -> b.role() == Role.MALFORMED);
    }

    /** Where a block stands; give the edited block when it was edited. */
    public StepState block(Step step, Block block) {
        return state.block(step.id(), block);
    }

    /** What comes next: the first open step from where the operator went last, else the first that is open. */
    public Optional<Step> next() {
        String from = state.wentTo().map(Event.WentTo::to).orElse("");
        List<Step> main = runbook.mainSteps();
        return main.stream().dropWhile(s -> !from.isEmpty() && !s.id().equals(from)).filter(s -> open(step(s))).findFirst()
                .or(() -> main.stream().filter(s -> open(step(s))).findFirst());
    }

    /** Index of the first statement of a block that is not settled; the number of statements when all are. */
    public int nextStatement(Step step, Block block) {
        return nextStatement(Unit.block(step.id(), block.id()), block);
    }

    /** The same for a block or one of its rows. */
    public int nextStatement(Unit unit, Block block) {
        List<?> statements = block.statements();
        for (int i = 0; i < statements.size(); i++) {
            if (!settled(state.unit(unit.statement(i)))) {
                return i;
            }
        }
        return statements.size();
    }

    /** Whether the author's probe has still to say that the block worked. */
    public boolean needsVerify(Step step, Block block) {
        return block.attributes().verify().isPresent() && carriedOut(step, block) && !settled(block(step, block));
    }

    /** Whether every statement is settled, of every row where there are rows. */
    private boolean carriedOut(Step step, Block block) {
        Unit unit = Unit.block(step.id(), block.id());
        Optional<Loop> loop = state.loop(unit);
        if (loop.isEmpty()) {
            return nextStatement(unit, block) == block.statements().size();
        }
        return !loop.get().endless() && IntStream.range(0, loop.get().rows()).allMatch(r -> nextStatement(unit.row(r), block)
                == block.statements().size());
    }
}
