package dev.stepmark.sql;

import dev.stepmark.runbook.Risk;
import java.util.List;

/**
 * What one SQL statement does, told from its tokens. No connection and no grammar: what is not certain counts as
 * {@link Risk#UNKNOWN}, never as harmless.
 *
 * @param verb               leading keywords in lower case: {@code select}, {@code alter table},
 *                           {@code create index concurrently}
 * @param object             the table or database it acts on, unquoted where quotes are not needed; several are
 *                           joined with {@code ", "}; empty when there is none
 * @param risk               how much it can do
 * @param nonTransactional   whether the server refuses it inside a transaction block
 * @param transactionControl whether it begins or ends a transaction or savepoint
 * @param recognised         false when the leading word is no SQL command of PostgreSQL
 */
public record StatementFacts(String verb, String object, Risk risk, boolean nonTransactional,
        boolean transactionControl, boolean recognised) {

    /** The facts of one statement; of several, those of the riskiest. */
    public static StatementFacts of(String sql) {
        List<SqlSplitter.Piece> pieces = SqlSplitter.split(sql);
        StatementFacts worst = null;
        for (SqlSplitter.Piece piece : pieces) {
            StatementFacts one = ofPiece(piece);
            worst = worst == null || one.risk.compareTo(worst.risk) > 0 ? one : worst;
        }
        return worst == null ? new StatementFacts("", "", Risk.UNKNOWN, false, false, false) : worst;
    }

    private static StatementFacts ofPiece(SqlSplitter.Piece piece) {
        if (piece.kind() == SqlSplitter.Kind.META) {
            MetaCommand command = MetaCommand.parse(piece.text());
            String object = command.arguments().isEmpty() ? "" : command.arguments().get(0);
            return new StatementFacts(command.name(), object, command.risk(), false, false, true);
        }
        StatementFacts facts = null;
        for (String part : SentTogether.parts(piece.text())) {
            StatementFacts one = new FactsReader(Tokens.of(part)).read();
            facts = facts == null || one.risk.compareTo(facts.risk) > 0 ? one : facts;
        }
        boolean unsure = (!piece.complete() || Interpolation.takesText(piece.text())) && facts.risk.compareTo(Risk.UNKNOWN) < 0;
        return unsure ? facts.withRisk(Risk.UNKNOWN) : facts;
    }

    StatementFacts withRisk(Risk other) {
        return new StatementFacts(verb, object, other, nonTransactional, transactionControl, recognised);
    }

    StatementFacts withVerb(String other) {
        return new StatementFacts(other, object, risk, nonTransactional, transactionControl, recognised);
    }
}
