package dev.stepmark.run;

import dev.stepmark.binding.Filler;
import dev.stepmark.journal.Event;
import dev.stepmark.journal.Event.Action;
import dev.stepmark.journal.Execution;
import dev.stepmark.journal.Loop;
import dev.stepmark.journal.Unit;
import dev.stepmark.message.ExitCode;
import dev.stepmark.plan.Progress;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Executor;
import dev.stepmark.runbook.Risk;
import dev.stepmark.runbook.Step;
import dev.stepmark.session.CancelReport;
import dev.stepmark.session.Outcome;
import dev.stepmark.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A block that is repeated until its author's condition holds: a backfill until no row is left. Each batch is an
 * execution of its own; they share one line of the screen, and Ctrl-C stops them between two batches as well.
 */
final class Batches {

    /** After so many a person is asked whether to go on: a condition that never holds must not run for ever. */
    static final int MOST = 10_000;
    /** Batches in a row that change nothing while the condition does not hold. */
    static final int IDLE = 10;

    private final Desk desk;
    private final Parts parts;

    Batches(Desk desk, Parts parts) {
        this.desk = desk;
        this.parts = parts;
    }

    /** What is said before the first one. */
    static Optional<String> remark(Block block) {
        return block.attributes().repeatUntil().map(until -> "In batches until  " + until + ";  each is an execution, Ctrl-C stops"
                + " between them");
    }

    /** How a series of batches came to its end: what failed, or in words why it stopped; neither when it is done. */
    private record Stop(Optional<Executions.Executed> failed, int statement, String why) {

        private static final Stop DONE = new Stop(Optional.empty(), 0, "");

        private static Stop because(String why) {
            return new Stop(Optional.empty(), 0, why);
        }
    }

    /** Stops the batch that runs and all that would follow. */
    private static final class Control implements RunControl {

        private final Session session;
        private volatile boolean asked;

        private Control(Session session) {
            this.session = session;
        }

        @Override
        public CancelReport cancel() {
            asked = true;
            CancelReport report = session.cancel();
            return report.asked() ? report : new CancelReport(true, "no further batch begins");
        }

        @Override
        public CancelReport kill() {
            asked = true;
            return session.kill();
        }

        @Override
        public void abandon() {
            asked = true;
            session.abandon();
        }
    }

    /** Runs batches until the condition holds, one fails, or somebody stops them. */
    void run(Step step, Block block) {
        Optional<Session> session = parts.work().session(step, block);
        if (session.isEmpty()) {
            return;
        }
        Unit unit = Unit.block(step.id(), block.id());
        if (desk.log().state().loop(unit).filter(Loop::endless).isEmpty()) {
            String until = block.attributes().repeatUntil().orElseThrow();
            desk.log().append(new Event.LoopPlanned(unit, until, desk.log().text(until)));
        }
        Control control = new Control(session.get());
        Stop stop;
        try (Running running = desk.operator().running(Cards.label(step, block), control)) {
            parts.executions().together(running);
            stop = all(step, block, session.get(), control, running);
        } finally {
            parts.executions().together(null);
        }
        ended(step, block, stop);
    }

    private Stop all(Step step, Block block, Session session, Control control, Running running) {
        Unit unit = Unit.block(step.id(), block.id());
        int first = next(unit, block);
        long begin = System.nanoTime();
        long rows = 0;
        int idle = 0;
        if (first > 0 && holds(block, unit.row(first - 1)).map(Boolean.TRUE::equals).orElse(false)) {
            return close(unit.row(first - 1), block);
        }
        for (int batch = first; batch - first < MOST; batch++) {
            Unit row = unit.row(batch);
            long changed = 0;
            int from = new Progress(desk.runbook(), desk.log().state()).nextStatement(row, block);
            for (int i = from; i < block.statements().size(); i++) {
                Executions.Executed executed = one(step, block, row, i, session);
                if (!executed.judgement().done() && !parts.work().good(block, executed.outcome())) {
                    return new Stop(Optional.of(executed), i, "");
                }
                changed += executed.outcome() instanceof Outcome.Done done ? Math.max(0, Outcomes.rows(done)) : 0;
            }
            rows += changed;
            idle = changed == 0 && block.executor() != Executor.SHELL ? idle + 1 : 0;
            Optional<Boolean> holds = holds(block, row);
            if (holds.isEmpty()) {
                return Stop.because("its condition cannot be decided: " + parts.conditions().evaluate(until(block), result(row, block))
                        .evidence());
            }
            if (holds.get()) {
                return close(row, block);
            }
            if (control.asked) {
                desk.log().append(new Event.QuestionAnswered(stopId(step), "stopped", "", "stop", "key", ""));
                return Stop.because("stopped by you");
            }
            if (idle >= IDLE) {
                return Stop.because("the last " + IDLE + " batches changed no row, and its condition does not hold");
            }
            running.progress("batch " + Texts.number(batch + 2) + ", " + soFar(rows, System.nanoTime() - begin));
        }
        return Stop.because(Texts.number(MOST) + " batches have run since it was confirmed, and its condition does not hold");
    }

    /** {@code 13,000 rows so far, 1,200 rows/s}. */
    private static String soFar(long rows, long nanos) {
        long millis = Math.max(1, nanos / 1_000_000);
        return Texts.count(rows, "row") + " so far, " + Texts.count(rows * 1000 / millis, "row") + "/s";
    }

