package dev.stepmark.journal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The loops of a run, the last one of each block, and what follows from their rows for the block. */
final class Loops {

    private final History history;
    private final Map<Unit, Loop> planned = new HashMap<>();

    Loops(History history) {
        this.history = history;
    }

    void planned(Event.LoopPlanned e, long seq) {
        planned.put(e.unit().whole(), new Loop(e.unit(), e.capture(), e.items(), seq));
    }

    /** Steps have new ids. */
    void revised(UnaryOperator<Unit> moved) {
        List<Loop> before = new ArrayList<>(planned.values());
        planned.clear();
        for (Loop loop : before) {
            Unit unit = moved.apply(loop.unit());
            planned.put(unit.whole(), new Loop(unit, loop.capture(), loop.items(), loop.seq()));
        }
    }

    /** The loop of a block; none when the operator went back to the step and has not left it as it was. */
    Optional<Loop> of(Unit block) {
        return Optional.ofNullable(planned.get(block))
                .filter(loop -> !history.toDoAgain(block) || loop.seq() > history.reopened(block));
    }

    /**
     * The state of a block by its rows: rows that were left out do not keep the others from being done, but a loop that
     * was left before its end is left out.
     */
    StepState state(Loop loop, int statements) {
        Unit block = loop.unit().whole();
        List<StepState> rows = new ArrayList<>();
        int known = loop.endless() ? begun(block) : loop.rows();
        for (int row = 0; row < known; row++) {
            rows.add(row(block.row(row), statements));
        }
        if (!loop.endless()) {
            return Steps.together(rows);
        }
        rows.add(row(block.row(known), statements));
        return Steps.ofStatements(rows);
    }

    private StepState row(Unit row, int statements) {
        List<StepState> states = new ArrayList<>();
        for (int i = 0; i < statements; i++) {
            states.add(history.state(row.statement(i)));
        }
        return Steps.ofStatements(states);
    }

    /** How many rows of an endless loop have begun. */
    int begun(Unit block) {
        return history.last(block.step(), r -> History.carriesOut(r) && History.covers(block, r.unit)
                && r.unit.iteration() >= 0 && r.seq > history.reopened(block)).map(r -> r.unit.iteration() + 1)
                .orElse(0);
    }
}
