package dev.stepmark.journal;

/**
 * A loop whose rows were fixed, by its event.
 *
 * @param unit    the last row; the block itself (iteration -1) while nobody knows how many there will be
 * @param capture what the rows come from, or the condition that ends the loop
 * @param items   artefact of the rows
 * @param seq     position of its record
 */
public record Loop(Unit unit, String capture, String items, long seq) {

    /** How many rows there are; 0 while nobody knows. */
    public int rows() {
        return unit.iteration() + 1;
    }

    /** Whether it goes on until its condition says otherwise. */
    public boolean endless() {
        return unit.iteration() < 0;
    }
}
