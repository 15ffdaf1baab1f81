package dev.stepmark.run;

import dev.stepmark.message.Message;
import dev.stepmark.plan.TransactionPlan;
import dev.stepmark.sql.MetaCommand;
import dev.stepmark.sql.SentTogether;
import dev.stepmark.sql.SqlSplitter;
import dev.stepmark.sql.StatementFacts;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What is typed besides the plan does not end a transaction of the plan, nor break it. */
final class TransactionGuard {

    /** Commands that leave the connection, or run statements that do not stand in them. */
    private static final Set<String> LEAVE = Set.of("\\c", "\\connect", "\\q", "\\i", "\\ir", "\\include",
            "\\include_relative", "\\gexec");

    private final Desk desk;
    private final Parts parts;

    TransactionGuard(Desk desk, Parts parts) {
        this.desk = desk;
        this.parts = parts;
    }

    /** Whether a piece is not sent; the operator has been told why. */
    boolean intercepts(SqlSplitter.Piece piece) {
        return SqlSplitter.flat(piece.text(), true).stream().anyMatch(this::one);
    }

    private boolean one(SqlSplitter.Piece piece) {
        Optional<String> session = parts.pool().current(true);
        boolean open = session.isPresent() && !desk.log().transaction(session.get()).isEmpty();
        if (piece.kind() == SqlSplitter.Kind.META) {
            String name = MetaCommand.parse(piece.text()).name();
            boolean query = !MetaCommand.parse(piece.text()).query().isBlank();
            return open && LEAVE.contains(name) && said(name + " could end the open transaction behind the plan's back")
                    || query && parts(MetaCommand.parse(piece.text()).query(), session, open);
        }
        return parts(piece.text(), session, open);
    }

    private boolean parts(String text, Optional<String> session, boolean open) {
        return SentTogether.parts(text).stream().map(StatementFacts::of).anyMatch(facts -> control(facts, session)
                || open && facts.nonTransactional() && alone(facts, session.orElseThrow()));
    }

    private boolean control(StatementFacts facts, Optional<String> session) {
        if (!facts.transactionControl()) {
            return false;
        }
        boolean held = session.flatMap(s -> parts.transactions().open(s)).isPresent();
        return said(facts.verb() + " typed here would end or open a transaction behind the plan's back")
                && (!held || said("c keeps what the transaction did, b undoes it"));
    }

    private boolean said(String text) {
        desk.operator().say(List.of("  " + text + (text.startsWith("c ") ? "." : "; it was not sent.")));
        return true;
    }

    private boolean alone(StatementFacts facts, String session) {
        Optional<TransactionPlan> plan = parts.transactions().open(session);
        String by = plan.map(p -> "step " + p.steps().get(0) + " (line " + p.parts().get(0).line() + ")").orElse("an earlier"
                + " step");
        desk.operator().problem(Operator.Severity.ERROR, Message.of(facts.verb().toUpperCase(Locale.ROOT)
                + " cannot run in a transaction, and one is open", "It was opened by " + by + ". The statement was not"
                + " sent.", "c commits first, b rolls back first"));
        return true;
    }
}
