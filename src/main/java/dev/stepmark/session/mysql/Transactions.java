package dev.stepmark.session.mysql;

import dev.stepmark.session.Outcome.Transaction;
import dev.stepmark.sql.MysqlFacts;
import java.util.Locale;
import java.util.Set;

/**
 * Whether a transaction is open, as it follows from what was run. The client does not say; where it does not follow, the
 * server is asked.
 */
final class Transactions {

    /** Statements that commit what is open before they begin. */
    private static final Set<String> COMMIT_FIRST = Set.of("alter", "drop", "rename", "truncate", "grant", "revoke",
            "analyze", "optimize", "repair", "check", "lock", "unlock", "flush", "reset", "install", "uninstall");
    /** Statements of which only the server knows what they did. */
    private static final Set<String> UNCLEAR = Set.of("call", "execute", "set", "xa", "create", "do", "load", "change");

    private Transaction state = Transaction.NONE;
    private boolean certain = true;
    private boolean automatic;

    /** @param automatic whether autocommit is on */
    Transactions(boolean automatic) {
        this.automatic = automatic;
    }

    Transaction state() {
        return state;
    }

    boolean certain() {
        return certain;
    }

    /** A text was done. */
    void done(String text) {
        String[] words = MysqlFacts.bare(text).toLowerCase(Locale.ROOT).split("[\\s;(]+", 4);
        String first = words[0];
        String second = words.length > 1 ? words[1] : "";
        boolean several = MysqlFacts.bare(text).indexOf(';') >= 0;
        if (several || !automatic || UNCLEAR.contains(first) || String.join(" ", words).matches("(?s).*\\bchain\\b.*")) {
            certain = false;
        } else if (first.equals("begin") && !second.equals("not") || first.equals("start") && second.equals("transaction")) {
            state = Transaction.OPEN;
        } else if (first.equals("commit") || first.equals("rollback") && !String.join(" ", words).matches("(?s)rollback(?: work)? to.*")) {
            state = Transaction.NONE;
        } else if (COMMIT_FIRST.contains(first)) {
            state = Transaction.NONE;
        }
    }

    /** A text failed or was cancelled. */
    void failed(ServerError error) {
        if (error != null && error.undoesAll()) {
            state = Transaction.NONE;
        } else {
            // a time-out may have undone the statement or all of it; one of several statements may have committed
            certain = false;
        }
    }

    /** The server's answer. */
    void told(boolean open, boolean autocommit) {
        certain = true;
        automatic = autocommit;
        state = open ? Transaction.OPEN : Transaction.NONE;
    }
}
