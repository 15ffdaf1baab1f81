package dev.stepmark.plan;

import dev.stepmark.journal.Unit;
import java.util.ArrayList;
import java.util.List;

/**
 * Statements that are kept or undone together, as the plan knows before anything runs: blocks that an author gave one
 * name, or what stands between BEGIN and COMMIT.
 *
 * @param name    the author's name; empty for one that the text begins and ends itself
 * @param session where it runs
 * @param parts   its blocks in order
 * @param commits whether its text ends with COMMIT; what an author named is always committed
 * @param problem why it cannot be done as a whole; empty when it can
 */
public record TransactionPlan(String name, String session, List<Part> parts, boolean commits, String problem) {

    /**
     * The part of it that one block holds.
     *
     * @param step  id of the step
     * @param block id of the block
     * @param from  its first statement
     * @param to    the statement behind its last
     * @param line  of the document where the block begins
     */
    public record Part(String step, String block, int from, int to, int line) { }

    public TransactionPlan {
        parts = List.copyOf(parts);
    }

    /** Whether Stepmark itself begins and commits it. */
    public boolean own() {
        return !name.isEmpty();
    }

    /** Whether it can be confirmed, held and undone as a whole. */
    public boolean whole() {
        return problem.isEmpty();
    }

    /** Whether it has more than one block. */
    public boolean several() {
        return parts.size() > 1;
    }

    /** Its statements in order. */
    public List<Unit> units() {
        List<Unit> units = new ArrayList<>();
        for (Part part : parts) {
            for (int i = part.from(); i < part.to(); i++) {
                units.add(Unit.block(part.step(), part.block()).statement(i));
            }
        }
        return units;
    }

    /** Whether a statement belongs to it. */
    public boolean has(Unit unit) {
        return parts.stream().anyMatch(p -> p.step().equals(unit.step()) && p.block().equals(unit.block())
                && unit.statement() >= p.from() && unit.statement() < p.to());
    }

    /** Whether a block has a part of it. */
    public boolean touches(String block) {
        return parts.stream().anyMatch(p -> p.block().equals(block));
    }

    /** Ids of its steps, each once. */
    public List<String> steps() {
        return parts.stream().map(Part::step).distinct().toList();
    }

    /** The statement that ends it, where the text does. */
    public Unit last() {
        List<Unit> units = units();
        return units.get(units.size() - 1);
    }

    /** Its steps for people: {@code 6}, {@code 3-6}. */
    public String label() {
        List<String> steps = steps();
        boolean oneBlock = parts.size() == 1 && parts.get(0).from() > 0;
        return steps.size() == 1 ? oneBlock ? parts.get(0).block() : steps.get(0)
                : steps.get(0) + "-" + steps.get(steps.size() - 1);
    }
}
