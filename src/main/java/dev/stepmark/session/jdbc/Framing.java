package dev.stepmark.session.jdbc;

import dev.stepmark.session.Outcome.Transaction;
import dev.stepmark.session.Request;
import java.util.ArrayList;
import java.util.List;

/**
 * Statements of our own around the one of the text.
 *
 * @param before           sent before it
 * @param after            sent after it when it succeeded
 * @param opensTransaction whether the text runs in a transaction of our own, which is rolled back when it fails
 * @param readOnly         whether that transaction is READ ONLY
 */
record Framing(List<String> before, List<String> after, boolean opensTransaction, boolean readOnly) {

    static final Framing NONE = new Framing(List.of(), List.of(), false, false);

    private static final int MAX_NAME = 63;

    Framing {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    /**
     * What a statement needs around it.
     *
     * <p>A query that stands alone gets a transaction, since only there can rows be read in parts; a statement that
     * must not write gets one that the server keeps READ ONLY.
     */
    static Framing of(SqlText statement, Request request, Wire wire) {
        List<String> before = new ArrayList<>();
        List<String> after = new ArrayList<>();
        Transaction state = wire.transaction();
        String tag = applicationName(request.tag());
        if (!tag.isEmpty() && state != Transaction.FAILED && !tag.equals(wire.reported("application_name"))) {
            before.add("SET application_name = '" + tag.replace("'", "''") + "'");
        }
        boolean opens = state == Transaction.NONE && !statement.controlsTransaction()
                && (request.readOnly() || statement.query());
        if (opens) {
            before.add(request.readOnly() ? "START TRANSACTION READ ONLY" : "BEGIN");
            after.add("COMMIT");
        }
        return new Framing(before, after, opens, opens && request.readOnly());
    }

    /** As the server keeps it: printable ASCII, 63 bytes (guc.c: check_application_name, NAMEDATALEN). */
    private static String applicationName(String tag) {
        String plain = tag.replaceAll("[^\\x20-\\x7E]", "?");
        return plain.length() > MAX_NAME ? plain.substring(0, MAX_NAME) : plain;
    }

    /** For people and the record: what stands before, {@code ...} for the text, what stands after. */
    List<String> shown() {
        if (before.isEmpty() && after.isEmpty()) {
            return List.of();
        }
        List<String> shown = new ArrayList<>(before);
        shown.add("...");
        shown.addAll(after);
        return shown;
    }
}
