package dev.stepmark.run;

import dev.stepmark.binding.Filler;
import dev.stepmark.journal.Event;
import dev.stepmark.journal.Event.Origin;
import dev.stepmark.journal.Unit;
import dev.stepmark.plan.Progress;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Executor;
import dev.stepmark.runbook.Statement;
import dev.stepmark.runbook.Step;
import dev.stepmark.session.CannotOpen;
import dev.stepmark.session.Outcome;
import dev.stepmark.session.OutputSink;
import dev.stepmark.session.Result;
import dev.stepmark.session.Session;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Executes a confirmed block: from its first statement that is not done, stopping at the first that fails. */
final class Work {

    private final Desk desk;
    private final Parts parts;

    Work(Desk desk, Parts parts) {
        this.desk = desk;
        this.parts = parts;
    }

    /** Executes; a failure is dealt with before it returns. */
    void execute(Step step, Block block) {
        if (!block.opens().isEmpty()) {
            new SessionOpening(desk, parts).open(step, block, i -> beforeOpener(step, block, i));
            return;
        }
        if (block.attributes().repeatUntil().isPresent()) {
            parts.batches().run(step, block);
            return;
        }
        if (Jobs.takes(block)) {
            parts.jobs().start(step, block);
            return;
        }
        Optional<Session> session = session(step, block);
        if (session.isEmpty() && !block.closes()) {
            return;
        }
        List<Statement> statements = block.statements();
        long millis = 0;
        for (int i = progress().nextStatement(step, block); i < statements.size(); i++) {
            if (session.isPresent() && !parts.transactions().before(step, block, i, session.get())) {
                return;
            }
            Executions.Executed executed = session.isPresent() ? one(step, block, i, session.get())
                    : alreadyClosed(step, block, i);
            millis += executed.millis();
            if (!executed.judgement().done() && !good(block, executed.outcome())) {
                parts.failures().deal(step, block, i, executed);
                return;
            }
            boolean last = i == statements.size() - 1;
            if (!last && !executed.results().isEmpty()) {
                desk.operator().result(new ResultCard("", Cards.label(step, block), "", executed.results(), "",
                        List.of()));
            }
            if (last) {
                finish(step, block, executed, millis);
            }
            parts.transactions().after(step, block, i);
        }
    }

    private Progress progress() {
        return new Progress(desk.runbook(), desk.log().state());
    }

    boolean good(Block block, Outcome outcome) {
        boolean endedWell = outcome instanceof Outcome.Ended ended && (block.closes() || ended.status() == 0
                && !Outcomes.leftLinesOut(block.text(), outcome));
        return Outcomes.succeeded(outcome) || endedWell;
    }

    Optional<Session> session(Step step, Block block) {
        try {
            boolean open = parts.pool().live(block.session()).isPresent();
            if (block.closes() && !open) {
                return Optional.empty();
            }
            Session session = parts.pool().ensure(block.session());
            return requirementsMet(step, block, session) ? Optional.of(session) : Optional.empty();
        } catch (CannotOpen e) {
            parts.failures().cannotOpen(step, block, e);
            return Optional.empty();
        }
    }

    /** A server that is too old for the runbook is a gate: nothing is sent to it. */
    private boolean requirementsMet(Step step, Block block, Session session) {
        Optional<CannotOpen> refusal = Requirements.server(desk.runbook(), session.opened());
        refusal.ifPresent(r -> parts.failures().cannotOpen(step, block, r));
        return refusal.isEmpty();
    }

    private Executions.Executed one(Step step, Block block, int index, Session session) {
        Filler.Filled filled = parts.fill(block.statements().get(index).text(), block);
        return one(Unit.block(step.id(), block.id()), Cards.label(step, block), block, index, filled.text(),
                filled.secretEnv(), session);
    }

    /** One statement of a block or of one of its rows, with its text as it runs. */
    Executions.Executed one(Unit unit, String label, Block block, int index, String text, Map<String, Filler.SecretUse> secretNames,
            Session session) {
        Statement statement = block.statements().get(index);
        boolean last = index == block.statements().size() - 1;
        Executions.Order order = new Executions.Order(unit.statement(index), Origin.STEP,
                "", label, block.session(), text, statement.risk().word(), secrets(secretNames),
                block.attributes().timeout().map(Durations::parse), false,
                last ? block.attributes().capture().orElse("") : "", block.closes(), parts.attachments().attached(block));
        return parts.executions().execute(order, session);
    }

    Map<String, String> secrets(Map<String, Filler.SecretUse> names) {
        Map<String, String> out = new LinkedHashMap<>();
        names.forEach((name, secret) -> out.put(name, parts.values().secret(secret.name()).map(secret::value).orElse("")));
        return out;
    }

    /** A session that is gone already is closed: nothing has to be opened for that. */
    private Executions.Executed alreadyClosed(Step step, Block block, int index) {
        String exec = "x" + desk.log().state().nextExec();
        String text = desk.log().text(block.statements().get(index).text());
        desk.log().append(new Event.ExecStarted(exec, "", Origin.STEP, Unit.block(step.id(), block.id())
                .statement(index), 1, block.session(), "", text, "", block.risk().word(), false, ""));
        Outcome outcome = new Outcome.Ended(0, "it was closed already");
        desk.log().append(Outcomes.event(exec, outcome, 0, List.of()));
        return new Executions.Executed(exec, outcome, 0, List.of());
    }

