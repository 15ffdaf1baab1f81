package dev.stepmark.run;

import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Executor;
import dev.stepmark.runbook.Inference;
import dev.stepmark.runbook.Part;
import dev.stepmark.runbook.Risk;
import dev.stepmark.runbook.Statement;
import dev.stepmark.runbook.Step;
import java.util.ArrayList;
import java.util.List;

/** Builds what is shown of a step before it is asked for. */
final class Cards {

    private final Desk desk;

    Cards(Desk desk) {
        this.desk = desk;
    }

    /** {@code 5/12}. */
    String position(Step step) {
        List<Step> main = desk.runbook().mainSteps();
        return !step.section().inMainRun() || main.isEmpty() ? step.id() : step.id() + "/" + main.get(main.size() - 1).id();
    }

    /** A step that a person does. */
    StepCard byHand(Step step, String right, List<String> before) {
        return new StepCard(position(step), step.title(), right, "", body(step, null), before, List.of(), "",
                List.of());
    }

    /** A block; the first of its step shows the step's title and everything before it. */
    StepCard block(Step step, Block block, String text, List<String> before, List<StepCard.Fact> facts) {
        boolean first = isFirst(step, block);
        boolean shell = block.executor() == Executor.SHELL;
        String right = block.risk().word() + ", " + (shell ? "shell" : "SQL") + (Jobs.takes(block) ? ", background" : "");
        return new StepCard(first ? position(step) : "", first ? step.title() : label(step, block), right,
                block.risk().word(), body(step, block), before, text.stripTrailing().lines().toList(),
                shell ? "shell" : "sql", facts);
    }

    /** A block that a person does: shown whole, run by nobody. */
    StepCard blockByHand(Step step, Block block, List<String> before) {
        boolean first = isFirst(step, block);
        return new StepCard(first ? position(step) : "", first ? step.title() : label(step, block), "by hand", "",
                body(step, block), before, block.text().stripTrailing().lines().toList(), "", List.of());
    }

    /** A step that was done and is stale, whole, with what makes it so. */
    StepCard stale(Step step, List<String> causes) {
        List<Block> blocks = step.blocks().stream().filter(Cards::asked).toList();
        List<String> text = blocks.stream().flatMap(b -> b.text().stripTrailing().lines()).toList();
        boolean sql = !blocks.isEmpty() && blocks.get(0).executor() != Executor.SHELL;
        String right = "STALE, " + (blocks.isEmpty() ? "by hand" : step.risk().word() + ", " + (sql ? "SQL" : "shell"));
        return new StepCard(position(step), step.title(), right, step.risk().word(), body(step, null), causes, text,
                sql ? "sql" : "shell", List.of());
    }

    /** How people name the block: the step's number when it has one block, else {@code 3.2}. */
    static String label(Step step, Block block) {
        long asked = step.blocks().stream().filter(Cards::asked).count();
        return asked <= 1 ? step.id() : block.id();
    }

    /** Whether a block is asked about: it runs, or a person must look at it because it is broken. */
    static boolean asked(Block block) {
        return block.executable() || block.role() == dev.stepmark.runbook.Role.MALFORMED;
    }

    /** The words that overrule a label, from the inferences; a condition has a remark of its own. */
    static List<String> reasons(Block block) {
        return block.inferences().stream().filter(i -> !i.id().endsWith(".condition")).map(Inference::reason)
                .toList();
    }

    /** The phrase that confirms a destructive block. */
    static String phrase(Block block) {
        Statement worst = block.statements().stream().filter(s -> s.risk() == Risk.DESTRUCTIVE).findFirst()
                .orElse(block.statements().get(0));
        String verb = worst.verb().isEmpty() ? "run" : worst.verb();
        return worst.object().isEmpty() ? verb + " " + block.id() : verb + " " + worst.object();
    }

    private static boolean isFirst(Step step, Block block) {
        return step.blocks().stream().filter(Cards::asked).findFirst().map(b -> b.id().equals(block.id()))
                .orElse(true);
    }

    /**
     * Words and blocks that are not asked about: from the block before to this one, and what follows the last one,
     * because a warning below a block must be read before it runs.
     */
    private static List<Part> body(Step step, Block block) {
        List<Part> out = new ArrayList<>();
        boolean here = block == null || isFirst(step, block);
        String last = step.blocks().stream().filter(Cards::asked).reduce((a, b) -> b).map(Block::id).orElse("");
        for (Part part : step.parts()) {
            Block code = part instanceof Part.Code c ? c.block() : null;
            if (code == null || !asked(code)) {
                if (here) {
                    out.add(part);
                }
            } else if (block != null) {
                boolean self = code.id().equals(block.id());
                boolean next = self ? block.id().equals(last) : precedes(step, code, block);
                here = next;
            }
        }
        return out;
    }

    /** Whether {@code code} is the block asked about right before {@code block}. */
    private static boolean precedes(Step step, Block code, Block block) {
        List<String> ids = step.blocks().stream().filter(Cards::asked).map(Block::id).toList();
        return ids.indexOf(code.id()) == ids.indexOf(block.id()) - 1;
    }
}
