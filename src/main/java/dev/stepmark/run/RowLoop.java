package dev.stepmark.run;

import dev.stepmark.journal.Event;
import dev.stepmark.journal.Event.Action;
import dev.stepmark.journal.Loop;
import dev.stepmark.journal.StepState;
import dev.stepmark.journal.Unit;
import dev.stepmark.plan.Progress;
import dev.stepmark.plan.RowSources;
import dev.stepmark.plan.RowSources.Rows;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Placeholder;
import dev.stepmark.runbook.Risk;
import dev.stepmark.runbook.Step;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * A block that runs once for each row of an earlier result. The rows are fixed in the log before the first one runs, so
 * that a run that goes on after a crash goes on with the next of the same rows.
 */
final class RowLoop {

    private final Desk desk;
    private final Parts parts;
    private final RowSources sources;
    private final ItemSource found;
    private final RowTexts texts;
    private final RowAsks asks;
    private final RowWork work;

    RowLoop(Desk desk, Parts parts, UnaryOperator<Block> reparser) {
        this.desk = desk;
        this.parts = parts;
        this.sources = RowSources.of(desk.runbook());
        this.found = new ItemSource(desk);
        this.texts = new RowTexts(parts.values(), reparser);
        this.asks = new RowAsks(desk, parts, this);
        this.work = new RowWork(desk, parts, this);
    }

    /** Whether a block gets its values from rows. */
    boolean takes(Step step, Block block) {
        if (block.attributes().repeatUntil().isPresent()) {
            return false;
        }
        Optional<Loop> loop = loop(step, block);
        return loop.filter(l -> !l.endless()).isPresent() || rows(block).isPresent();
    }

    private Optional<Rows> rows(Block block) {
        return sources.of(block).filter(r -> r.declared() || block.placeholders().stream().map(Placeholder::name)
                .anyMatch(n -> r.columns().containsKey(n) && parts.values().plain(n) == null));
    }

    private Optional<Loop> loop(Step step, Block block) {
        return desk.log().state().loop(Unit.block(step.id(), block.id()));
    }

    /** Brings the block one step on: a row is run or left out, or the block is ended. */
    void once(Step step, Block block) {
        Optional<Items> items = items(step, block);
        if (items.isEmpty()) {
            return;
        }
        if (items.get().size() == 0) {
            none(step, block, items.get());
            return;
        }
        if (!asks.textAgreed(step, block, items.get())) {
            return;
        }
        int row = next(step, block, items.get());
        RowTexts.Row filled = row(step, block, items.get(), row);
        if (!filled.problem().isEmpty()) {
            asks.unusable(step, block, items.get(), row, filled);
        } else if (consented(step, block, row, filled.block()) || asks.confirm(step, block, items.get(), row)) {
            work.run(step, block, items.get(), row, filled);
        }
        work.close(step, block, items.get());
    }

    /** A row as it runs: filled, or as the operator changed it. */
    RowTexts.Row row(Step step, Block block, Items items, int row) {
        RowTexts.Row filled = texts.of(block, items, row);
        return parts.edits().of(Unit.block(step.id(), block.id()).row(row)).map(edited -> new RowTexts.Row(edited,
                filled.secretEnv(), "")).orElse(filled);
    }

    RowAsks asks() {
        return asks;
    }

    /** Rows that are not done and not left out, from the first. */
    List<Integer> open(Step step, Block block, Items items) {
        Progress progress = new Progress(desk.runbook(), desk.log().state());
        Unit unit = Unit.block(step.id(), block.id());
        return IntStream.range(0, items.size()).filter(r -> progress.nextStatement(unit.row(r), block)
                < block.statements().size()).boxed().toList();
    }

    private int next(Step step, Block block, Items items) {
        return open(step, block, items).get(0);
    }

    /** One answer for all rows holds until one fails; what destroys something is confirmed row by row. */
    private boolean consented(Step step, Block block, int row, Block filled) {
        Unit unit = Unit.block(step.id(), block.id());
        boolean rolledBack = IntStream.range(0, block.statements().size()).anyMatch(i -> desk.log().state().unit(unit.row(row)
                .statement(i)) == StepState.ROLLED_BACK);
        boolean open = desk.log().state().openDecision(unit.row(row)).filter(d -> d.action() == Action.RUN
                || d.action() == Action.RETRY).isPresent();
        boolean all = filled.risk() != Risk.DESTRUCTIVE && Consent.given(desk.log().events(), unit);
        return open || !rolledBack && (all || Consent.given(desk.log().events(), unit.row(row)));
    }

    /** The rows as they were fixed; fixed now, when that has not been done. */
    private Optional<Items> items(Step step, Block block) {
        Optional<Items> fixed = loop(step, block).map(l -> Items.read(desk.log().artefact(l.items())));
        boolean began = fixed.isPresent() && desk.log().state().executions().stream().anyMatch(e -> e.started().unit().block()
                .equals(block.id()) && e.started().unit().iteration() >= 0);
        if (began) {
            return fixed;
        }
        ItemSource.Found now = found.find(sources.of(block).orElseThrow());
        if (now.items().isEmpty()) {
            asks.noRows(step, block, sources.of(block).orElseThrow(), now.problem());
            return Optional.empty();
        }
        Items items = now.items().get();
        if (items.size() > 0 && !fixed.filter(items::equals).isPresent()) {
            desk.log().append(new Event.LoopPlanned(Unit.block(step.id(), block.id()).row(items.size() - 1),
                    sources.of(block).orElseThrow().capture(), desk.log().put(items.json().getBytes(StandardCharsets.UTF_8))));
        }
        return now.items();
    }

    /** Without a row there is nothing to do, and nothing to ask about. */
    private void none(Step step, Block block, Items items) {
        String why = items.source() + " returned no row";
        String by = block.attributes().foreach().isPresent() ? "author" : "rows";
        desk.log().append(new Event.Decided(Unit.block(step.id(), block.id()), Action.NOT_APPLICABLE, by, "", "", "", "", why));
        desk.operator().step(new Cards(desk).block(step, block, block.text(), List.of(why), List.of()));
        desk.operator().result(ResultCard.of("skipped", Cards.label(step, block), "for no row: " + why));
    }
}
