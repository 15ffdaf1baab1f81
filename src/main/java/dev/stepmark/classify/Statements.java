package dev.stepmark.classify;

import dev.stepmark.runbook.Executor;
import dev.stepmark.runbook.Risk;
import dev.stepmark.runbook.Span;
import dev.stepmark.runbook.Statement;
import dev.stepmark.shell.ShellCommand;
import dev.stepmark.shell.ShellFacts;
import dev.stepmark.sql.MetaCommand;
import dev.stepmark.sql.MysqlFacts;
import dev.stepmark.sql.MysqlSplitter;
import dev.stepmark.sql.SqlSplitter;
import dev.stepmark.sql.StatementFacts;
import java.util.ArrayList;
import java.util.List;

/** Divides the text of a block into executions, each of which is confirmed and recorded by itself. */
public final class Statements {

    private Statements() {
    }

    /**
     * The executions of a text. A shell text is one execution, whatever is in it; a command at its end that opens a
     * session is one of its own. SQL has one for each statement and each meta-command. What other executors interpret
     * has none.
     *
     * @param executor  what interprets the text
     * @param text      prompts and output taken off
     * @param firstLine the line of the document that the text begins in, for the spans
     */
    public static List<Statement> of(Executor executor, String text, int firstLine) {
        if (text.isBlank()) {
            return List.of();
        }
        return switch (executor) {
            case SHELL -> shell(text, firstLine);
            case PSQL -> SqlSplitter.split(text).stream().map(p -> sql(p, firstLine)).toList();
            case MYSQL -> mysql(text, firstLine);
            case POWERSHELL -> List.of(new Statement(Statement.Kind.SHELL, text.stripTrailing(),
                    new Span(firstLine, firstLine + (int) text.stripTrailing().lines().count() - 1),
                    Shapes.firstCommand(text).split("\\s+")[0], "", Risk.UNKNOWN));
            default -> List.of();
        };
    }

    private static List<Statement> shell(String text, int firstLine) {
        ShellFacts facts = ShellFacts.of(Placeholders.neutral(text));
        List<String> lines = text.stripTrailing().lines().toList();
        int last = facts.commands().size() - 1;
        if (last < 0 || Openers.of(facts.commands().get(last)).isEmpty()) {
            return List.of(script(lines, 0, lines.size(), facts, firstLine));
        }
        ShellCommand opener = facts.commands().get(last);
        List<Statement> statements = new ArrayList<>();
        boolean ownLine = last > 0 && facts.commands().get(last - 1).line() < opener.line();
        if (last > 0 && !ownLine) {
            return List.of(script(lines, 0, lines.size(), facts, firstLine)); // "cd x && psql": bash alone knows what runs
        }
        if (last > 0 && facts.commands().stream().allMatch(c -> Openers.of(c).isPresent())) {
            return chain(lines, facts.commands(), firstLine);
        }
        int from = last == 0 ? 0 : opener.line();
        if (from > 0) {
            String before = String.join("\n", lines.subList(0, from));
            statements.add(script(lines, 0, from, ShellFacts.of(Placeholders.neutral(before)), firstLine));
        }
        List<String> own = lines.subList(from, lines.size()).stream().filter(l -> !l.strip().startsWith("#")).toList();
        statements.add(new Statement(Statement.Kind.OPENER, String.join("\n", own).strip(),
                new Span(firstLine + opener.line(), firstLine + lines.size() - 1), verb(opener), "", Risk.READ_ONLY));
        return statements;
    }

    /** Openers one inside the other, each on lines of its own. */
    private static List<Statement> chain(List<String> lines, List<ShellCommand> openers, int firstLine) {
        List<Statement> statements = new ArrayList<>();
        for (int i = 0; i < openers.size(); i++) {
            int from = i == 0 ? 0 : openers.get(i).line();
            int to = i + 1 < openers.size() ? openers.get(i + 1).line() : lines.size();
            statements.add(new Statement(Statement.Kind.OPENER, String.join("\n", lines.subList(from, to)).strip(),
                    new Span(firstLine + from, firstLine + to - 1), verb(openers.get(i)), "", Risk.READ_ONLY));
        }
        return statements;
    }

    private static Statement script(List<String> lines, int from, int to, ShellFacts facts, int firstLine) {
        String verb = facts.commands().isEmpty() ? "" : verb(facts.commands().get(0));
        return new Statement(Statement.Kind.SHELL, String.join("\n", lines.subList(from, to)).stripTrailing(),
                new Span(firstLine + from, firstLine + to - 1), verb, "", facts.risk());
    }

    private static String verb(ShellCommand command) {
        return command.words().isEmpty() ? "" : command.words().get(0).replaceFirst("^.*/", "");
    }

    /** Commands of the client itself ("exit", "use") are executions of their own. */
    private static List<Statement> mysql(String text, int firstLine) {
        return MysqlSplitter.split(text).stream().filter(p -> !p.text().isBlank()).map(p -> {
            StatementFacts facts = MysqlFacts.of(p.text());
            int line = firstLine + p.line();
            return new Statement(p.kind() == MysqlSplitter.Kind.COMMAND ? Statement.Kind.META : Statement.Kind.SQL, p.text(),
                    new Span(line, line + (int) p.text().lines().count() - 1), facts.verb(), facts.object(), facts.risk());
        }).toList();
    }

    private static Statement sql(SqlSplitter.Piece piece, int firstLine) {
        String text = piece.text().stripTrailing();
        int line = firstLine + piece.line();
        Span span = new Span(line, line + Math.max(0, (int) text.lines().count() - 1));
        if (piece.kind() == SqlSplitter.Kind.META) {
            MetaCommand command = MetaCommand.parse(text);
            boolean named = command.name().equals("\\prompt") && command.arguments().size() > 1;
            String object = command.arguments().isEmpty() ? "" : command.arguments().get(named ? 1 : 0);
            return new Statement(Statement.Kind.META, text, span, command.name(), object, command.risk());
        }
        StatementFacts facts = StatementFacts.of(text);
        return new Statement(Statement.Kind.SQL, text, span, facts.verb(), facts.object(), facts.risk());
    }
}
