package dev.stepmark.run;

import dev.stepmark.journal.Event;
import dev.stepmark.journal.Event.Action;
import dev.stepmark.journal.Unit;
import dev.stepmark.plan.PlanCodec;
import dev.stepmark.plan.Progress;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Executor;
import dev.stepmark.runbook.Statement;
import dev.stepmark.runbook.Step;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Texts that the operator changed, for this run only: the edited block is an artefact, the decision names it. */
final class Edits {

    private final Desk desk;
    private final UnaryOperator<Block> reparser;

    Edits(Desk desk, UnaryOperator<Block> reparser) {
        this.desk = desk;
        this.reparser = reparser;
    }

    /** The block as it runs: the stored plan's, or its last edit. */
    Block effective(Step step, Block original) {
        return of(Unit.block(step.id(), original.id())).orElse(original);
    }

    /** The text that the operator gave a block or one of its rows. */
    Optional<Block> of(Unit unit) {
        return desk.log().editOf(unit).map(artefact -> {
            try {
                return PlanCodec.readBlock(desk.log().artefact(artefact));
            } catch (IOException e) {
                throw new IllegalStateException("an edited block cannot be read: " + artefact, e);
            }
        });
    }

    /** Lets the operator edit; true when there is a new text, which has been shown as a difference and recorded. */
    boolean edit(Step step, Block block, String shown) {
        return edit(Unit.block(step.id(), block.id()), block, shown, changed -> Optional.empty());
    }

    /**
     * The same for one row, or for a block whose new text must keep to something.
     *
     * @param refusal why a new text cannot be taken
     */
    boolean edit(Unit unit, Block block, String shown, Function<Block, Optional<String>> refusal) {
        int done = new Progress(desk.runbook(), desk.log().state()).nextStatement(unit, block);
        String before = done == 0 ? block.text() : text(block.statements().subList(done, block.statements().size()));
        Optional<String> edited = block.opens().isEmpty() ? desk.operator().edit(before, block.executor()
                == Executor.SHELL ? ".sh" : ".sql") : Optional.empty();
        if (edited.isEmpty() || edited.get().equals(before)) {
            desk.operator().say(List.of("  The text was not changed."));
            return false;
        }
        if (!desk.secrets().masker().mask(edited.get()).equals(edited.get())) {
            desk.operator().say(List.of("  The new text has a secret in it, which would be kept in the log. It was not"
                    + " taken; use the placeholder or the variable."));
            return false;
        }
        Block changed = after(block, done, reparser.apply(withText(block, edited.get())));
        Optional<String> refused = refusal.apply(changed);
        if (refused.isPresent()) {
            desk.operator().say(List.of("  " + refused.get() + " It was not taken."));
            return false;
        }
        desk.operator().say(difference(before, edited.get()));
        record(unit, block, changed, "key", shown, "");
        return true;
    }

    /** Takes a changed text for this run. */
    void record(Unit unit, Block block, Block changed, String by, String shown, String reason) {
        desk.log().append(new Event.Decided(unit, Action.EDIT, by, shown, desk.log().put(PlanCodec.writeBlock(changed)), "",
                reason, "was " + Texts.sha256(block.text()) + ", is " + Texts.sha256(changed.text())));
    }

    /** What is done stays in front, so that a statement keeps its number and none is run twice or left out. */
    private static Block after(Block block, int done, Block rest) {
        if (done == 0) {
            return rest;
        }
        List<Statement> all = new ArrayList<>(block.statements().subList(0, done));
        all.addAll(rest.statements());
        Block whole = withText(block, text(all.subList(0, done)) + "\n" + rest.text());
        return new Block(whole.id(), whole.span(), whole.syntax(), whole.info(), whole.text(), whole.role(),
                whole.executor(), whole.session(), whole.opens(), whole.closes(), all, whole.placeholders(), rest.risk(),
                whole.alternative(), whole.runByDefault(), whole.why(), whole.inferences(), whole.attributes());
    }

    private static String text(List<Statement> statements) {
        return statements.stream().map(Statement::text).collect(Collectors.joining("\n"));
    }

    private static Block withText(Block b, String text) {
        return new Block(b.id(), b.span(), b.syntax(), b.info(), text, b.role(), b.executor(), b.session(), b.opens(),
                b.closes(), b.statements(), b.placeholders(), b.risk(), b.alternative(), b.runByDefault(),
                "edited by the operator", List.of(), b.attributes());
    }

    /** Removed lines, then added ones: texts of a few lines need no better difference. */
    static List<String> difference(String before, String after) {
        List<String> old = before.lines().toList();
        List<String> now = after.lines().toList();
        List<String> out = new ArrayList<>();
        old.stream().filter(l -> !now.contains(l)).forEach(l -> out.add("  - " + l));
        now.stream().filter(l -> !old.contains(l)).forEach(l -> out.add("  + " + l));
        return out;
    }
}
