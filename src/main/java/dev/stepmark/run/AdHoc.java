package dev.stepmark.run;

import dev.stepmark.journal.Event;
import dev.stepmark.journal.Event.Action;
import dev.stepmark.journal.Event.Origin;
import dev.stepmark.journal.Unit;
import dev.stepmark.runbook.Risk;
import dev.stepmark.session.CannotOpen;
import dev.stepmark.session.Outcome;
import dev.stepmark.session.Session;
import dev.stepmark.shell.ShellFacts;
import dev.stepmark.sql.MetaCommand;
import dev.stepmark.sql.MysqlFacts;
import dev.stepmark.sql.MysqlSplitter;
import dev.stepmark.sql.SqlSplitter;
import dev.stepmark.sql.StatementFacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** SQL and shell that the operator types besides the plan: into the same sessions, asked for by risk, recorded. */
final class AdHoc {

    private final Desk desk;
    private final Parts parts;
    private final TransactionGuard guard;

    AdHoc(Desk desk, Parts parts) {
        this.desk = desk;
        this.parts = parts;
        this.guard = new TransactionGuard(desk, parts);
    }

    /** Runs what was typed. */
    void run(Reply reply) {
        if (reply instanceof Reply.Sql sql && parts.pool().current(true).filter(parts.pool()::isClient).isPresent()) {
            MysqlSplitter.split(sql.text()).forEach(p -> piece(p.text(), MysqlFacts.of(p.text())));
        } else if (reply instanceof Reply.Sql sql) {
            SqlSplitter.split(sql.text()).forEach(this::piece);
        } else if (reply instanceof Reply.Meta meta) {
            SqlSplitter.split(meta.text()).stream().limit(1).filter(p -> !guard.intercepts(p)).forEach(p -> execute(
                    meta.text(), true, MetaCommand.parse(meta.text()).risk(), "", ""));
        } else if (reply instanceof Reply.Shell shell) {
            execute(shell.text(), false, ShellFacts.of(shell.text()).risk(), "", "");
        }
    }

    private void piece(SqlSplitter.Piece piece) {
        if (piece.kind() == SqlSplitter.Kind.META) {
            if (guard.intercepts(piece)) {
                return;
            }
            execute(piece.text(), true, MetaCommand.parse(piece.text()).risk(), "", "");
            return;
        }
        StatementFacts facts = StatementFacts.of(piece.text());
        if (!guard.intercepts(piece)) {
            execute(piece.text(), true, facts.risk(), facts.verb(), facts.object());
        }
    }

    /** A client of another server, whose transactions nothing follows. */
    private void piece(String text, StatementFacts facts) {
        if (facts.transactionControl()) {
            desk.operator().say(List.of("  " + facts.verb() + " typed here would end or open a transaction behind the"
                    + " plan's back; it was not sent."));
            return;
        }
        execute(text, true, facts.risk(), facts.verb(), facts.object());
    }

    private void execute(String text, boolean sql, Risk risk, String verb, String object) {
        Optional<String> session = parts.pool().current(sql);
        if (session.isEmpty()) {
            session = sql ? Optional.empty() : shell();
        }
        if (session.isEmpty()) {
            desk.operator().say(List.of("  No " + (sql ? "SQL session" : "shell") + " is open yet; nothing was run."));
            return;
        }
        String id = "a" + desk.log().state().nextAdhoc();
        Unit unit = new Unit(id, "", 0, -1);
        if (risk != Risk.READ_ONLY && !confirmed(id, unit, session.get(), text, risk, verb, object)) {
            return;
        }
        run(id, unit, session.get(), text, sql, risk);
    }

    /** A shell for ad hoc lines is the plan's own: it is opened when the plan has one on this machine. */
    private Optional<String> shell() {
        return desk.runbook().sessions().stream().filter(s -> !parts.pool().isSql(s.id()) && s.parent().isEmpty())
                .map(s -> s.id()).filter(s -> parts.targets().of(s).map(Targets.LOCAL::equals).orElse(false))
                .findFirst();
    }

    private boolean confirmed(String id, Unit unit, String session, String text, Risk risk, String verb,
            String object) {
        boolean destructive = risk == Risk.DESTRUCTIVE;
        String phrase = destructive ? (verb.isEmpty() ? "run " + id : verb + " " + (object.isEmpty() ? id : object))
                : "";
        desk.operator().remark(id + " is " + risk.word() + ", and not part of the plan");
        parts.banners().show(session);
        Question question = destructive
                ? new Question(id, Question.Kind.PHRASE, "Type \"" + phrase + "\" to run it", List.of(Choices.NO),
                        (char) 0, phrase, "", "", Texts.sha256(text), false)
                : new Question(id, Question.Kind.YES_NO, "Run " + id + "?", List.of(Choices.YES, Choices.NO), (char) 0,
                        "", "", "", Texts.sha256(text), false);
        Reply reply = desk.operator().ask(question);
        boolean yes = reply instanceof Reply.Key key ? key.key() == 'y'
                : reply instanceof Reply.Text typed && typed.text().equals(phrase);
        if (!yes) {
            desk.operator().say(List.of("  " + id + " was not run."));
            return false;
        }
        desk.log().append(new Event.Decided(unit, Action.RUN, destructive ? "phrase" : "key", question.shown(),
                desk.log().text(text), phrase, "", ""));
        return true;
    }

    private void run(String id, Unit unit, String session, String text, boolean sql, Risk risk) {
        try {
            Session open = parts.pool().ensure(session);
            boolean readOnly = sql && risk == Risk.READ_ONLY && !text.startsWith("\\")
                    && desk.log().transaction(session).isEmpty();
            Executions.Executed executed = parts.executions().execute(new Executions.Order(unit, Origin.ADHOC, "", id,
                    session, text, risk.word(), Map.of(), parts.transactions().timeLeft(session), readOnly, "", false,
                    !sql && parts.attachments().attached(text)), open);
            boolean good = Outcomes.succeeded(executed.outcome()) || executed.outcome() instanceof Outcome.Ended;
            String word = good ? "ok" : executed.outcome() instanceof Outcome.Lost ? "IN DOUBT"
                    : executed.outcome() instanceof Outcome.Cancelled ? "cancelled" : "FAILED";
            desk.operator().result(new ResultCard(word, id, Outcomes.line(executed.outcome(), executed.millis(), !sql),
                    executed.results(), "", List.of()));
            parts.transactions().look();
        } catch (CannotOpen e) {
            desk.operator().problem(Operator.Severity.ERROR, e.message());
        }
    }
}
