package dev.stepmark.run;

import dev.stepmark.journal.Event;
import dev.stepmark.journal.Event.Action;
import dev.stepmark.journal.Unit;
import dev.stepmark.message.ExitCode;
import dev.stepmark.plan.Progress;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Executor;
import dev.stepmark.runbook.Risk;
import dev.stepmark.runbook.Step;
import dev.stepmark.session.Outcome;
import dev.stepmark.session.Result;
import dev.stepmark.session.Session;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Executes rows, says in a line how each one ended, and deals with one that failed. */
final class RowWork {

    private final Desk desk;
    private final Parts parts;
    private final RowLoop loop;

    RowWork(Desk desk, Parts parts, RowLoop loop) {
        this.desk = desk;
        this.parts = parts;
        this.loop = loop;
    }

    /** Runs a row from its first statement that is not done. */
    void run(Step step, Block block, Items items, int row, RowTexts.Row filled) {
        Optional<Session> session = parts.work().session(step, block);
        if (session.isEmpty()) {
            return;
        }
        Unit unit = Unit.block(step.id(), block.id()).row(row);
        String label = items.size() == 1 ? Cards.label(step, block) : Cards.label(step, block) + " row " + (row + 1);
        int first = new Progress(desk.runbook(), desk.log().state()).nextStatement(unit, block);
        for (int i = first; i < filled.block().statements().size(); i++) {
            Executions.Executed executed = parts.work().one(unit, label, filled.block(), i, filled.block().statements().get(i)
                    .text(), filled.secretEnv(), session.get());
            boolean good = executed.judgement().done() || parts.work().good(filled.block(), executed.outcome());
            executed.judgement().found().remarks().forEach(desk.operator()::remark);
            boolean last = i == filled.block().statements().size() - 1;
            tables(step, block, executed);
            if (!good) {
                failed(step, block, items, row, i, executed);
                return;
            }
            if (last) {
                line(items, row, "ok", Texts.duration(executed.millis()));
            }
        }
    }

    private void tables(Step step, Block block, Executions.Executed executed) {
        List<Result> tables = executed.results().stream().filter(Result::table).toList();
        if (!tables.isEmpty()) {
            desk.operator().result(new ResultCard("", Cards.label(step, block), "", tables, "", List.of()));
        }
    }

    /** {@code   1/3  avg_fill_levels  ok       1.2 s}. */
    private void line(Items items, int row, String word, String text) {
        if (items.size() == 1) {
            return;
        }
        int width = IntStream.range(0, items.size()).map(r -> items.label(r).length()).max().orElse(0);
        int digits = String.valueOf(items.size()).length();
        String format = "  %" + digits + "d/%d  %-" + Math.max(1, width) + "s  %-6s   %s";
        desk.operator().say(List.of(String.format(java.util.Locale.ROOT, format, row + 1, items.size(), items.label(row), word,
                text)));
    }

    /** The closing line of the block, when nothing is left to do. */
    void close(Step step, Block block, Items items) {
        Unit unit = Unit.block(step.id(), block.id());
        if (!loop.open(step, block, items).isEmpty() || desk.log().state().lastDecision(unit).filter(d -> d.action()
                == Action.SKIP).isPresent()) {
            return;
        }
        int done = (int) IntStream.range(0, items.size()).filter(r -> ran(unit.row(r), block)).count();
        if (done == 0) {
            return;
        }
        long millis = IntStream.range(0, items.size()).mapToLong(r -> IntStream.range(0, block.statements().size()).mapToLong(i ->
                desk.log().state().lastExecution(unit.row(r).statement(i)).flatMap(e -> e.finished()).map(f -> f.millis())
                        .orElse(0L)).sum()).sum();
        String rows = items.size() == 1 ? "" : done == items.size() ? Texts.count(done, "row") + " done, " : done + " of "
                + items.size() + " rows done, " + (items.size() - done) + " left out; ";
        desk.operator().result(ResultCard.of("ok", Cards.label(step, block), rows + Texts.duration(millis)));
    }

    private boolean ran(Unit row, Block block) {
        return desk.log().state().lastExecution(row.statement(block.statements().size() - 1)).isPresent();
    }

    private void failed(Step step, Block block, Items items, int row, int statement, Executions.Executed executed) {
        Outcome outcome = executed.outcome();
        boolean shell = block.executor() == Executor.SHELL;
        String label = Cards.label(step, block);
        String how = outcome instanceof Outcome.Failed f ? "SQLSTATE " + f.sqlState() : Outcomes.line(outcome,
                executed.millis(), shell);
        boolean lost = outcome instanceof Outcome.Lost;
        String word = lost ? "IN DOUBT" : outcome instanceof Outcome.Cancelled ? "cancelled" : "FAILED";
        line(items, row, word, how);
        if (lost) {
            desk.operator().result(ResultCard.of(word, RowAsks.name(step, block, items, row), "it may have happened, or not:"
                    + " look before you decide"));
            if (desk.batch()) {
                throw new StopRun("in-doubt", ExitCode.IN_DOUBT);
            }
            return;
        }
        Unit unit = Unit.block(step.id(), block.id());
        long done = IntStream.range(0, items.size()).filter(r -> r != row && ran(unit.row(r), block)).count();
        String text = items.size() == 1 ? Outcomes.line(outcome, executed.millis(), shell) : done + " of " + items.size()
                + " rows done; row " + (row + 1) + " (" + items.label(row) + ") " + (word.equals("FAILED") ? "failed" : word);
        desk.operator().result(new ResultCard(word, label, text, List.of(), "", parts.failures().facts(step, block, statement,
                outcome)));
        ask(step, block, items, row, outcome instanceof Outcome.Done || outcome instanceof Outcome.Ended);
    }

    private void ask(Step step, Block block, Items items, int row, boolean acceptable) {
        if (desk.batch()) {
            throw new StopRun("failed", ExitCode.FAILED);
        }
        parts.banners().show(block);
        List<Question.Choice> choices = items.size() == 1 ? Choices.failed(acceptable) : Choices.failedRow(row + 1, acceptable);
        Reply.Key key = parts.failures().whatNow(step, new Question("step-" + step.id() + ".failed", Question.Kind.FAILED, "What now?",
                choices, (char) 0, "", "", "", "", true));
        Unit unit = Unit.block(step.id(), block.id()).row(row);
        String label = Cards.label(step, block) + (items.size() == 1 ? "" : " row " + (row + 1));
        switch (key.key()) {
            case 'r' -> {
                if (loop.row(step, block, items, row).block().risk() != Risk.DESTRUCTIVE) {
                    desk.log().append(new Event.Decided(unit, Action.RETRY, key.by(), "", "", "", "", ""));
                }
            }
            case 'e' -> loop.asks().edit(step, block, items, row);
            case 'm' -> {
                String reason = parts.asking().reason("step-" + step.id() + ".reason", "Why is " + label
                        + " done? (goes into the log)").text();
                desk.log().append(new Event.Decided(unit, Action.ACCEPT, key.by(), "", "", "", reason, ""));
            }
            case 's' -> parts.blocks().skip(step, unit, key.by(), "", label);
            default -> { }
        }
    }
}
