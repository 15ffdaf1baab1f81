package dev.stepmark.session.psql;

import dev.stepmark.session.Outcome.Transaction;
import dev.stepmark.session.jdbc.SqlText;
import java.util.regex.Pattern;

/**
 * The state of the transaction as it follows from what was run: psql tells it in its prompt only, and there is no prompt
 * without a terminal. Where it does not follow, the server is asked by a second connection.
 */
final class TransactionState {

    private static final Pattern CHAIN = Pattern.compile("(?s).*\\bAND\\s+CHAIN\\b.*");
    private static final Pattern TO_SAVEPOINT =
            Pattern.compile("(?s)\\s*ROLLBACK\\s+(?:WORK\\s+|TRANSACTION\\s+)?TO\\b.*");

    private Transaction state = Transaction.NONE;
    private boolean certain = true;

    Transaction state() {
        return state;
    }

    boolean certain() {
        return certain;
    }

    /** A statement was done with this tag. */
    void done(SqlText statement, String tag) {
        switch (tag) {
            case "BEGIN", "START TRANSACTION" -> state = Transaction.OPEN;
            case "COMMIT", "PREPARE TRANSACTION" -> ended(statement);
            case "ROLLBACK" -> {
                if (TO_SAVEPOINT.matcher(statement.plain()).matches()) {
                    state = Transaction.OPEN;
                } else {
                    ended(statement);
                }
            }
            default -> { }
        }
    }

    private void ended(SqlText statement) {
        boolean chain = CHAIN.matcher(statement.plain()).matches() && state != Transaction.NONE;
        state = chain ? Transaction.OPEN : Transaction.NONE;
    }

    /** A statement failed. */
    void failed(SqlText statement) {
        if (statement.commits()) {
            // a COMMIT that fails has ended the transaction; one that is no valid COMMIT has not
            certain = state == Transaction.NONE;
        }
        state = state == Transaction.OPEN ? Transaction.FAILED : state;
    }

    /** Something was run of which only the server knows what it did. */
    void unknown() {
        certain = false;
    }

    /** The server's answer: pg_stat_activity.state. */
    void told(String activity) {
        certain = true;
        state = activity.startsWith("idle in transaction") ? activity.endsWith("(aborted)") ? Transaction.FAILED
                : Transaction.OPEN : Transaction.NONE;
    }

    /** Another connection, or none. */
    void reset() {
        state = Transaction.NONE;
        certain = true;
    }
}
