package dev.stepmark.run;

import dev.stepmark.journal.Event;
import dev.stepmark.journal.Execution;
import dev.stepmark.journal.Unit;
import dev.stepmark.plan.TransactionPlan;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Step;
import dev.stepmark.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A transaction before its COMMIT: what it did, what it holds and who waits for that, until the operator says what
 * becomes of it. Where a lock stands in the way of more than the same rows, it does not wait for ever.
 */
final class Held {

    /** How long strong locks are held for an answer. */
    static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration WARNING = Duration.ofSeconds(10);
    private static final Duration AGAIN = Duration.ofMinutes(1);

    private final Desk desk;
    private final Parts parts;
    private final Commits commits;
    private Instant opened = Instant.MIN;
    private volatile Hold hold;

    Held(Desk desk, Parts parts, Commits commits) {
        this.desk = desk;
        this.parts = parts;
        this.commits = commits;
    }

    void opened(Instant now) {
        opened = now;
    }

    /** While COMMIT is held: the clock, and who waits. */
    private final class Hold implements Watch {
        private final String session;
        private final Optional<HeldFacts> facts;
        private final Optional<Instant> until;
        private Instant told;
        private boolean warned;
        private volatile boolean gone;

        Hold(String session, Optional<HeldFacts> facts, Optional<Instant> until, Instant now) {
            this.session = session;
            this.facts = facts;
            this.until = until;
            this.told = now;
        }

        Optional<Duration> left() {
            return until.map(u -> Duration.between(desk.clock().instant(), u));
        }

        @Override
        public List<String> news() {
            Instant now = desk.clock().instant();
            if (!warned && left().filter(l -> l.compareTo(WARNING) <= 0).isPresent()) {
                warned = true;
                return List.of("Transaction open on " + database(session) + ": " + age(now) + ", rolls back in "
                        + Texts.clock(left().orElseThrow()));
            }
            if (Duration.between(told, now).compareTo(AGAIN) < 0) {
                return List.of();
            }
            told = now;
            HeldFacts.Waiters waiters = facts.map(HeldFacts::waiters).orElse(new HeldFacts.Waiters(false, 0,
                    Optional.empty()));
            return waiters.known() && waiters.count() == 0 ? List.of() : List.of("Transaction open on "
                    + database(session) + ": " + age(now) + ", " + waiters.text());
        }

        @Override
        public boolean over() {
            return gone || left().filter(l -> l.isNegative() || l.isZero()).isPresent();
        }
    }

    /** How long an ad hoc line may run; empty when there is no limit. */
    Optional<Duration> left() {
        return Optional.ofNullable(hold).flatMap(Hold::left).map(l -> l.compareTo(Duration.ofMillis(1)) < 0
                ? Duration.ofMillis(1) : l);
    }

    /** An ad hoc line may have lost the connection, and the transaction with it. */
    void look() {
        Hold now = hold;
        if (now != null) {
            now.gone |= desk.log().transaction(now.session).isEmpty();
        }
    }

    /** Whether COMMIT may be sent; when not, the transaction is undone on return. Nobody there: it may. */
    boolean commit(TransactionPlan plan, Session session) {
        if (desk.batch()) {
            return true;
        }
        Optional<HeldFacts> facts = HeldFacts.of(session);
        Optional<HeldFacts.Locks> locks = facts.map(HeldFacts::locks);
        String waiters = facts.map(f -> f.waiters().text()).orElse("unknown who waits");
        // from here on, because the answer can be given from here on
        Instant now = desk.clock().instant();
        boolean strong = locks.map(HeldFacts.Locks::strong).orElse(false);
        Hold mine = new Hold(plan.session(), facts, strong ? Optional.of(now.plus(LIMIT)) : Optional.empty(), now);
        String state = locks.map(HeldFacts.Locks::text).orElse("locks unknown") + ", " + waiters
                + (strong ? ", rolls back in " + Texts.clock(LIMIT) : "");
        List<String> lines = lines(plan, age(now) + ", " + state);
        desk.operator().say(lines);
        hold = mine;
        desk.operator().attend(Optional.of(mine));
        try {
            return asked(plan, session, lines);
        } catch (HoldOver e) {
            over(plan, session, mine);
            return false;
        } catch (StopRun e) {
            undo(plan, session, "the run was stopped");
            throw e;
        } finally {
            desk.operator().attend(Optional.empty());
            hold = null;
        }
    }

