package dev.stepmark.classify;

import static dev.stepmark.runbook.Role.MALFORMED;
import static dev.stepmark.runbook.Role.QUERY_ELSEWHERE;

import dev.stepmark.runbook.Executor;
import dev.stepmark.shell.ShellCommand;
import dev.stepmark.shell.ShellFacts;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Rules about shell commands, and about text that claims to be some. */
final class ShellRules {

    /** A word in lower case, a path, an assignment, a variable, or what opens a compound command. */
    private static final Pattern BEGINS_LIKE_ONE = Pattern.compile("[a-z0-9_][a-z0-9_.+-]*(\\s|;|$)|\\.\\s|(\\.{1,2}|~|[\\w.-]+)?/[\\w./-]+|"
            + "[A-Za-z_]\\w*=|\\$|\\(|\\{\\s|\\[\\[?\\s|!\\s|[\"']|<[A-Za-z]");

    /** An assignment alone: what follows it says whether a text is one of commands. */
    private static final String ASSIGNED = "(export )?[A-Za-z_]\\w*=[^\\s$`]*";

    /** What stands for a part that is left out (pattern 11); {@code ./...} is a path. */
    private static final Set<String> ELIDED = Set.of("...", "\u2026", "[...]", "<...>", "{...}");

    /** Characters of a first line that tell whether it is a command. */
    private static final int MAX_FIRST = 10_000;

    private ShellRules() {
    }

    /** Whether the first line that is no comment looks like a command. */
    static boolean isCommand(String text) {
        String first = Shapes.firstCommand(text).matches(ASSIGNED) ? text.lines().map(String::strip)
                .filter(l -> !l.isEmpty() && !l.startsWith("#") && !l.matches(ASSIGNED)).findFirst().orElse("") : Shapes.firstCommand(text);
        return !first.isEmpty() && ShellFacts.looksLikeCommand(Placeholders.neutral(
                first.length() > MAX_FIRST ? first.substring(0, MAX_FIRST) : first));
    }

    /** The program that a text starts. */
    static String program(String text) {
        List<ShellCommand> commands = ShellFacts.of(Placeholders.neutral(text)).commands();
        String first = Shapes.firstCommand(text).split("\\s+")[0];
        return commands.isEmpty() || commands.get(0).words().isEmpty() ? first : commands.get(0).words().get(0);
    }

    /** Takes a text for the shell, unless bash could not read it or part of it belongs into a session that it opens. */
    static Optional<Verdict> shell(CodeView view, Stripped body, String why) {
        if (!body.whole()) {
            return BlockRules.show(true, view, MALFORMED, Executor.NONE, "a command behind a prompt has no end within "
                    + Stripped.MAX_CONTINUED + " lines");
        }
        ShellFacts facts = ShellFacts.of(Placeholders.neutral(body.text()));
        if (!facts.complete()) {
            return BlockRules.show(true, view, MALFORMED, Executor.NONE, "as a shell script it is not complete"
                    + (facts.problem() == null || facts.problem().isEmpty() ? "" : ": " + facts.problem()));
        }
        if (facts.commands().stream().anyMatch(c -> c.words().stream().anyMatch(ELIDED::contains))) {
            return BlockRules.show(true, view, MALFORMED, Executor.NONE, "three dots stand for a part that is left out");
        }
        Optional<ShellCommand> opener = facts.commands().stream().filter(c -> Openers.of(c).isPresent()).findFirst();
        boolean last = opener.isEmpty() || opener.get() == facts.commands().get(facts.commands().size() - 1);
        if (!last && !chain(facts.commands(), opener.get())) {
            return BlockRules.show(true, view, MALFORMED, Executor.NONE, "it opens a session with "
                    + opener.get().words().get(0) + " and goes on in the same block: what belongs where, a person decides");
        }
        return Optional.of(Verdict.run(Executor.SHELL, body, why));
    }

    /** Pattern 17: {@code ssh host}, then {@code sudo -i}, then {@code psql}: each opens inside the one before. */
    private static boolean chain(List<ShellCommand> commands, ShellCommand first) {
        boolean shell = Openers.of(first).map(o -> o.kind() == dev.stepmark.runbook.SessionDeclaration.Kind.REMOTE_SHELL).orElse(false);
        List<ShellCommand> inside = commands.subList(commands.indexOf(first), commands.size());
        return shell && inside.size() <= 4 && inside.stream().allMatch(c -> Openers.of(c).isPresent());
    }

