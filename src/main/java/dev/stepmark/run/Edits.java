package dev.stepmark.run;

import dev.stepmark.journal.Event;
import dev.stepmark.journal.Event.Action;
import dev.stepmark.journal.Unit;
import dev.stepmark.plan.PlanCodec;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Executor;
import dev.stepmark.runbook.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

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
        Optional<String> artefact = desk.log().editOf(Unit.block(step.id(), original.id()));
        if (artefact.isEmpty()) {
            return original;
        }
        try {
            return PlanCodec.readBlock(desk.log().artefact(artefact.get()));
        } catch (IOException e) {
            throw new IllegalStateException("an edited block cannot be read: " + artefact.get(), e);
        }
    }

    /** Lets the operator edit; true when there is a new text, which has been shown as a difference and recorded. */
    boolean edit(Step step, Block block, String shown) {
        Optional<String> edited = desk.operator().edit(block.text(), block.executor() == Executor.SHELL ? ".sh"
                : ".sql");
        if (edited.isEmpty() || edited.get().equals(block.text())) {
            desk.operator().say(List.of("  The text was not changed."));
            return false;
        }
        Block changed = reparser.apply(withText(block, edited.get()));
        desk.operator().say(difference(block.text(), edited.get()));
        String artefact = desk.log().put(PlanCodec.writeBlock(changed));
        desk.log().append(new Event.Decided(Unit.block(step.id(), block.id()), Action.EDIT, "key", shown, artefact, "",
                "", "was " + Texts.sha256(block.text()) + ", is " + Texts.sha256(edited.get())));
        return true;
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

    /** Bytes of a text, as artefacts hold it. */
    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
