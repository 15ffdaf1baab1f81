package dev.stepmark.run;

import dev.stepmark.binding.Expressions;
import dev.stepmark.journal.Event;
import dev.stepmark.journal.Event.Origin;
import dev.stepmark.journal.Execution;
import dev.stepmark.journal.Unit;
import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.message.StepmarkException;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Placeholder;
import dev.stepmark.runbook.Step;
import dev.stepmark.session.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an execution means by the words of the document: errors that are safe, the author's {@code expect=}, and the
 * output that the document shows. Only executions of steps are looked at.
 */
final class Judge {

    private final Desk desk;
    private final Tolerance tolerance;
    private final ShownOutput shown;

    Judge(Desk desk) {
        this.desk = desk;
        this.tolerance = new Tolerance(desk);
        this.shown = new ShownOutput(desk);
    }

    /**
     * The verdict.
     *
     * @param outcome  as it counts: with the expectation that does not hold among its problems
     * @param accepted why a failure counts as done, for the record; empty when it does not, or there is none
     * @param found    errors that are safe
     * @param compared what the document shows; only for what was done
     */
    record Judgement(Outcome outcome, List<String> accepted, Tolerance.Found found,
            Optional<ShownOutput.Compared> compared) {

        static Judgement none(Outcome outcome) {
            return new Judgement(outcome, List.of(), Tolerance.Found.NOTHING, Optional.empty());
        }

        /** Whether it is done: by itself, or because all that went wrong is safe. */
        boolean done() {
            return Outcomes.succeeded(outcome) || !accepted.isEmpty();
        }

        /** The record of the outcome with what is tolerated; of a failure only when that is all that there is. */
        Event.ExecFinished noted(Event.ExecFinished e) {
            List<String> tolerated = done() ? Outcomes.succeeded(outcome) ? found.tolerated() : accepted : List.of();
            return tolerated.isEmpty() ? e : new Event.ExecFinished(e.exec(), e.outcome(), e.exit(), e.problems(),
                    e.sqlState(), e.rows(), e.tags(), e.outputs(), e.message(), e.millis(), tolerated, e.survivors());
        }
    }

    /** Judges an execution that has ended and is not recorded yet. */
    Judgement of(Executions.Order order, Outcome outcome, List<Event.Output> outputs) {
        Optional<Block> block = order.origin() == Origin.STEP ? block(order.unit()) : Optional.empty();
        boolean ended = outcome instanceof Outcome.Done || outcome instanceof Outcome.Failed;
        if (block.isEmpty() || !ended) {
            return Judgement.none(outcome);
        }
        Outputs written = new Outputs(desk.log(), outputs);
        Tolerance.Found found = tolerance.of(block.get(), order.text(), outcome, written);
        List<String> accepted = found.covers() ? found.tolerated() : List.of();
        boolean last = order.unit().statement() == block.get().statements().size() - 1;
        Optional<String> expect = last ? block.get().attributes().get("expect") : Optional.empty();
        Outcome judged = outcome;
        if (expect.isPresent()) {
            OwnResult own = new OwnResult(outcome, written);
            boolean open = outcome instanceof Outcome.Failed f && f.transaction() != Outcome.Transaction.NONE;
            Expressions.Verdict verdict = own.holds(expect.get(), Captures.variables(desk, expect.get()));
            if (verdict.decided() && verdict.value() && !open) {
                boolean meant = !Outcomes.succeeded(outcome) && OwnResult.speaksOfEnd(expect.get());
                accepted = meant ? List.of("as expect=\"" + expect.get() + "\" says") : accepted;
            } else if (outcome instanceof Outcome.Done done && (Outcomes.succeeded(outcome) || !accepted.isEmpty())) {
                accepted = List.of();
                judged = unexpected(done, expect.get(), verdict.decided() ? own.evidence(expect.get()) : verdict.reason());
            }
        }
        boolean done = Outcomes.succeeded(judged) || !accepted.isEmpty();
        Optional<ShownOutput.Compared> compared = done ? shown.compare(block.get(), order.unit(), written) : Optional.empty();
        return new Judgement(judged, accepted, found, compared);
    }

    private static Outcome unexpected(Outcome.Done done, String expression, String evidence) {
        List<Outcome.Problem> problems = new ArrayList<>(done.problems());
        problems.add(new Outcome.Problem(0, Outcomes.EXPECT + expression + "\"", evidence));
        return new Outcome.Done(done.exit(), problems, done.results(), done.transaction(), done.change());
    }

    private Optional<Block> block(Unit unit) {
        return desk.runbook().step(unit.step()).flatMap(s -> s.blocks().stream().filter(b -> b.id().equals(unit.block()))
                .findFirst());
    }

    /** What was judged before this process began, by the record alone. */
    static boolean done(Execution execution) {
        return execution.succeeded();
    }

    /**
     * Refuses a runbook with an expectation that nothing can decide, or an undo that is none, before anything runs.
     *
     * @throws StepmarkException USAGE
     */
    void check() {
        for (Step step : desk.runbook().steps()) {
            for (Block block : step.executables()) {
                block.attributes().get("undo").ifPresent(undo -> UndoText.problem(block, undo).ifPresent(problem -> {
                    throw new StepmarkException(ExitCode.USAGE, Message.of(desk.runbook().path() + ":" + block.span().first()
                            + ": undo=\"" + undo.strip().lines().findFirst().orElse("") + "\" cannot be run: " + problem,
                            "It is one statement, or one shell text, that undoes its block. Nothing was run.",
                            "undo=\"DROP INDEX orders_idx\""));
                }));
                block.attributes().get("expect").flatMap(e -> Expressions.problem(e, names())).ifPresent(problem -> {
                    throw new StepmarkException(ExitCode.USAGE, Message.of(desk.runbook().path() + ":" + block.span().first()
                            + ": expect=\"" + block.attributes().get("expect").orElse("") + "\" cannot be decided: "
                            + problem.lines().findFirst().orElse(""),
                            "It is an expression over " + String.join(", ", new java.util.TreeSet<>(OwnResult.NAMES))
                                    + " of its own block. Nothing was run.", "expect=\"rowCount == 0\""));
                });
            }
        }
    }

    private Set<String> names() {
        Set<String> names = new LinkedHashSet<>(OwnResult.NAMES);
        desk.runbook().frontMatter().variables().forEach(v -> names.add(v.name()));
        for (Step step : desk.runbook().steps()) {
            names.add("step_" + step.id());
            step.executables().forEach(b -> {
                b.attributes().capture().ifPresent(names::add);
                b.placeholders().stream().map(Placeholder::name).forEach(names::add);
            });
        }
        return names;
    }
}
