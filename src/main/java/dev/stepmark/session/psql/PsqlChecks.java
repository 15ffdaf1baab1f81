package dev.stepmark.session.psql;

import dev.stepmark.session.jdbc.SqlText;
import dev.stepmark.sql.MetaCommand;
import dev.stepmark.sql.SqlSplitter;
import dev.stepmark.sql.SqlSplitter.Kind;
import dev.stepmark.sql.SqlSplitter.Piece;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads a text before anything of it is sent: what psql would wait for more after, or read from a terminal, is refused. */
final class PsqlChecks {

    private static final String EDITOR = "it starts an editor, which needs a terminal; do it by hand in psql";
    private static final Map<String, String> REFUSED = Map.of(
            "\\e", EDITOR, "\\edit", EDITOR, "\\ef", EDITOR, "\\ev", EDITOR);
    private static final Map<String, String> ALONE = Map.of(
            "\\prompt", "it asks before its statement runs, so it must not stand inside \\if",
            "\\password", "it asks before its statement runs, so it must not stand inside \\if",
            "\\watch", "inside \\if psql itself would run it, until an interrupt that ends psql");

    private PsqlChecks() { }

    /**
     * What a text is.
     *
     * @param statement a statement
     * @param command   a meta-command, with the statement that it may send
     * @param text      what is sent of it
     * @param data      what {@code COPY FROM STDIN} reads, with the line that ends it; else empty
     * @param refusal   why it is not run
     */
    record Checked(Optional<SqlText> statement, Optional<MetaCommand> command, String text, String data,
            Optional<String> refusal) {

        static Checked refused(String reason) {
            return new Checked(Optional.empty(), Optional.empty(), "", "", Optional.of(reason));
        }

        /** Whether it sends nothing at all. */
        boolean empty() {
            return statement.isEmpty() && command.isEmpty() && refusal.isEmpty();
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
        if (pieces.isEmpty()) {
            return new Checked(Optional.empty(), Optional.empty(), "", "", Optional.empty());
        }
        if (pieces.size() > 1) {
            return Checked.refused(pieces.size() + " statements in one text: they are run one by one, so that it is "
                    + "known which one failed");
        }
        Piece piece = pieces.get(0);
        if (!piece.complete()) {
            return Checked.refused("the text is incomplete: " + piece.problem());
        }
        return piece.kind() == Kind.META ? command(piece.text()) : statement(piece.text());
    }

    private static Checked statement(String text) {
        SqlText whole = SqlText.of(text);
        if (whole.copiesIn()) {
            // the first semicolon that is one ends the statement; the data begins on the next line
            int line = text.indexOf('\n', Math.max(0, whole.plain().indexOf(';')));
            if (line > 0) {
                String head = text.substring(0, line);
                return new Checked(Optional.of(SqlText.of(head)), Optional.empty(), head, data(text, line),
                        Optional.empty());
            }
            return Checked.refused("COPY ... FROM STDIN needs its data below it, closed by \\. on a line of its own");
        }
        boolean ended = whole.plain().stripTrailing().endsWith(";");
        return new Checked(Optional.of(whole), Optional.empty(), ended ? text : text + "\n;", "", Optional.empty());
    }

    private static String data(String text, int line) {
        return text.substring(line + 1).stripTrailing() + "\n";
    }

    private static Checked command(String text) {
        MetaCommand command = MetaCommand.parse(text);
        String name = command.name().toLowerCase(Locale.ROOT);
        Optional<String> why = Optional.ofNullable(REFUSED.get(name)).or(() -> waits(name, command.arguments()));
        if (name.equals("\\if")) {
            Optional<String> inside = inside(text);
            if (inside.isPresent()) {
                return Checked.refused(inside.get());
            }
        }
        if (why.isPresent()) {
            return Checked.refused(command.name() + " cannot be run here: " + why.get());
        }
        boolean fromStdin = name.equals("\\copy") && text.lines().findFirst().orElse("")
                .matches("(?is).*\\bfrom\\s+stdin\\b.*");
        if (fromStdin && text.indexOf('\n') < 0) {
            return Checked.refused("\\copy ... from stdin needs its data below it, closed by \\. on a line of its own");
        }
        int line = fromStdin ? text.indexOf('\n') : -1;
        return line < 0 ? new Checked(Optional.empty(), Optional.of(command), text, "", Optional.empty())
                : new Checked(Optional.empty(), Optional.of(command), text.substring(0, line), data(text, line),
                        Optional.empty());
    }

    /** What must not stand in a branch, whether it runs or not. */
    private static Optional<String> inside(String text) {
        for (Piece piece : SqlSplitter.flat(text, true)) {
            String name = piece.kind() == Kind.META ? MetaCommand.parse(piece.text()).name() : "";
            String why = REFUSED.getOrDefault(name, ALONE.getOrDefault(name, ""));
            if (!why.isEmpty()) {
                return Optional.of(name + " cannot be run here: " + why);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> waits(String name, List<String> arguments) {
        if (name.equals("\\!") && arguments.isEmpty()) {
            return Optional.of("it starts a shell at the terminal; name a command");
        }
        boolean steps = name.equals("\\set") && arguments.size() > 1
                && (arguments.get(0).equals("SINGLESTEP") || arguments.get(0).equals("SINGLELINE"));
        if (name.equals("\\set") && arguments.equals(List.of("ECHO", "all"))) {
            return Optional.of("psql would repeat every line; screen and record have them already");
        }
        boolean terminal = name.equals("\\copy") && !arguments.isEmpty()
                && arguments.get(0).matches("(?is).*\\bfrom\\s+pstdin\\b.*");
        return steps ? Optional.of("psql would wait at its standard input, which has no operator; every statement is"
                + " confirmed here anyway") : terminal ? Optional.of("psql's own standard input has no data here; write"
                + " FROM STDIN and the data below it, or name a file") : Optional.empty();
    }
}
