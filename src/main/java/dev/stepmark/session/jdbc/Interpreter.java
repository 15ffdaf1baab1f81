package dev.stepmark.session.jdbc;

import dev.stepmark.session.Outcome;
import dev.stepmark.sql.CommandText;
import dev.stepmark.sql.CopyText;
import dev.stepmark.sql.Interpolation;
import dev.stepmark.sql.SqlSplitter;
import dev.stepmark.sql.SqlSplitter.Kind;
import dev.stepmark.sql.SqlSplitter.Piece;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Carries out pieces of psql's language: statements with their variables filled in, commands, conditionals. */
final class Interpreter {

    private static final int DEEPEST = 32;

    private final MetaCommands commands = new MetaCommands(this);

    /** Whether there is such a command at all, here or in a real psql. */
    boolean knows(String command) {
        return commands.knows(command);
    }

    /** Runs one piece. */
    Outcome piece(String text, Kind kind, Run run) {
        if (kind == Kind.SQL) {
            return sql(text, run);
        }
        CommandText command = CommandText.of(text, run.wire().standardStrings());
        return command.name().equals("\\if") ? script(text, run.inside(run.script()), "this \\if") : commands.run(command, run);
    }

    /** A statement, perhaps with the data of COPY. */
    private Outcome sql(String text, Run run) {
        String statement = withoutRemarks(text);
        boolean standard = run.wire().standardStrings();
        if (SqlText.of(statement).copiesIn() && !statement.contains("\\;")) {
            CopyText copy = CopyText.of(statement, standard);
            if (!copy.statement().endsWith(";")) {
                return new Outcome.Refused("COPY ... FROM STDIN needs a semicolon and its data behind it, up to a line \\.");
            }
            Interpolation.Filled filled = fill(copy.statement(), run);
            return new CopySender(run, new Statements(run)).in(SqlText.of(filled.text()), new ByteArrayInputStream(
                    copy.data().getBytes(StandardCharsets.UTF_8)), Optional::empty);
        }
        Interpolation.Filled filled = fill(statement, run);
        if (!filled.used().isEmpty() && !filled.several()) {
            List<Piece> pieces = SqlSplitter.flat(filled.text(), standard);
            if (pieces.size() > 1 || pieces.size() == 1 && pieces.get(0).kind() == Kind.META) {
                return values(filled.text(), run);
            }
            if (pieces.size() == 1 && !pieces.get(0).complete()) {
                return new Outcome.Refused("with its variables filled in the text is incomplete: "
                        + pieces.get(0).problem());
            }
        }
        return new Statements(run).send(filled.several() ? SqlText.together(filled.text())
                : SqlText.of(filled.text()));
    }

    /** The value of a variable can hold several statements, even commands. */
    private Outcome values(String filled, Run run) {
        return run.depth() >= DEEPEST ? new Outcome.Refused("its variables lead to one another without an end")
                : script(filled, run.inside(run.script()), "what its variables hold");
    }

    /** psql sends no comments of the kind {@code --} in front of a statement. */
    static String withoutRemarks(String text) {
        int at = 0;
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
            } else if (text.startsWith("--", at)) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else {
                return text.substring(at);
            }
        }
        return text;
    }

    Interpolation.Filled fill(String text, Run run) {
        Interpolation.Filled filled = Interpolation.fill(text, run.client().variables()::get,
                run.wire().standardStrings());
        filled.warnings().forEach(w -> run.output().problem(w + "\n"));
        return filled;
    }

    /**
     * Runs a script: its statements one after the other, up to the first that fails.
     *
     * @param text what to run
     * @param run  with the depth and the file of the script
     * @param name what people call it
     */
    Outcome script(String text, Run run, String name) {
        if (run.depth() > DEEPEST) {
            return new Outcome.Refused("more than " + DEEPEST + " scripts and conditionals inside one another");
        }
        List<Piece> pieces = SqlSplitter.flat(text, run.wire().standardStrings());
        Optional<String> problem = Conditionals.problem(pieces, name);
        return problem.isPresent() ? new Outcome.Refused(problem.get())
                : new ScriptRun(this, run, name).run(pieces);
    }

    /** The condition of {@code \if}: what is no boolean counts as false, and is said. */
    boolean condition(CommandText command, Run run) {
        return commands.condition(command, run);
    }
}
