package dev.stepmark.run;

import dev.stepmark.journal.Event;
import dev.stepmark.journal.Unit;
import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.plan.Progress;
import dev.stepmark.plan.TransactionPlan;
import dev.stepmark.plan.TransactionPlans;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Step;
import dev.stepmark.session.Outcome;
import dev.stepmark.session.Request;
import dev.stepmark.session.Session;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Transactions across steps: begun with the first statement, held before COMMIT, undone whole when something of them
 * fails. What is open is told by the log alone.
 */
final class Transactions {

    private final Desk desk;
    private final Parts parts;
    private final Commits commits;
    private final Held held;
    private List<TransactionPlan> read;
    private long edits = -1;

    Transactions(Desk desk, Parts parts, Commits commits) {
        this.desk = desk;
        this.parts = parts;
        this.commits = commits;
        this.held = new Held(desk, parts, commits);
    }

    /** All transactions of the plan that can be done as a whole, with the texts that the operator edited. */
    private List<TransactionPlan> whole() {
        long now = desk.log().decisions().stream().filter(d -> d.action() == Event.Action.EDIT).count();
        if (read == null || edits != now) {
            read = TransactionPlans.of(desk.runbook(), parts.edits()::effective).stream().filter(TransactionPlan::whole)
                    .toList();
            edits = now;
        }
        return read;
    }

    /** The transaction that a statement belongs to. */
    Optional<TransactionPlan> of(Unit unit) {
        return whole().stream().filter(p -> p.has(unit)).findFirst();
    }

    /** The transaction with more than one block that a block belongs to. */
    Optional<TransactionPlan> several(Block block) {
        return whole().stream().filter(p -> p.several() && p.touches(block.id())).findFirst();
    }

    /** The transaction of the plan that is open in a session now. */
    Optional<TransactionPlan> open(String session) {
        return desk.log().state().openTransaction(session).filter(t -> !t.units().isEmpty())
                .flatMap(t -> of(t.units().get(0)));
    }

    /** Whether a step stands inside the transaction that is open now: no question may hold it up. */
    boolean inside(Step step) {
        return whole().stream().anyMatch(p -> p.steps().contains(step.id()) && open(p.session()).equals(Optional.of(p)));
    }

    /** Remarks for a block that is a transaction by itself. */
    List<String> remarks(Block block) {
        boolean alone = whole().stream().anyMatch(p -> !p.several() && p.touches(block.id()) && p.commits());
        return alone && !desk.batch() ? List.of("It runs in a transaction; you see what it did before COMMIT.") : List.of();
    }

    /** Before an intent is recorded: the statement that begins a transaction of the plan opens it in the log. */
    Request.Within opening(Executions.Order order) {
        if (!parts.pool().isSql(order.session())) {
            return Request.Within.AS_IT_IS;
        }
        boolean step = order.origin() == Event.Origin.STEP;
        Optional<TransactionPlan> plan = step ? of(order.unit()) : Optional.empty();
        boolean open = !desk.log().transaction(order.session()).isEmpty();
        if (open) {
            return !step || plan.isPresent() ? Request.Within.SAVEPOINT : Request.Within.AS_IT_IS;
        }
        if (plan.isEmpty() || !plan.get().own() && !plan.get().units().get(0).equals(order.unit())) {
            return Request.Within.AS_IT_IS;
        }
        desk.log().append(new Event.TransactionOpened("t" + (desk.log().transactions() + 1), order.session(),
                plan.get().units()));
        held.opened(desk.clock().instant());
        return plan.get().own() ? Request.Within.BEGIN : Request.Within.AS_IT_IS;
    }

    /** Before a statement of a step: COMMIT of the text is held; false when it must not run now. */
    boolean before(Step step, Block block, int index, Session session) {
        Unit unit = Unit.block(step.id(), block.id()).statement(index);
        Optional<TransactionPlan> plan = of(unit).filter(p -> !p.own() && p.commits() && p.last().equals(unit));
        boolean ends = plan.isPresent() && open(block.session()).equals(plan);
        return !ends || held.commit(plan.get(), session);
    }

    /** After a statement of a step that succeeded: what became of its transaction is told. */
    void after(Step step, Block block, int index) {
        Unit unit = Unit.block(step.id(), block.id()).statement(index);
        of(unit).filter(p -> !p.own() && p.last().equals(unit) && desk.log().transaction(p.session()).isEmpty())
                .ifPresent(held::ended);
    }

    /** What stands behind the result of a step: nothing of it is kept yet. */
    String notYet(Block block) {
        return open(block.session()).filter(p -> p.touches(block.id())).isPresent() ? "; not committed yet" : "";
    }