    private void finish(Step step, Block block, Executions.Executed executed, long millis) {
        String label = Cards.label(step, block);
        boolean ended = executed.outcome() instanceof Outcome.Ended;
        String text = ended && block.closes() ? "session " + block.session() + " is closed"
                : Outcomes.line(executed.outcome(), millis, block.executor() == Executor.SHELL);
        Tolerance.Found found = executed.judgement().found();
        found.remarks().forEach(desk.operator()::remark);
        text += found.nothing() ? "" : "; " + found.count(!Outcomes.succeeded(executed.outcome()));
        String kept = block.attributes().capture().map(c -> "; kept as " + c).orElse("");
        String notYet = parts.transactions().notYet(block);
        desk.operator().result(new ResultCard("ok", label, text + kept + notYet, executed.results(), "", List.of()));
        executed.judgement().compared().ifPresent(c -> c.remarks().forEach(desk.operator()::remark));
        if (notYet.isEmpty() && !desk.log().transaction(block.session()).isEmpty()) {
            desk.operator().remark("A transaction is open on " + block.session()
                    + "; what was done is undone when the connection is lost.");
        }
    }

    /** What stands before an opener runs in the session around it. */
    private boolean beforeOpener(Step step, Block block, int index) {
        Optional<Session> session = session(step, block);
        if (session.isEmpty()) {
            return false;
        }
        Executions.Executed executed = one(step, block, index, session.get());
        boolean good = good(block, executed.outcome());
        if (!good) {
            parts.failures().deal(step, block, index, executed);
        }
        return good;
    }

    /** Runs the author's probe; the step is done only when it says yes. */
    void verify(Step step, Block block) {
        String probe = block.attributes().verify().orElseThrow();
        String label = Cards.label(step, block);
        Optional<Session> session = session(step, block);
        if (session.isEmpty()) {
            return;
        }
        String parent = desk.log().state().lastExecution(Unit.block(step.id(), block.id())
                .statement(block.statements().size() - 1)).map(e -> e.started().exec()).orElse("");
        boolean shell = block.executor() == Executor.SHELL;
        Filler.Filled filled = parts.fill(probe, block);
        if (!filled.problem().isEmpty()) {
            parts.failures().notVerified(step, block, probe, new Outcome.Refused(filled.problem()));
            return;
        }
        Executions.Order order = new Executions.Order(Unit.block(step.id(), block.id()), Origin.VERIFY, parent,
                label, block.session(), filled.text(), "read-only", secrets(filled.secretEnv()),
                Optional.of(Duration.ofMinutes(1)), !shell, "", false);
        Session verified = new VerifyingSession(session.get(), shell, block.executor() == Executor.MYSQL);
        Executions.Executed executed = parts.executions().execute(order, verified);
        if (Outcomes.succeeded(executed.outcome())) {
            desk.operator().remark("verified: its probe says that it worked");
        } else {
            parts.failures().notVerified(step, block, probe, executed.outcome());
        }
    }

    /** A session that turns "the probe returned false" into a failure, so that the record says so. */
    private record VerifyingSession(Session delegate, boolean shell, boolean mysql) implements Session {

        @Override
        public dev.stepmark.session.Opened opened() {
            return delegate.opened();
        }

        @Override
        public Outcome run(dev.stepmark.session.Request request, OutputSink sink) {
            return run(request, sink, dev.stepmark.session.Console.nobody());
        }

        @Override
        public Outcome run(dev.stepmark.session.Request request, OutputSink sink,
                dev.stepmark.session.Console console) {
            Outcome outcome = delegate.run(request, sink, console);
            if (shell || !(outcome instanceof Outcome.Done done)) {
                return outcome;
            }
            return isTrue(done.results()) ? outcome : new Outcome.Failed("", "the probe did not return true",
                    done.transaction());
        }

        /** In mysql a truth is the number 1. */
        private boolean isTrue(List<Result> results) {
            if (results.size() != 1 || results.get(0).rowCount() != 1 || results.get(0).columns().size() != 1) {
                return false;
            }
            String value = results.get(0).rows().get(0).get(0);
            return "t".equals(value) || "true".equals(value) || mysql && "1".equals(value);
        }

        @Override
        public List<String> framing(dev.stepmark.session.Request request) {
            return delegate.framing(request);
        }

        @Override
        public dev.stepmark.session.Sent sent(dev.stepmark.session.Request request) {
            return delegate.sent(request);
        }

        @Override
        public dev.stepmark.session.CancelReport cancel() {
            return delegate.cancel();
        }

        @Override
        public dev.stepmark.session.CancelReport kill() {
            return delegate.kill();
        }

        @Override
        public void abandon() {
            delegate.abandon();
        }

        @Override
        public Optional<dev.stepmark.session.Snapshot> snapshot() {
            return delegate.snapshot();
        }

        @Override
        public boolean alive() {
            return delegate.alive();
        }

        @Override
        public void close() {
            delegate.close();
        }
    }
}
