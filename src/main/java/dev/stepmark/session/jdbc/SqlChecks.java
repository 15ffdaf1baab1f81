package dev.stepmark.session.jdbc;

import dev.stepmark.sql.SqlSplitter;
import dev.stepmark.sql.SqlSplitter.Kind;
import dev.stepmark.sql.SqlSplitter.Piece;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads a text before anything of it is run, and refuses what would not do what it says. */
final class SqlChecks {

    private SqlChecks() { }

    /** What a text is: a piece, or why it cannot be run. */
    record Checked(Piece piece, Optional<String> refusal) {

        private static Checked refused(String reason) {
            return new Checked(null, Optional.of(reason));
        }

        boolean command() {
            return piece.kind() == Kind.META;
        }
    }

    /**
     * Reads a text.
     *
     * @param standardStrings the server's standard_conforming_strings
     */
    static Checked check(String text, boolean standardStrings) {
        if (text.indexOf('\0') >= 0) {
            return Checked.refused("the text holds a NUL character, which no statement can");
        }
        List<Piece> pieces = SqlSplitter.split(text, standardStrings);
        if (pieces.size() > 1) {
            return Checked.refused(pieces.size() + " statements in one text: they are run one by one, so that it is "
                    + "known which one failed");
        }
        if (pieces.isEmpty()) {
            // comments only: the server takes them for an empty statement
            return new Checked(new Piece(Kind.SQL, text, 0, true, ""), Optional.empty());
        }
        Piece piece = pieces.get(0);
        return piece.complete() ? new Checked(piece, Optional.empty())
                : Checked.refused("the text is incomplete: " + piece.problem());
    }

    /** Why a statement must not be sent, or empty. */
    static Optional<String> refusal(SqlText statement) {
        String changed = Settings.changedBy(statement.text(), statement.plain()).orElse("").toLowerCase(Locale.ROOT);
        if (changed.startsWith("client_encoding=") && !changed.matches("client_encoding='?(utf-?8|unicode)'?")) {
            return Optional.of("another client_encoding than UTF8 would end the connection of the driver, which speaks UTF-8"
                    + " only; with PGCLIENTENCODING set, or client_encoding in the connection, the run goes through psql,"
                    + " which can change it");
        }
        if (changed.startsWith("datestyle=") && !changed.matches("datestyle=(['\"]?iso\\b.*|default)")) {
            return Optional.of("a DateStyle other than ISO would end the connection; run this part by hand in psql");
        }
        return statement.copiesIn() ? Optional.of("COPY ... FROM STDIN needs its data behind it, up to a line \\.")
                : Optional.empty();
    }
}
