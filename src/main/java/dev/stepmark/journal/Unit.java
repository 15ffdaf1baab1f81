package dev.stepmark.journal;

import java.util.Objects;

/**
 * What an event is about.
 *
 * @param step      step id, or an ad hoc id ({@code a1}); empty when the event is about the whole run
 * @param block     block id ({@code 3.1}), or empty
 * @param statement index of the statement in the block from 0; -1 for the whole block
 * @param iteration row of a loop from 0; -1 outside loops
 */
public record Unit(String step, String block, int statement, int iteration) {

    /** The whole run. */
    public static final Unit RUN = new Unit("", "", -1, -1);

    /** A step. */
    public static Unit step(String step) {
        return new Unit(step, "", -1, -1);
    }

    /** A block of a step. */
    public static Unit block(String step, String block) {
        return new Unit(step, block, -1, -1);
    }

    /** One statement of this block. */
    public Unit statement(int index) {
        return new Unit(step, block, index, iteration);
    }

    /** One row of this block, as a whole. */
    public Unit row(int row) {
        return new Unit(step, block, -1, row);
    }

    /** The block of this statement or row. */
    public Unit whole() {
        return block(step, block);
    }

    /** By hand, the likeliest difference first: states are folds that compare a unit with every earlier one. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Unit unit && statement == unit.statement && iteration == unit.iteration
                && block.equals(unit.block) && step.equals(unit.step);
    }

    @Override
    public int hashCode() {
        return Objects.hash(step, block, statement, iteration);
    }
}
