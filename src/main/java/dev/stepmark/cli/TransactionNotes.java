package dev.stepmark.cli;

import dev.stepmark.plan.TransactionPlan;
import dev.stepmark.plan.TransactionPlans;
import dev.stepmark.run.TransactionChecks;
import dev.stepmark.runbook.Runbook;
import dev.stepmark.runbook.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What the plan says about steps that are kept or undone together, and about transactions that a run refuses. */
final class TransactionNotes {

    private final Runbook runbook;
    private final List<TransactionPlan> plans;

    TransactionNotes(Runbook runbook) {
        this.runbook = runbook;
        this.plans = TransactionPlans.of(runbook);
    }

    /** These and others. */
    Function<Step, List<String>> and(Function<Step, List<String>> others) {
        return step -> {
            List<String> all = new ArrayList<>(notes(step));
            all.addAll(others.apply(step));
            return all;
        };
    }

    List<String> notes(Step step) {
        List<String> out = new ArrayList<>();
        for (TransactionPlan plan : plans) {
            boolean first = plan.steps().get(0).equals(step.id());
            if (plan.whole() && plan.steps().size() > 1 && plan.steps().contains(step.id())) {
                out.add("in one transaction with steps " + String.join(", ", plan.steps().stream().filter(s ->
                        !s.equals(step.id())).toList()) + (plan.own() ? " (" + plan.name() + ")" : ""));
            } else if (!plan.own() && !plan.whole() && first) {
                out.add("its transaction is run as it is written, and not held: " + plan.problem());
            }
            if (first) {
                TransactionChecks.problems(runbook, plan).forEach(p -> out.add("a run refuses this: " + p.what()));
            }
        }
        return out;
    }
}
