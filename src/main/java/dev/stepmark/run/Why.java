package dev.stepmark.run;

import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Inference;
import dev.stepmark.runbook.Statement;
import dev.stepmark.runbook.Step;
import java.util.ArrayList;
import java.util.List;

/** The answer to {@code w}: what Stepmark concluded, from which words, at which line. */
final class Why {

    private final Desk desk;

    Why(Desk desk) {
        this.desk = desk;
    }

    /** Explains a block. */
    void show(Step step, Block block) {
        List<String> out = new ArrayList<>();
        out.add("Step " + step.id() + ", " + desk.runbook().path() + ":" + block.span().first()
                + (step.sectionPath().isEmpty() ? "" : ", under " + String.join(" > ", step.sectionPath())));
        out.add("  Decided   " + block.why());
        for (Inference inference : block.inferences()) {
            out.add("  Inferred  " + inference.reason());
        }
        for (Statement statement : block.statements()) {
            String object = statement.object().isEmpty() ? "" : " on " + statement.object();
            out.add("  Risk      " + statement.risk().word() + ": " + statement.verb() + object);
        }
        others(step, out);
        desk.operator().say(out);
    }

    /** Blocks of the step that a run does not ask about, with their numbers. */
    private static void others(Step step, List<String> out) {
        step.blocks().stream().filter(b -> !Cards.asked(b)).forEach(b -> out.add("  Not run   " + b.id() + ", line " + b.span().first()
                + ": " + b.why() + "; if it is to run: /as " + b.id() + " shell"));
    }

    /** Explains a step without a block to run. */
    void show(Step step) {
        List<String> out = new ArrayList<>();
        out.add("Step " + step.id() + ", " + desk.runbook().path() + ":" + step.span().first());
        out.add("  Decided   it has no block that Stepmark could run: a person does it");
        if (!step.opens().isEmpty()) {
            out.add("  Inferred  its words open a session: " + desk.runbook().session(step.opens())
                    .map(s -> s.label()).orElse(step.opens()));
        }
        others(step, out);
        step.condition().ifPresent(c -> out.add("  Condition \"" + c.text() + "\", line " + c.line()));
        desk.operator().say(out);
    }
}