    /** A transaction of ours whose last block has come to its end is held, and committed. */
    void settle() {
        for (TransactionPlan plan : whole()) {
            if (plan.own() && open(plan.session()).equals(Optional.of(plan)) && settled(plan)) {
                Optional<Session> session = parts.pool().live(plan.session());
                if (session.isPresent() && held.commit(plan, session.get())) {
                    ended(plan, commits.commit(plan, session.get()));
                }
                return;
            }
        }
    }

    private void ended(TransactionPlan plan, Outcome outcome) {
        if (Outcomes.succeeded(outcome)) {
            held.ended(plan);
            return;
        }
        boolean lost = outcome instanceof Outcome.Lost;
        if (!lost || !commits.decided(commits.last(plan))) {
            desk.operator().result(new ResultCard(lost ? "IN DOUBT" : "FAILED", plan.label(), "COMMIT: "
                    + Outcomes.line(outcome, 0, false), List.of(), "", List.of(new StepCard.Fact("It means", lost
                            ? "it may have been kept, or not: look before you decide"
                            : "the server undid all of the transaction; nothing of it was kept"))));
        }
        if (desk.batch() && !commits.how(plan).equals("committed")) {
            throw lost && commits.how(plan).isEmpty() ? new StopRun("in-doubt", ExitCode.IN_DOUBT)
                    : new StopRun("failed", ExitCode.FAILED);
        }
    }

    private boolean settled(TransactionPlan plan) {
        Progress progress = new Progress(desk.runbook(), desk.log().state());
        for (TransactionPlan.Part part : plan.parts()) {
            Step step = desk.runbook().step(part.step()).orElseThrow();
            for (Block block : step.blocks()) {
                boolean its = block.id().equals(part.block());
                Block effective = its ? parts.edits().effective(step, block) : block;
                if (its && !Progress.settled(progress.step(step)) && !Progress.settled(progress.block(step, effective))) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * After a failure in a transaction of the plan: all of it is undone now, while others wait for its locks.
     *
     * @return what it means, when there was one
     */
    Optional<StepCard.Fact> undo(Step step, Block block, int index, Outcome outcome) {
        Optional<TransactionPlan> plan = of(Unit.block(step.id(), block.id()).statement(index));
        if (plan.isEmpty()) {
            return Optional.empty();
        }
        boolean open = open(block.session()).equals(plan);
        if (open) {
            parts.pool().live(block.session()).ifPresent(s -> commits.rollBack(plan.get(), s, "step " + step.id()
                    + " failed"));
        } else if (!commits.how(plan.get()).equals("rolled-back")) {
            return Optional.empty();
        }
        return Optional.of(new StepCard.Fact("It means", "all of the transaction was undone: " + (plan.get().several()
                ? "steps " + String.join(", ", plan.get().steps()) + "; nothing of it was kept"
                : "nothing of it was kept")));
    }

    /** The connection is gone: true when it is known all the same what became of its transaction. */
    boolean knownThoughLost(Step step, Block block, int index) {
        Optional<TransactionPlan> plan = of(Unit.block(step.id(), block.id()).statement(index));
        if (plan.isEmpty()) {
            return false;
        }
        boolean meant = commits.meant(commits.last(plan.get()));
        if (meant) {
            return commits.decided(commits.last(plan.get()));
        }
        desk.operator().result(new ResultCard("FAILED", Cards.label(step, block), "the connection was lost", List.of(), "",
                List.of(new StepCard.Fact("It means", "no COMMIT was sent, so the server undid all of the transaction"))));
        if (desk.batch()) {
            throw new StopRun("failed", ExitCode.FAILED);
        }
        return true;
    }

    /** Whether the operator has been told that a step was undone with its transaction. */
    boolean told(Step step) {
        return !desk.batch() && whole().stream().anyMatch(p -> p.steps().contains(step.id()));
    }

    /** How long an ad hoc line may run while a transaction is held. */
    Optional<Duration> timeLeft(String session) {
        return open(session).flatMap(p -> held.left());
    }

    /** After an ad hoc line: it may have lost the connection. */
    void look() {
        held.look();
    }

    /** Before anything starts: what cannot be done as a whole. */
    void refuse() {
        List<Message> problems = TransactionChecks.problems(desk.runbook(), desk.options(),
                TransactionPlans.of(desk.runbook()));
        problems.forEach(p -> desk.operator().problem(Operator.Severity.ERROR, p));
        if (!problems.isEmpty()) {
            throw new StopRun("refused", ExitCode.REFUSED);
        }
    }
}