    private Executions.Executed one(Step step, Block block, Unit row, int index, Session session) {
        Filler.Filled filled = parts.fill(block.statements().get(index).text(), block);
        return parts.work().one(row, Cards.label(step, block), block, index, filled.text(), filled.secretEnv(), session);
    }

    /** The batch that comes next: one that was begun and is not done, or a new one. */
    private int next(Unit unit, Block block) {
        Loop loop = desk.log().state().loop(unit).orElseThrow();
        int begun = desk.log().state().begun(loop);
        boolean done = begun == 0 || new Progress(desk.runbook(), desk.log().state()).nextStatement(unit.row(begun - 1), block)
                == block.statements().size();
        return done ? begun : begun - 1;
    }

    private Stop close(Unit row, Block block) {
        desk.log().append(new Event.LoopPlanned(row, until(block), desk.log().text(until(block))));
        return Stop.DONE;
    }

    private static String until(Block block) {
        return block.attributes().repeatUntil().orElseThrow();
    }

    private Optional<Boolean> holds(Block block, Unit row) {
        Conditions.Finding finding = parts.conditions().evaluate(until(block), result(row, block));
        return finding.decided() ? Optional.of(finding.value()) : Optional.empty();
    }

    /** What the last statement of a batch gave, as {@code result}. */
    private Map<String, Object> result(Unit row, Block block) {
        return desk.log().state().lastExecution(row.statement(block.statements().size() - 1)).map(e -> Map.<String, Object>of(
                "result", Captures.fields(desk.log(), e))).orElse(Map.of());
    }

    /** Consent is taken back by this answer: see {@link Consent}. */
    static String stopId(Step step) {
        return "step-" + step.id() + ".batches";
    }

    private void ended(Step step, Block block, Stop stop) {
        Unit unit = Unit.block(step.id(), block.id());
        List<Execution> runs = desk.log().state().executions().stream().filter(e -> e.started().origin() == Event.Origin.STEP
                && e.started().unit().whole().equals(unit) && e.started().unit().iteration() >= 0 && e.succeeded()).toList();
        long batches = runs.stream().map(e -> e.started().unit().iteration()).distinct().count();
        long rows = runs.stream().mapToLong(e -> e.finished().map(f -> Math.max(0, f.rows())).orElse(0L)).sum();
        long millis = runs.stream().mapToLong(e -> e.finished().map(f -> f.millis()).orElse(0L)).sum();
        String done = Texts.number(batches) + (batches == 1 ? " batch" : " batches") + (block.executor() == Executor.SHELL ? ""
                : ", " + Texts.count(rows, "row"));
        String label = Cards.label(step, block);
        if (stop.equals(Stop.DONE)) {
            desk.operator().result(ResultCard.of("ok", label, done + ", " + Texts.duration(millis)));
            return;
        }
        if (stop.failed().isPresent()) {
            failed(step, block, stop, done);
            return;
        }
        desk.operator().result(new ResultCard("STOPPED", label, "after " + done + "; " + stop.why(), List.of(), "", List.of(
                new StepCard.Fact("It means", "every batch before is done and stays; r goes on with the next"))));
        ask(step, block);
    }

    private void failed(Step step, Block block, Stop stop, String done) {
        Executions.Executed executed = stop.failed().orElseThrow();
        Outcome outcome = executed.outcome();
        String line = Outcomes.line(outcome, executed.millis(), block.executor() == Executor.SHELL);
        boolean lost = outcome instanceof Outcome.Lost;
        List<StepCard.Fact> facts = new ArrayList<>();
        if (!lost) {
            facts.addAll(parts.failures().facts(step, block, stop.statement(), outcome));
        }
        facts.add(new StepCard.Fact("Done", done + ", which stay"));
        desk.operator().result(new ResultCard(lost ? "IN DOUBT" : outcome instanceof Outcome.Cancelled ? "cancelled" : "FAILED",
                Cards.label(step, block), line, List.of(), "", facts));
        if (lost && desk.batch()) {
            throw new StopRun("in-doubt", ExitCode.IN_DOUBT);
        }
        if (!lost) {
            ask(step, block);
        }
    }

    private void ask(Step step, Block block) {
        if (desk.batch()) {
            throw new StopRun("failed", ExitCode.FAILED);
        }
        parts.banners().show(block);
        Unit unit = Unit.block(step.id(), block.id());
        Reply.Key key = parts.failures().whatNow(step, new Question("step-" + step.id() + ".failed", Question.Kind.FAILED, "What now?",
                Choices.batches(), (char) 0, "", "", "", "", true));
        if (key.key() == 'r' && block.risk() != Risk.DESTRUCTIVE) {
            desk.log().append(new Event.Decided(unit, Action.RETRY, key.by(), "", "", "", "", ""));
        } else if (key.key() == 'e') {
            parts.edits().edit(unit, block, "", changed -> RowTexts.same(block, changed) ? Optional.empty()
                    : Optional.of("The text of a batch keeps its number of statements."));
        } else if (key.key() == 's') {
            parts.blocks().skip(step, unit, key.by(), "", Cards.label(step, block));
        }
    }
}
