package dev.stepmark.classify;

import static dev.stepmark.runbook.Role.MALFORMED;
import static dev.stepmark.runbook.Role.QUERY_ELSEWHERE;
import static dev.stepmark.runbook.Role.REFERENCE;
import static dev.stepmark.runbook.Role.SAMPLE_OUTPUT;

import dev.stepmark.runbook.Executor;
import dev.stepmark.sql.MysqlFacts;
import dev.stepmark.sql.MysqlSplitter;
import dev.stepmark.sql.SqlSplitter;
import dev.stepmark.sql.StatementFacts;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Rules about SQL, and about text that claims to be SQL. */
final class SqlRules {

    private static final Set<String> LEAVING = Set.of("exit", "quit", "\\q");

    private static final Pattern SHAPE = Pattern.compile("\\s*(select\\s[\\s\\S]*\\sfrom\\s|select\\s+[\\w.]+\\(|insert\\s+into\\s|"
            + "delete\\s+from\\s|update\\s+\\S+\\s+set\\s|(create|alter|drop)\\s+(or\\s+replace\\s+)?(unique\\s+)?"
            + "(table|index|view|materialized|role|user|database|schema|extension|function|type|sequence|trigger)\\s)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern META = Pattern.compile("\\\\[a-zA-Z?!].*");
    /** Three dots as a word of their own, where SQL has none. */
    private static final Pattern ELIDED = Pattern.compile("(^|[\\s(,])(\\.\\.\\.|\u2026)(?=[\\s;),]|$)", Pattern.MULTILINE);

    private SqlRules() {
    }

    /** Whether the text begins with a statement or a meta-command of psql. */
    static boolean isSql(String text) {
        List<SqlSplitter.Piece> pieces = SqlSplitter.split(text);
        return !pieces.isEmpty() && isSql(pieces.get(0));
    }

    /** The same for text that nobody labelled as SQL: "Do", "Set" and "Create" begin English sentences as well. */
    static boolean isClearlySql(CodeView view) {
        String text = view.text();
        boolean shaped = text.stripTrailing().endsWith(";") || SHAPE.matcher(text).lookingAt();
        return (shaped || isMeta(text)) && view.isSql();
    }

    private static boolean isSql(SqlSplitter.Piece piece) {
        return piece.kind() == SqlSplitter.Kind.META || StatementFacts.of(piece.text()).recognised();
    }

    /** Whether the text begins with a backslash command, which no shell has. */
    static boolean isMeta(String text) {
        return META.matcher(Shapes.firstLine(text)).matches();
    }

    /** Whether the text only leaves the session: exit, quit, {@code \q}. */
    static boolean leaves(String text) {
        String word = text.strip();
        return LEAVING.contains(word.endsWith(";") ? word.substring(0, word.length() - 1).stripTrailing() : word);
    }

    /** Takes SQL for a psql session, unless the server could not even read it. */
    static Optional<Verdict> sql(CodeView view, Stripped body, String why) {
        if (view.mysql()) {
            return mysqlWhole(view, body, "SQL for mysql: run by its rules");
        }
        if (!body.whole()) {
            return BlockRules.show(true, view, MALFORMED, Executor.NONE, "a statement behind a prompt has no end within "
                    + Stripped.MAX_CONTINUED + " lines");
        }
        Optional<String> problem = SqlSplitter.split(body.text()).stream().map(SqlSplitter.Piece::problem)
                .filter(p -> p != null && !p.isEmpty()).findFirst();
        if (problem.isPresent()) {
            return BlockRules.show(true, view, MALFORMED, Executor.NONE, "as SQL it is not complete: " + problem.get());
        }
        if (ELIDED.matcher(body.text()).find()) {
            return BlockRules.show(true, view, MALFORMED, Executor.NONE, "three dots stand for a part that is left out");
        }
        return Optional.of(Verdict.run(Executor.PSQL, body, why));
    }

    /** Takes SQL for mysql, unless it would leave the client waiting for its end. */
    private static Optional<Verdict> mysqlWhole(CodeView view, Stripped body, String why) {
        if (!body.whole()) {
            return BlockRules.show(true, view, MALFORMED, Executor.NONE, "a statement behind a prompt has no end within "
                    + Stripped.MAX_CONTINUED + " lines");
        }
        Optional<String> problem = MysqlSplitter.split(body.text()).stream().map(MysqlSplitter.Piece::problem)
                .filter(p -> !p.isEmpty()).findFirst();
        if (problem.isPresent()) {
            return BlockRules.show(true, view, MALFORMED, Executor.NONE, "as SQL for mysql it is not complete: "
                    + problem.get());
        }
        return ELIDED.matcher(body.text()).find() ? BlockRules.show(true, view, MALFORMED, Executor.NONE,
                "three dots stand for a part that is left out") : Optional.of(Verdict.run(Executor.MYSQL, body, why));
    }

    static Optional<Verdict> psqlPrompt(CodeView view) {
        Optional<Stripped> typed = Prompts.psql(view.text()).filter(b -> !b.text().isBlank());
        if (typed.isPresent() && (Prompts.shell(view.text()).isPresent() || view.isCommand())) {
            return BlockRules.show(true, view, MALFORMED, Executor.NONE,
                    "a shell command and what is typed into psql in one block: what belongs where, a person decides");
        }
        return typed.flatMap(body -> sql(view, body, body.output()
                ? "lines behind a psql prompt are run, the others are the output to expect"
                : "SQL behind a psql prompt, which is taken off"));
    }

    /** A table as psql prints it is never run; what stands above it may be the statement that prints it. */
    static Optional<Verdict> resultTable(CodeView view) {
        List<String> lines = view.lines();
        int start = Shapes.tableStart(lines);
        if (start < 0 || Prompts.shell(view.text()).isPresent()) {
            return Optional.empty();
        }
        String above = String.join("\n", lines.subList(0, start)) + "\n";
        if (above.isBlank() || !isSql(above)) {
            boolean output = above.isBlank() || !ShellRules.isCommand(above);
            return BlockRules.show(output, view, SAMPLE_OUTPUT, Executor.NONE, view.label()
                    + ", but it is a result as psql prints it");
        }
        if (!above.stripTrailing().endsWith(";")) {
            return BlockRules.show(true, view, MALFORMED, Executor.NONE,
                    "a statement and its result in one block, and it is not clear where the statement ends");
        }
        Stripped whole = Stripped.none(above);
        return sql(view, new Stripped(whole.text(), whole.offsets(), true, true),
                "the statement is run, the table below it is the output to expect");
    }

    static Optional<Verdict> mysql(CodeView view) {
        boolean open = Languages.PLAIN.contains(view.language()) || Languages.SHELL.contains(view.language())
                || Languages.SQL.contains(view.language());
        boolean prompt = (open || Languages.MYSQL.contains(view.language())) && Prompts.mysql(view.text());
        // "mysql> exit" would be a command of a shell as well
        if (prompt && (!view.isCommand() || Prompts.mysql(Shapes.firstLine(view.text())))) {
            return Prompts.mysqlTyped(view.text()).flatMap(body -> mysqlWhole(view, body,
                    "typed behind the prompt of mysql, which is taken off"));
        }
        if (!Languages.MYSQL.contains(view.language())) {
            return BlockRules.show(prompt, view, MALFORMED, Executor.NONE,
                    "a shell command and what is typed into mysql in one block: what belongs where, a person decides");
        }
        boolean typed = view.isSql() || leaves(view.text()) || MysqlFacts.of(view.text()).recognised();
        return typed ? mysqlWhole(view, Stripped.none(view.text()), view.label() + ": run by mysql's rules")
                : BlockRules.show(!view.isCommand(), view, QUERY_ELSEWHERE, Executor.MYSQL, view.label()
                + ", but it begins with no statement that is known: by hand");
    }

    /** The label sql is a claim: the first word decides. */
    static Optional<Verdict> labelled(CodeView view) {
        if (!Languages.SQL.contains(view.language())) {
            return Optional.empty();
        }
        Stripped body = Stripped.none(view.text());
        if (leaves(view.text()) || view.isSql()) {
            return sql(view, body, view.label() + (isMeta(view.text()) ? ": a meta-command of psql" : ": run by psql's rules"));
        }
        if (view.isCommand()) {
            return ShellRules.shell(view, body, view.label() + ", but its first word is the program "
                    + ShellRules.program(view.text())).map(v -> v.role().executable() ? v.overruling("as-shell") : v);
        }
        return BlockRules.show(true, view, REFERENCE, Executor.NONE,
                view.label() + ", but it does not begin with a statement: part of one, shown for explanation");
    }
}
