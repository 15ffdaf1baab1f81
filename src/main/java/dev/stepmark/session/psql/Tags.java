package dev.stepmark.session.psql;

import dev.stepmark.session.Outcome.Transaction;
import dev.stepmark.session.jdbc.SqlText;

/** The command tag of a statement where psql does not print it. */
final class Tags {

    private Tags() { }

    static String of(SqlText statement, long rows, Transaction state) {
        String verb = statement.verb();
        return switch (verb) {
            case "SELECT", "WITH", "TABLE", "VALUES", "EXECUTE" -> "SELECT " + rows;
            case "INSERT" -> "INSERT 0 " + rows;
            case "UPDATE", "DELETE", "MERGE", "FETCH", "MOVE", "COPY" -> verb + " " + rows;
            case "BEGIN" -> "BEGIN";
            case "START" -> "START TRANSACTION";
            case "COMMIT", "END" -> state == Transaction.FAILED ? "ROLLBACK" : "COMMIT";
            case "ROLLBACK", "ABORT" -> "ROLLBACK";
            default -> verb;
        };
    }
}