    static Optional<Verdict> prompt(CodeView view) {
        if (!Languages.SHELL.contains(view.language()) && !Languages.PLAIN.contains(view.language())) {
            return Optional.empty();
        }
        boolean console = view.language().equals("console") || view.language().contains("session");
        Optional<Stripped> body = Prompts.shell(view.text()).or(() -> console ? Prompts.root(view.text()) : Optional.empty());
        List<String> places = ReferenceRules.places(view.text());
        boolean chain = body.isPresent() && opensChain(body.get().text());
        if (body.isPresent() && places.size() > 1 && !chain) {
            return BlockRules.show(true, view, MALFORMED, Executor.NONE,
                    "its prompts are those of several places: what is typed where, a person decides");
        }
        return body.flatMap(b -> shell(view, b, b.output()
                ? "lines behind a prompt are run, the others are the output to expect"
                : "commands behind a prompt, which is taken off"));
    }

    private static boolean opensChain(String text) {
        List<ShellCommand> commands = ShellFacts.of(Placeholders.neutral(text)).commands();
        return !commands.isEmpty() && commands.size() <= 4 && commands.stream().allMatch(c -> Openers.of(c).isPresent());
    }

    /** Pattern 8 without a prompt: a command, and below it what only a program prints. */
    static Optional<Verdict> unprompted(CodeView view) {
        boolean shell = Languages.SHELL.contains(view.language()) || view.language().isEmpty();
        if (!shell || !view.isCommand() || view.lines().size() < 2) {
            return Optional.empty();
        }
        Unprompted unprompted = Unprompted.of(view.text());
        if (unprompted.found() == Unprompted.Found.UNCLEAR) {
            return BlockRules.show(true, view, MALFORMED, Executor.NONE,
                    "lines that a program prints stand between commands: what is typed, a person decides");
        }
        return unprompted.commands().flatMap(body -> shell(view, body,
                "the first lines are commands, the others are what they print"));
    }

    /** A label alone makes no command of a sentence: scraped pages have prompts and screens in such fences. */
    private static Optional<Verdict> typed(CodeView view, Stripped body) {
        if (view.isCommand() || BEGINS_LIKE_ONE.matcher(Shapes.firstCommand(view.text())).lookingAt()) {
            return shell(view, body, view.label() + ": run in the shell");
        }
        return BlockRules.show(true, view, MALFORMED, Executor.NONE, view.label()
                + ", but its first line does not look like a command: a person decides");
    }

    /** The label is a claim: meta-commands and SQL belong to psql, whatever it says. */
    static Optional<Verdict> labelled(CodeView view) {
        if (!Languages.SHELL.contains(view.language())) {
            return Optional.empty();
        }
        Stripped body = Stripped.none(view.text());
        boolean inPsql = view.typed() == CodeView.Typed.PSQL;
        if (view.typed() == CodeView.Typed.MYSQL && SqlRules.leaves(view.text())) {
            return Optional.of(Verdict.run(Executor.MYSQL, body, view.label() + ", and the mysql session is open: it leaves mysql"));
        }
        if (inPsql && SqlRules.leaves(view.text())) {
            return SqlRules.sql(view, body, view.label() + ", and the psql session is open: it leaves psql");
        }
        boolean sql = SqlRules.isMeta(view.text())
                || SqlRules.isClearlySql(view) && !view.isCommand() && !SqlRules.leaves(view.text());
        if (sql) {
            return SqlRules.sql(view, body, view.label() + ", but it is "
                    + (SqlRules.isMeta(view.text()) ? "a meta-command of psql" : "SQL"))
                    .map(v -> v.role().executable() ? v.overruling("as-sql") : v);
        }
        if (view.typed() == CodeView.Typed.OTHER && !view.isCommand()) {
            return BlockRules.show(true, view, QUERY_ELSEWHERE, Executor.NONE,
                    "typed into the session that was opened above, which Stepmark cannot open yet: by hand");
        }
        if (Shapes.firstCommand(view.text()).isEmpty()) {
            return BlockRules.show(true, view, dev.stepmark.runbook.Role.REFERENCE, Executor.NONE, "only comments");
        }
        boolean printed = Shapes.isPrinted(view.text()) && !view.isCommand();
        return printed ? BlockRules.show(true, view, dev.stepmark.runbook.Role.SAMPLE_OUTPUT, Executor.NONE, view.label()
                + ", but it is what a program prints") : typed(view, body);
    }
}
