package dev.stepmark.run;

import dev.stepmark.message.Message;
import dev.stepmark.plan.RunOptions;
import dev.stepmark.plan.TransactionPlan;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Runbook;
import dev.stepmark.runbook.Statement;
import dev.stepmark.runbook.Step;
import dev.stepmark.sql.MetaCommand;
import dev.stepmark.sql.StatementFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What is wrong with the transactions of a runbook, found before anything starts. */
public final class TransactionChecks {

    private static final Set<String> LEAVE = Set.of("\\c", "\\connect", "\\q", "exit", "quit");

    private final Runbook runbook;
    private final RunOptions options;

    private TransactionChecks(Runbook runbook, RunOptions options) {
        this.runbook = runbook;
        this.options = options;
    }

    /** One message for each mistake of a transaction, whatever the options are. */
    public static List<Message> problems(Runbook runbook, TransactionPlan plan) {
        return problems(runbook, RunOptions.NONE, List.of(plan));
    }

    /** One message for each mistake; none when every transaction of the main run can be done. */
    static List<Message> problems(Runbook runbook, RunOptions options, List<TransactionPlan> plans) {
        return new TransactionChecks(runbook, options).problems(plans);
    }

    private List<Message> problems(List<TransactionPlan> plans) {
        List<Message> out = new ArrayList<>();
        for (TransactionPlan plan : plans) {
            if (plan.own() && !plan.whole()) {
                out.add(Message.of(runbook.path() + ":" + plan.parts().get(0).line() + ": transaction=" + plan.name()
                        + " cannot be done as a whole", plan.problem() + ".\nA transaction is confirmed, kept or undone as"
                        + " one. Nothing was run.", "SQL blocks of one session that follow each other"));
            } else if (main(plan)) {
                leftOut(plan).ifPresent(out::add);
                statements(plan, out);
            }
        }
        return out;
    }

    private boolean main(TransactionPlan plan) {
        return runbook.mainSteps().stream().map(Step::id).toList().containsAll(plan.steps());
    }

    private Optional<Message> leftOut(TransactionPlan plan) {
        Set<String> without = new LeftOut(runbook, options).ids();
        List<String> missing = plan.steps().stream().filter(without::contains).toList();
        if (!plan.whole() || missing.isEmpty() || missing.size() == plan.steps().size()) {
            return Optional.empty();
        }
        return Optional.of(Message.of("the options leave out step " + String.join(", ", missing) + " of a transaction",
                "Steps " + String.join(", ", plan.steps()) + " are kept or undone together. Nothing was run.",
                "leave out all of them, or none"));
    }

    private void statements(TransactionPlan plan, List<Message> out) {
        for (TransactionPlan.Part part : plan.parts()) {
            Step step = runbook.step(part.step()).orElseThrow();
            Block block = step.blocks().stream().filter(b -> b.id().equals(part.block())).findFirst().orElseThrow();
            for (Statement statement : block.statements().subList(part.from(), part.to())) {
                refused(statement).ifPresent(what -> out.add(Message.of(runbook.path() + ":" + statement.span().first()
                        + ": " + what + " cannot run in a transaction", "It stands in the transaction that begins in step "
                        + plan.steps().get(0) + " (line " + plan.parts().get(0).line() + "). Nothing was run.",
                        "take it out of the transaction: before it, or after it")));
            }
        }
    }

    private static Optional<String> refused(Statement statement) {
        if (statement.kind() == Statement.Kind.META) {
            String name = MetaCommand.parse(statement.text()).name();
            return LEAVE.contains(name) ? Optional.of(name) : Optional.empty();
        }
        StatementFacts facts = StatementFacts.of(statement.text());
        return facts.nonTransactional() ? Optional.of(facts.verb().toUpperCase(Locale.ROOT)) : Optional.empty();
    }
}
