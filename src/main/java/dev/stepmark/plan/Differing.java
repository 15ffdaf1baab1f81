package dev.stepmark.plan;

import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Executor;
import dev.stepmark.runbook.Runbook;
import dev.stepmark.runbook.Statement;
import dev.stepmark.runbook.Step;
import dev.stepmark.sql.NamedObjects;
import dev.stepmark.sql.ResultColumns;
import java.util.ArrayList;
import java.util.List;

/** Steps that write a name down which an earlier one looks up: the two may differ, which only a run can tell. */
public final class Differing {

    private Differing() { }

    /** Id of the question which of the two names is meant. */
    public static String id(Step step, Block block) {
        boolean only = step.executables().size() == 1;
        return "step-" + (only ? step.id() : block.id()) + ".captured";
    }

    /** The questions of a step: asked only when the names differ, and answered beforehand only by who wants to. */
    static List<PlannedQuestion> of(Runbook runbook, Step step) {
        List<PlannedQuestion> out = new ArrayList<>();
        for (Block block : step.executables()) {
            if (block.executor() != Executor.PSQL) {
                continue;
            }
            for (NamedObjects.Named named : NamedObjects.of(block.text())) {
                String looked = looked(runbook, step, named.kind());
                if (!looked.isEmpty()) {
                    out.add(new PlannedQuestion(id(step, block), PlannedQuestion.Kind.DIFFERS, step.id(), "Step " + step.id()
                            + ": if step " + looked + " returns another name than " + named.name() + ", use that one?", List.of(
                            "only asked when they differ; without an answer the run then stops there"), "", "", ""));
                    break;
                }
            }
        }
        return out;
    }

    /** The last step before this one whose query returns names of such objects; empty when there is none. */
    private static String looked(Runbook runbook, Step step, NamedObjects.Kind kind) {
        String found = "";
        for (Step earlier : runbook.mainSteps()) {
            if (earlier.id().equals(step.id())) {
                break;
            }
            boolean looks = earlier.executables().stream().flatMap(b -> b.statements().stream()).filter(s -> s.kind()
                    == Statement.Kind.SQL).anyMatch(s -> kind.column(ResultColumns.of(s.text())).isPresent());
            found = looks ? earlier.id() : found;
        }
        return found;
    }
}
