package dev.stepmark.run;

import dev.stepmark.journal.Envelope;
import dev.stepmark.journal.Event;
import dev.stepmark.journal.Execution;
import dev.stepmark.plan.TransactionPlan;
import dev.stepmark.session.CannotOpen;
import dev.stepmark.session.Opened;
import dev.stepmark.session.Outcome;
import dev.stepmark.session.Request;
import dev.stepmark.session.Result;
import dev.stepmark.session.ServerSide;
import dev.stepmark.session.Session;
import java.util.List;
import java.util.Optional;

/**
 * The end of a transaction: what is meant is on disk before it is sent, with all that lets the server say later what
 * became of it.
 */
final class Commits {

    private static final String COMMIT = "commit";
    private static final String ROLLED_BACK = "rolled-back";
    private static final String SYSTEM = "system_identifier";
    /** Xid of a transaction that has written nothing. */
    private static final String NONE = "none";
    // the txid functions are there on every server, pg_xact_status only from 13 on; both tell the same
    private static final String XID = "SELECT coalesce(pg_catalog.txid_current_if_assigned()::text, '" + NONE + "')";
    private static final String TIMELINE = "SELECT CASE WHEN pg_catalog.pg_is_in_recovery() THEN 'standby' ELSE"
            + " pg_catalog.substr(pg_catalog.pg_walfile_name(pg_catalog.pg_current_wal_lsn()), 1, 8) END";

    private final Desk desk;
    private final Parts parts;

    Commits(Desk desk, Parts parts) {
        this.desk = desk;
        this.parts = parts;
    }

    /** Records that a transaction is about to end. */
    void ending(String transaction, String intent, Session session) {
        Optional<ServerSide> server = session.server();
        String xid = server.flatMap(s -> s.here(XID)).orElse("");
        String timeline = server.flatMap(s -> s.here(TIMELINE)).orElse("");
        desk.log().append(new Event.TransactionEnding(transaction, intent, xid, system(session.opened()), timeline));
    }

    private static String system(Opened opened) {
        return opened.identity().getOrDefault(SYSTEM, "");
    }

    /** Sends COMMIT of our own; what came of it is recorded. */
    Outcome commit(TransactionPlan plan, Session session) {
        String transaction = desk.log().transaction(plan.session());
        ending(transaction, COMMIT, session);
        Outcome outcome = send("COMMIT;", plan.label(), session);
        if (outcome instanceof Outcome.Done done) {
            boolean kept = done.problems().isEmpty() && done.results().stream().map(Result::tag).anyMatch("COMMIT"::equals);
            desk.log().append(new Event.TransactionEnded(transaction, kept ? "committed" : ROLLED_BACK, kept ? "COMMIT"
                    : "by the server"));
        } else if (outcome instanceof Outcome.Lost lost) {
            lost(plan, lost);
        } else {
            settle(transaction, plan, session);
        }
        return outcome;
    }

    /** COMMIT did not succeed: the server has undone all, unless the transaction is still there. */
    private void settle(String transaction, TransactionPlan plan, Session session) {
        Outcome outcome = session.alive() ? send("ROLLBACK;", plan.label(), session) : new Outcome.Lost("gone");
        if (outcome instanceof Outcome.Lost lost) {
            lost(plan, lost);
        }
        desk.log().append(new Event.TransactionEnded(transaction, ROLLED_BACK, "by the server"));
    }

    private void lost(TransactionPlan plan, Outcome.Lost lost) {
        parts.pool().ended(plan.session());
        desk.log().append(new Event.SessionEnded(plan.session(), "lost", lost.evidence()));
    }

    private Outcome send(String text, String label, Session session) {
        RunControl control = Executions.control(session);
        parts.interruption().running(control);
        try (Running running = desk.operator().running(label, control)) {
            return session.run(Request.of(text), (stream, buffer, offset, length) -> {
                if (stream == dev.stepmark.session.OutputSink.Stream.STDERR) {
                    running.sink().write(stream, buffer, offset, length);
                }
            });
        } finally {
            parts.interruption().running(null);
        }
    }

    /** Undoes the transaction now. */
    void rollBack(TransactionPlan plan, Session session, String why) {
        String transaction = desk.log().transaction(plan.session());
        desk.log().append(new Event.TransactionEnding(transaction, "rollback", "", system(session.opened()), ""));
        Outcome outcome = session.alive() ? send("ROLLBACK;", plan.label(), session) : new Outcome.Lost("it was gone");
        if (outcome instanceof Outcome.Lost lost) {
            lost(plan, lost);
        }
        desk.log().append(new Event.TransactionEnded(transaction, ROLLED_BACK, why));
    }

    /** Id of the last transaction of a plan, or empty. */
    String last(TransactionPlan plan) {
        String last = "";
        for (Envelope e : desk.log().events()) {
            if (e.event() instanceof Event.TransactionOpened opened && !opened.units().isEmpty()
                    && plan.has(opened.units().get(0))) {
                last = opened.transaction();
            }
        }
        return last;
    }

