package dev.stepmark.session.jdbc;

import dev.stepmark.sql.MetaCommand;
import dev.stepmark.sql.SqlSplitter;
import dev.stepmark.sql.SqlSplitter.Kind;
import dev.stepmark.sql.SqlSplitter.Piece;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads a text before anything of it is run, and refuses what would not do what it says. */
final class SqlChecks {

    private SqlChecks() { }

    /** What a text is: exactly one of the three is there. */
    record Checked(Optional<SqlText> statement, Optional<MetaCommand> command, Optional<String> refusal) {

        private static Checked refused(String reason) {
            return new Checked(Optional.empty(), Optional.empty(), Optional.of(reason));
        }
    }

    static Checked check(String text) {
        if (text.indexOf('\0') >= 0) {
            return Checked.refused("the text holds a NUL character, which no statement can");
        }
        List<Piece> pieces = SqlSplitter.split(text);
        if (pieces.size() > 1) {
            return Checked.refused(pieces.size() + " statements in one text: they are run one by one, so that it is "
                    + "known which one failed");
        }
        if (pieces.isEmpty()) {
            // comments only: the server takes them for an empty statement
            return new Checked(Optional.of(SqlText.of(text)), Optional.empty(), Optional.empty());
        }
        Piece piece = pieces.get(0);
        if (!piece.complete()) {
            return Checked.refused("the text is incomplete: " + piece.problem());
        }
        return piece.kind() == Kind.META ? command(piece) : statement(SqlText.of(piece.text()));
    }

    private static Checked command(Piece piece) {
        MetaCommand command = MetaCommand.parse(piece.text());
        if (!command.query().isEmpty() || command.shell()) {
            return Checked.refused(MetaCommands.notSupported(command.name()));
        }
        return new Checked(Optional.empty(), Optional.of(command), Optional.empty());
    }

    private static Checked statement(SqlText statement) {
        if (statement.copiesIn()) {
            return Checked.refused("COPY ... FROM STDIN is not supported yet; run it by hand in psql, or COPY FROM a file");
        }
        String changed = Settings.changedBy(statement.text(), statement.plain()).orElse("").toLowerCase(Locale.ROOT);
        if (changed.startsWith("client_encoding=") && !changed.matches("client_encoding='?(utf-?8|unicode)'?")) {
            return Checked.refused("another client_encoding than UTF8 would end the connection; run this part by hand "
                    + "in psql");
        }
        if (changed.startsWith("datestyle=") && !changed.matches("datestyle=(['\"]?iso\\b.*|default)")) {
            return Checked.refused("a DateStyle other than ISO would end the connection; run this part by hand in psql");
        }
        return new Checked(Optional.of(statement), Optional.empty(), Optional.empty());
    }
}