    private boolean asked(TransactionPlan plan, Session session, List<String> lines) {
        String shown = Texts.sha256(String.join("\n", lines));
        Unit last = plan.last();
        Question question = new Question("step-" + last.step() + ".commit", Question.Kind.COMMIT, "Commit "
                + plan.label() + "?", Choices.commit(), (char) 0, "", "", "", shown, true);
        while (true) {
            Reply.Key key = parts.asking().key(question);
            if (key.key() == 'c') {
                desk.log().append(new Event.QuestionAnswered(question.id(), "commit", shown, "commit", key.by(), ""));
                return true;
            }
            if (key.key() == 'b') {
                desk.log().append(new Event.QuestionAnswered(question.id(), "commit", shown, "roll back", key.by(), ""));
                undo(plan, session, "the operator rolled back");
                return false;
            }
            why(plan);
        }
    }

    private void over(TransactionPlan plan, Session session, Hold mine) {
        if (!mine.gone) {
            undo(plan, session, "nobody answered within " + Texts.clock(LIMIT));
            return;
        }
        desk.operator().result(ResultCard.of("rolled back", plan.label(), "the connection was lost before COMMIT"));
    }

    private void undo(TransactionPlan plan, Session session, String why) {
        if (!desk.log().transaction(plan.session()).isEmpty()) {
            commits.rollBack(plan, session, why);
        }
        desk.operator().result(ResultCard.of("rolled back", plan.label(), why));
    }

    /** COMMIT was done, by us or by the text: or it was not. */
    void ended(TransactionPlan plan) {
        if (!commits.how(plan).equals("committed")) {
            return;
        }
        String xid = commits.xid(plan);
        desk.operator().result(ResultCard.of("committed", plan.label(), (xid.isEmpty() ? "" : "xid " + xid + ", ")
                + age(desk.clock().instant()) + " after it was opened"));
    }

    private String age(Instant now) {
        return Texts.clock(opened.equals(Instant.MIN) ? Duration.ZERO : Duration.between(opened, now));
    }

    private String database(String session) {
        return parts.where().database(session);
    }

    private List<String> lines(TransactionPlan plan, String state) {
        List<String> out = new ArrayList<>(List.of(""));
        out.add("Transaction open on " + database(plan.session()) + ": " + state);
        plan.units().forEach(u -> line(plan, u).ifPresent(out::add));
        out.add("SQL that you type now runs inside it. If the connection is lost, it is undone.");
        return out;
    }

    /** What one statement did: {@code   6   DELETE 12}. */
    private Optional<String> line(TransactionPlan plan, Unit unit) {
        Optional<Execution> execution = desk.log().state().lastExecution(unit).filter(e -> e.started().transaction()
                .equals(desk.log().transaction(plan.session())));
        String tags = execution.flatMap(Execution::finished).map(f -> String.join(", ", f.tags())).orElse("");
        boolean own = tags.isEmpty() || tags.equals("BEGIN") || tags.equals("START TRANSACTION");
        Step step = desk.runbook().step(unit.step()).orElseThrow();
        String label = step.blocks().stream().filter(b -> b.id().equals(unit.block())).findFirst().map(b ->
                Cards.label(step, b)).orElse(unit.step());
        return own ? Optional.empty() : Optional.of(String.format(java.util.Locale.ROOT, "  %-4s%s", label, tags));
    }

    /** The texts of it, and the locks by their names. */
    private void why(TransactionPlan plan) {
        for (Unit unit : plan.units()) {
            Step step = desk.runbook().step(unit.step()).orElseThrow();
            for (Block block : step.blocks()) {
                boolean first = block.id().equals(unit.block()) && unit.statement() == 0;
                if (first) {
                    parts.why().show(step, block);
                }
            }
        }
        Optional.ofNullable(hold).flatMap(h -> h.facts).map(HeldFacts::locks).filter(l -> !l.mode().isEmpty())
                .ifPresent(l -> desk.operator().remark("The strongest lock is " + l.mode() + " on one of "
                        + String.join(", ", l.names()) + "."));
    }
}
