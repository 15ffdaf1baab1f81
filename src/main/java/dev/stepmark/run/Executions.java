package dev.stepmark.run;

import dev.stepmark.journal.Event.Origin;
import dev.stepmark.journal.Event;
import dev.stepmark.journal.OutputRecorder;
import dev.stepmark.journal.Unit;
import dev.stepmark.message.ExitCode;
import dev.stepmark.message.StepmarkException;
import dev.stepmark.session.Ask;
import dev.stepmark.session.CancelReport;
import dev.stepmark.session.Outcome;
import dev.stepmark.session.Request;
import dev.stepmark.session.Result;
import dev.stepmark.session.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One execution: intent on disk, act, what changed in the session, outcome on disk. What an execution did to its
 * session is recorded before its outcome, so that no crash can leave an outcome without it.
 */
final class Executions {

    private final Desk desk;
    private final SessionPool pool;
    private final Asking asking;
    private final Interruption interruption;
    private Running shared;
    private final Judge judge;
    private final Transactions transactions;
    private final Commits commits;

    Executions(Desk desk, Parts parts) {
        this.interruption = parts.interruption();
        this.asking = parts.asking();
        this.desk = desk;
        this.pool = parts.pool();
        this.transactions = parts.transactions();
        this.commits = parts.commits();
        this.judge = new Judge(desk);
    }

    /**
     * What to execute.
     *
     * @param unit      what it is for
     * @param origin    why
     * @param parent    execution it belongs to, or empty
     * @param label     unit as people see it
     * @param session   id of the session
     * @param text      the bytes
     * @param effect    risk word
     * @param secretEnv variables for the text, values are secrets
     * @param timeout   or empty
     * @param readOnly  whether the server must enforce that nothing changes
     * @param capture   name to keep the result under, or empty
     * @param closes    whether the plan means the text to close its session
     * @param attached  whether the text has the person's terminal for its input and output
     */
    record Order(Unit unit, Origin origin, String parent, String label, String session, String text, String effect,
            Map<String, String> secretEnv, Optional<Duration> timeout, boolean readOnly, String capture, boolean closes,
            boolean attached) {

        /** An order whose output is captured. */
        Order(Unit unit, Origin origin, String parent, String label, String session, String text, String effect,
                Map<String, String> secretEnv, Optional<Duration> timeout, boolean readOnly, String capture,
                boolean closes) {
            this(unit, origin, parent, label, session, text, effect, secretEnv, timeout, readOnly, capture, closes,
                    false);
        }
    }

    /** An execution that has an outcome. */
    record Executed(String exec, Outcome outcome, long millis, List<Event.Output> outputs, Judge.Judgement judgement) {

        Executed(String exec, Outcome outcome, long millis, List<Event.Output> outputs) {
            this(exec, outcome, millis, outputs, Judge.Judgement.none(outcome));
        }

        /** The results of SQL, if it was done. */
        List<Result> results() {
            return outcome instanceof Outcome.Done done ? done.results() : List.of();
        }
    }

    /** What is executed from now on shares one screen, which its owner closes; null for one each. */
    void together(Running running) {
        shared = running;
    }

    private Running screen(Order order, RunControl control) {
        return shared == null ? desk.operator().running(order.label(), control) : Running.lent(shared);
    }

    /** Executes in an open session. */
    Executed execute(Order order, Session session) {
        interruption.check();
        String exec = "x" + desk.log().state().nextExec();
        Request plain = new Request(order.text(), "stepmark:" + desk.log().runId() + ":" + order.label(),
                order.secretEnv(), order.timeout(), order.readOnly(), order.attached());
        session.answer(answers(session, plain));
        Request request = plain.within(transactions.opening(order));
        // what is sent, not what stands in the document: psql's variables are filled in
        String text = desk.log().text(session.sent(request).text());
        desk.log().append(new Event.ExecStarted(exec, order.parent(), order.origin(), order.unit(),
                attempt(order), order.session(), desk.log().transaction(order.session()), text,
                String.join("; ", session.framing(request)), order.effect(), false, OutputRecorder.path(exec)));
        commitIsMeant(order, session);
        pool.use(order.session());
        RunControl control = control(session);
        interruption.running(control);
        long begin = System.nanoTime();
        Outcome outcome;
        List<Event.Output> outputs;
        Optional<StepmarkException> notKept;
        Optional<StepmarkException> notAsked;
        long millis;
        try (Running running = screen(order, control)) {
            OutputRecorder recorder = desk.log().recorder(exec, running.sink());
            RecordedConsole console = new RecordedConsole(desk, GivenPassword.of(desk, order.unit().step(),
                    running.console()), order.label());
            outcome = session.run(request, recorder, console);
            notAsked = console.problem();
            millis = (System.nanoTime() - begin) / 1_000_000;
            outputs = recorder.finish();
            notKept = recorder.problem();
        } finally {
            interruption.running(null);
        }
        Judge.Judgement judgement = judge.of(order, outcome, outputs);
        Executed executed = new Executed(exec, judgement.outcome(), millis, outputs, judgement);
        try {
            finish(order, executed, session, notKept);
        } catch (StepmarkException e) {
            throw e.exitCode() != ExitCode.JOURNAL ? e : Unrecorded.outcome(notAsked.orElse(e), order.label(), executed);
        }
        if (notAsked.isPresent()) {
            throw Unrecorded.output(notAsked.get(), order.label(), executed);
        }
        if (notKept.isPresent()) {
            throw Unrecorded.output(notKept.get(), order.label(), executed);
        }
        interruption.check();
        return executed;
    }

