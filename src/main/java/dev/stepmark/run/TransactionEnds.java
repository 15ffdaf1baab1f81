package dev.stepmark.run;

import dev.stepmark.session.Outcome;
import dev.stepmark.session.Result;
import dev.stepmark.sql.SentTogether;
import dev.stepmark.sql.SqlSplitter;
import dev.stepmark.sql.StatementFacts;
import java.util.List;
import java.util.Set;

/** How a text ends the transaction that was open before it; a text of psql can hold many statements. */
final class TransactionEnds {

    /** Stands for more than one end of a transaction in one text: what became of the first is not told by the last. */
    static final String SEVERAL = "several";

    /** Leading words of what keeps a transaction: after it was sent only the server knows. */
    private static final Set<String> COMMITS = Set.of("commit", "end", "prepare transaction");
    /** Commands that run statements which do not stand in the text. */
    private static final Set<String> SCRIPTS = Set.of("\\i", "\\ir", "\\include", "\\include_relative", "\\gexec");
    private static final Set<String> KEEP = Set.of("COMMIT", "PREPARE TRANSACTION");

    private TransactionEnds() { }

    /** Whether the text commits, as far as it shows; what it reads from elsewhere may commit too. */
    static boolean meant(String text) {
        return pieces(text).stream().anyMatch(TransactionEnds::commits);
    }

    private static List<SqlSplitter.Piece> pieces(String text) {
        return SqlSplitter.flat(text, true);
    }

    private static boolean commits(SqlSplitter.Piece piece) {
        StatementFacts facts = StatementFacts.of(piece.text());
        boolean script = piece.kind() == SqlSplitter.Kind.META && SCRIPTS.contains(facts.verb());
        return script || SentTogether.parts(piece.text()).stream().map(StatementFacts::of).map(StatementFacts::verb)
                .anyMatch(COMMITS::contains);
    }

    /** The tag that ended the transaction; empty when none did, {@link #SEVERAL} when that is not told by the tags. */
    static String of(Outcome.Done done) {
        List<String> tags = done.results().stream().map(Result::tag).toList();
        List<String> ends = tags.stream().filter(t -> KEEP.contains(t) || t.equals("ROLLBACK")).toList();
        if (ends.stream().distinct().count() > 1) {
            return SEVERAL;
        }
        return ends.isEmpty() ? tags.isEmpty() ? "" : tags.get(tags.size() - 1) : ends.get(0);
    }

    /** The same for a text that failed or was cancelled: statements in front may have ended the transaction. */
    static String unfinished(String text) {
        List<SqlSplitter.Piece> pieces = pieces(text);
        boolean whole = pieces.size() == 1 && pieces.get(0).kind() == SqlSplitter.Kind.SQL
                && SentTogether.parts(text).size() == 1;
        return !whole && meant(text) ? SEVERAL : "";
    }
}
