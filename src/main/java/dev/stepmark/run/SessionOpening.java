package dev.stepmark.run;

import dev.stepmark.journal.Event;
import dev.stepmark.journal.Event.Origin;
import dev.stepmark.journal.Unit;
import dev.stepmark.plan.Progress;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.SessionDeclaration;
import dev.stepmark.runbook.Statement;
import dev.stepmark.runbook.Step;
import dev.stepmark.session.CannotOpen;
import dev.stepmark.session.Outcome;
import dev.stepmark.session.Session;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * A block that opens sessions: what stands before the opener runs in the session around it, then each opener opens its
 * own inside the one before. Opening is an execution too: intent first, then the session, then its outcome.
 */
final class SessionOpening {

    private final Desk desk;
    private final Parts parts;

    SessionOpening(Desk desk, Parts parts) {
        this.desk = desk;
        this.parts = parts;
    }

    /**
     * Goes on with the first statement that is not done.
     *
     * @param before runs the statement with this number in the session around; false when it did not succeed
     */
    void open(Step step, Block block, IntPredicate before) {
        List<Statement> statements = block.statements();
        int from = new Progress(desk.runbook(), desk.log().state()).nextStatement(step, block);
        for (int i = from; i < statements.size(); i++) {
            boolean good = statements.get(i).kind() == Statement.Kind.OPENER ? one(step, block, i) : before.test(i);
            if (!good) {
                return;
            }
        }
    }

    /** The session that a statement of the block opens: the outermost is the block's own. */
    private String session(Block block, Statement statement) {
        return desk.runbook().sessions().stream().filter(s -> s.openedBy() == statement.span().first()
                && s.openedBy() > 0 && s.opener().equals(statement.text())).map(SessionDeclaration::id).findFirst()
                .orElse(block.opens());
    }

    private boolean one(Step step, Block block, int index) {
        Statement statement = block.statements().get(index);
        String id = session(block, statement);
        String text = parts.fill(statement.text(), block).text();
        String exec = "x" + desk.log().state().nextExec();
        Unit unit = Unit.block(step.id(), block.id()).statement(index);
        int attempt = 1 + (int) desk.log().state().executions().stream()
                .filter(e -> e.started().unit().equals(unit)).count();
        desk.log().append(new Event.ExecStarted(exec, "", Origin.OPENER, unit, attempt, block.session(), "",
                desk.log().text(text), "", block.risk().word(), false, ""));
        long begin = System.nanoTime();
        try {
            Session session = parts.pool().ensure(id);
            Optional<CannotOpen> refusal = Requirements.server(desk.runbook(), session.opened());
            if (refusal.isPresent()) {
                parts.pool().closeNow(id, "the server does not meet what the runbook requires");
                throw refusal.get();
            }
            long millis = (System.nanoTime() - begin) / 1_000_000;
            desk.log().append(Outcomes.event(exec, new Outcome.Done(0, List.of(), List.of(), Outcome.Transaction.NONE,
                    Optional.empty()), millis, List.of()));
            desk.operator().result(ResultCard.of("ok", Cards.label(step, block), "session " + id + " is open: "
                    + session.opened().label()));
            return true;
        } catch (StopRun e) {
            desk.log().append(Outcomes.event(exec, new Outcome.Refused("stopped before it was opened"), 0, List.of()));
            throw e;
        } catch (CannotOpen e) {
            long millis = (System.nanoTime() - begin) / 1_000_000;
            desk.log().append(Outcomes.event(exec, new Outcome.Failed(e.sqlState(), e.message().what(),
                    Outcome.Transaction.NONE), millis, List.of()));
            parts.failures().cannotOpen(step, block, e);
            return false;
        }
    }
}