    private void finish(Order order, Executed executed, Session session, Optional<StepmarkException> notKept) {
        recordSession(order, executed.exec(), executed.outcome(), session);
        Captures.of(desk.log(), order, executed).ifPresent(desk.log()::append);
        boolean part = !pool.isSql(order.session()) && Outcomes.leftLinesOut(order.text(), executed.outcome());
        Event.ExecFinished finished = Outcomes.event(executed.exec(), executed.outcome(), executed.millis(),
                executed.outputs());
        Event.ExecFinished told = part ? Outcomes.inPart(finished) : finished;
        executed.judgement().compared().ifPresent(c -> desk.log().append(c.event(executed.exec())));
        desk.log().append(executed.judgement().noted(notKept.isPresent() ? Unrecorded.noted(told) : told));
    }

    /** What decides about executions by the words of the document. */
    Judge judge() {
        return judge;
    }

    /** What the text asks for (\\prompt, \\password) is asked before it runs: a question has the screen for itself. */
    private Map<String, char[]> answers(Session session, Request request) {
        Map<String, char[]> answers = new LinkedHashMap<>();
        for (Ask ask : session.asks(request)) {
            String given = desk.options().answers().getOrDefault(ask.name(), "");
            if (!given.isEmpty() && !ask.secret()) {
                answers.put(ask.name(), given.toCharArray());
            } else if (!desk.batch()) {
                answers.put(ask.name(), ask.secret() ? asking.secret(ask.name(), ask.prompt() + " (not shown, not logged)")
                        : asking.text(ask.name(), ask.prompt(), "", "").text().toCharArray());
            }
        }
        return answers;
    }

    /** From here on nobody can say that the transaction was rolled back, unless the server does. */
    private void commitIsMeant(Order order, Session session) {
        String open = desk.log().transaction(order.session());
        if (!open.isEmpty() && TransactionEnds.meant(order.text())) {
            commits.ending(open, "commit", session);
        }
    }

    private int attempt(Order order) {
        return 1 + desk.log().state().attempts(order.unit(), order.origin());
    }

    static RunControl control(Session session) {
        return new RunControl() {
            @Override
            public CancelReport cancel() {
                return session.cancel();
            }

            @Override
            public CancelReport kill() {
                return session.kill();
            }

            @Override
            public void abandon() {
                session.abandon();
            }
        };
    }

    private void recordSession(Order order, String exec, Outcome outcome, Session open) {
        String session = order.session();
        Optional<Outcome.Change> change = outcome instanceof Outcome.Done done ? done.change() : open.unfinished();
        change.ifPresent(c -> desk.log().append(new Event.SessionChanged(session, exec, c.cwd(), c.names(),
                c.database(), settings(order, c, open))));
        if (outcome instanceof Outcome.Done done) {
            transaction(order, done.transaction(), TransactionEnds.of(done), done.problems().isEmpty());
        } else if (outcome instanceof Outcome.Failed failed) {
            transaction(order, failed.transaction(), TransactionEnds.unfinished(order.text()), false);
        } else if (outcome instanceof Outcome.Cancelled cancelled) {
            transaction(order, cancelled.transaction(), TransactionEnds.unfinished(order.text()), false);
        } else if (outcome instanceof Outcome.Ended ended) {
            pool.ended(session);
            endTransaction(session, "rolled-back", "the session was closed");
            // what ends its session without being meant to leaves one that later steps must find as it was
            desk.log().append(new Event.SessionEnded(session, order.closes() ? "closed" : "lost", ended.how()));
        } else if (outcome instanceof Outcome.Refused refused && begun(order)) {
            endTransaction(session, "rolled-back", "nothing was sent: " + refused.reason());
        } else if (outcome instanceof Outcome.Lost lost) {
            pool.ended(session);
            desk.log().append(new Event.SessionEnded(session, "lost", lost.evidence()));
        }
    }

    /** Whether the text was to begin its transaction: nothing of it ran before. */
    private boolean begun(Order order) {
        return desk.log().state().openTransaction(order.session()).isPresent() && desk.log().state().executions().stream()
                .filter(e -> e.started().transaction().equals(desk.log().transaction(order.session()))).count() == 1;
    }

    /** Values only where the text sets them literally. */
    private List<String> settings(Order order, Outcome.Change change, Session session) {
        List<String> out = new ArrayList<>();
        for (String setting : change.settings()) {
            // a value with a secret in it is not kept at all: what is masked could not be set again
            boolean secret = !desk.secrets().masker().mask(setting).equals(setting);
            out.add(secret ? setting.substring(0, setting.indexOf('=')) + "=(not kept)" : setting);
        }
        if (!change.names().isEmpty()) {
            out.addAll(LiteralSettings.in(order.text(), change.names(), session.snapshot()));
        }
        return out;
    }

    private void transaction(Order order, Outcome.Transaction state, String tag, boolean good) {
        boolean isOpen = state != Outcome.Transaction.NONE;
        boolean kept = good && (tag.equals("COMMIT") || tag.equals("PREPARE TRANSACTION"));
        if (kept) {
            endTransaction(order.session(), "committed", tag);
        } else if (tag.equals(TransactionEnds.SEVERAL) && !isOpen) {
            endTransaction(order.session(), "unknown", "the text has statements that end transactions");
        } else if (!isOpen) {
            endTransaction(order.session(), "rolled-back", good && tag.equals("ROLLBACK")
                    ? Event.TransactionEnded.AS_WRITTEN : "by the server");
        }
        if (isOpen && desk.log().transaction(order.session()).isEmpty()) {
            desk.log().append(new Event.TransactionOpened("t" + (desk.log().transactions() + 1), order.session(),
                    List.of(order.unit())));
        }
    }

    private void endTransaction(String session, String how, String evidence) {
        String open = desk.log().transaction(session);
        if (!open.isEmpty()) {
            desk.log().append(new Event.TransactionEnded(open, how, evidence));
        }
    }
}