    /** How the last transaction of a plan ended, as far as the log says; empty when it does not. */
    String how(TransactionPlan plan) {
        String last = last(plan);
        return desk.log().events().stream().map(Envelope::event).filter(e -> e instanceof Event.TransactionEnded ended
                && ended.transaction().equals(last)).map(e -> ((Event.TransactionEnded) e).how()).reduce("", (a, b) -> b);
    }

    /** Its transaction's number at the server, for people; empty when it was not told. */
    String xid(TransactionPlan plan) {
        return ending(last(plan)).map(Event.TransactionEnding::xid).filter(x -> !x.isEmpty() && !x.equals(NONE)).orElse("");
    }

    /** Whether COMMIT was on its way. */
    boolean meant(String transaction) {
        return ending(transaction).isPresent();
    }

    private Optional<Event.TransactionEnding> ending(String transaction) {
        return desk.log().events().stream().map(Envelope::event).filter(e -> e instanceof Event.TransactionEnding ending
                && ending.transaction().equals(transaction) && ending.intent().equals(COMMIT))
                .map(e -> (Event.TransactionEnding) e).reduce((a, b) -> b);
    }

    /** Asks the server about the transaction of an execution in doubt; true when it knew, which is recorded. */
    boolean decided(Execution doubt) {
        return desk.log().state().inDoubtWith(doubt).stream().map(e -> e.started().transaction()).filter(t -> !t.isEmpty())
                .findFirst().map(this::decided).orElse(false);
    }

    /** Asks the server what became of a transaction; true when it knew, which is recorded. */
    boolean decided(String transaction) {
        Optional<Event.TransactionEnding> ending = ending(transaction).filter(e -> !e.xid().isEmpty());
        if (ending.isEmpty()) {
            return false;
        }
        String xid = ending.get().xid();
        if (xid.equals(NONE)) {
            return ended(transaction, ROLLED_BACK, "it had written nothing when COMMIT was sent");
        }
        return switch (status(transaction, ending.get())) {
            case "committed" -> ended(transaction, "committed", "pg_xact_status(" + xid + ") is committed");
            case "aborted" -> ended(transaction, ROLLED_BACK, "pg_xact_status(" + xid + ") is aborted");
            default -> false;
        };
    }

    private boolean ended(String transaction, String how, String evidence) {
        desk.log().append(new Event.TransactionEnded(transaction, how, evidence));
        boolean kept = how.equals("committed");
        desk.operator().result(ResultCard.of(kept ? "committed" : "rolled back", steps(transaction),
                "COMMIT had no answer; " + (evidence.startsWith("pg_") ? "the server says: " : "") + evidence));
        return true;
    }

    private String steps(String transaction) {
        List<String> steps = opened(transaction).map(o -> o.units().stream().map(u -> u.step()).distinct().toList())
                .orElse(List.of());
        return steps.isEmpty() ? transaction : steps.size() == 1 ? steps.get(0) : steps.get(0) + "-"
                + steps.get(steps.size() - 1);
    }

    /** A transaction that was undone and not by its own text is a deviation. */
    Optional<String> undone(Event event) {
        return event instanceof Event.TransactionEnded e && e.how().equals(ROLLED_BACK)
                && !e.evidence().equals(Event.TransactionEnded.AS_WRITTEN)
                ? Optional.of(steps(e.transaction()) + "  transaction rolled back: " + e.evidence()) : Optional.empty();
    }

    private Optional<Event.TransactionOpened> opened(String transaction) {
        return desk.log().events().stream().map(Envelope::event).filter(e -> e instanceof Event.TransactionOpened o
                && o.transaction().equals(transaction)).map(e -> (Event.TransactionOpened) e).findFirst();
    }

    /** What the server says now; empty where its word would be no proof, which is told. */
    private String status(String transaction, Event.TransactionEnding ending) {
        String session = opened(transaction).map(Event.TransactionOpened::session).orElse("");
        try {
            Session open = parts.pool().ensure(session);
            Optional<ServerSide> server = open.server();
            String timeline = server.flatMap(s -> s.beside(TIMELINE)).orElse("");
            boolean same = !ending.systemIdentifier().isEmpty() && ending.systemIdentifier().equals(system(open.opened()))
                    && !ending.timeline().isEmpty() && ending.timeline().equals(timeline);
            if (!same) {
                desk.operator().remark("The server cannot say what became of transaction " + ending.xid() + ": it is not"
                        + " proven to be the same server with the same history.");
                return "";
            }
            String status = server.flatMap(s -> s.beside("SELECT coalesce(pg_catalog.txid_status(" + ending.xid()
                    + "), 'too old to know')")).orElse("no answer");
            if (!status.equals("committed") && !status.equals("aborted")) {
                desk.operator().remark("The server was asked about transaction " + ending.xid() + ": " + status);
            }
            return status;
        } catch (CannotOpen e) {
            desk.operator().problem(Operator.Severity.WARNING, e.message());
            return "";
        }
    }
}
