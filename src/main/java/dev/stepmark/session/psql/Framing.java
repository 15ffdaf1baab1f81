package dev.stepmark.session.psql;

import dev.stepmark.session.Outcome.Transaction;
import dev.stepmark.session.Request;
import dev.stepmark.session.jdbc.SqlText;
import java.util.ArrayList;
import java.util.List;

/**
 * Statements of our own around the one of the text.
 *
 * @param before   sent before it
 * @param readOnly whether it runs in a READ ONLY transaction of its own, which is rolled back when it fails
 */
record Framing(List<String> before, boolean readOnly) {

    private static final int MAX_NAME = 63;

    static Framing of(SqlText statement, Request request, Psql psql) {
        List<String> before = new ArrayList<>();
        Transaction state = psql.transaction().state();
        String tag = applicationName(request.tag());
        // without autocommit every statement of ours would open the transaction of the next one
        if (!tag.isEmpty() && state != Transaction.FAILED && psql.state().commits() && !tag.equals(psql.named())) {
            before.add("SET application_name = '" + tag.replace("'", "''") + "'");
        }
        boolean readOnly = request.readOnly() && state == Transaction.NONE && !statement.controlsTransaction();
        if (readOnly) {
            before.add("START TRANSACTION READ ONLY");
        }
        return new Framing(before, readOnly);
    }

    /** As the server keeps it: printable ASCII, 63 bytes. */
    private static String applicationName(String tag) {
        String plain = tag.replaceAll("[^\\x20-\\x7E]", "?");
        return plain.length() > MAX_NAME ? plain.substring(0, MAX_NAME) : plain;
    }

    /** For people and the record: what stands before, {@code ...} for the text, what stands after. */
    List<String> shown() {
        if (before.isEmpty()) {
            return List.of();
        }
        List<String> shown = new ArrayList<>(before);
        shown.add("...");
        if (readOnly) {
            shown.add("COMMIT");
        }
        return shown;
    }
}
