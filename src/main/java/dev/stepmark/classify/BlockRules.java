package dev.stepmark.classify;

import static dev.stepmark.runbook.Role.MALFORMED;
import static dev.stepmark.runbook.Role.QUERY_ELSEWHERE;
import static dev.stepmark.runbook.Role.REFERENCE;
import static dev.stepmark.runbook.Role.SAMPLE_OUTPUT;

import dev.stepmark.runbook.Executor;
import dev.stepmark.runbook.Role;
import dev.stepmark.runbook.Step;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The rules in the order in which they are tried; the first that decides counts. What the author declared comes first,
 * then what must never be run, then labels, then content without a label. A block that no rule takes is shown.
 */
final class BlockRules {

    static final List<BlockRule> ORDERED = List.of(
            new BlockRule("in-a-sentence", "25", BlockRules::sentence),
            new BlockRule("unclosed-fence", "30", BlockRules::unclosedFence),
            new BlockRule("declared", "0", Declared::rule),
            new BlockRule("folded-output", "9", OutputRules::folded),
            new BlockRule("swallowed-fence", "30", BlockRules::swallowedFence),
            new BlockRule("show-only", "0", BlockRules::showOnly),
            new BlockRule("empty", "30", BlockRules::empty),
            new BlockRule("admonition-body", "5", BlockRules::admonition),
            new BlockRule("under-sample-heading", "9", ReferenceRules::sampleSection),
            new BlockRule("comparison", "20", ReferenceRules::comparison),
            new BlockRule("warned-of", "20", ReferenceRules::avoided),
            new BlockRule("example-sql", "20", ReferenceRules::exampleSection),
            new BlockRule("known-error", "29", OutputRules::knownError),
            new BlockRule("yaml-shape", "27", FileRules::yaml),
            new BlockRule("settings", "27", FileRules::settings),
            new BlockRule("announced-output", "9, 11", OutputRules::announced),
            new BlockRule("output-label", "9", OutputRules::labelled),
            new BlockRule("prompt-alone", "10", OutputRules::promptAlone),
            new BlockRule("client-banner", "10", OutputRules::banner),
            new BlockRule("redis-reply", "10", OutputRules::redisReply),
            new BlockRule("psql-prompt", "8, 14", SqlRules::psqlPrompt),
            new BlockRule("result-table", "10", SqlRules::resultTable),
            new BlockRule("mysql", "12", SqlRules::mysql),
            new BlockRule("shell-prompt", "7, 8", ShellRules::prompt),
            new BlockRule("file-language", "27", FileRules::labelled),
            new BlockRule("lines-for-a-file", "27", FileRules::added),
            new BlockRule("sql-behind-command", "9", ReferenceRules::sqlBehindCommand),
            new BlockRule("other-interface", "13", BlockRules::otherInterface),
            new BlockRule("announced-by-example", "9, 10", BlockRules::example),
            new BlockRule("commands-then-output", "8", ShellRules::unprompted),
            new BlockRule("after-command", "9, 10", OutputRules::afterCommand),
            new BlockRule("printed-lines", "10, 11", OutputRules::printed),
            new BlockRule("log-lines", "6, 10", OutputRules::logged),
            new BlockRule("sql-label", "13, 14, 15", SqlRules::labelled),
            new BlockRule("shell-label", "1, 2, 12, 14", ShellRules::labelled),
            new BlockRule("no-label", "5, 6", BlockRules::plain));

    private static final Pattern FENCE = Pattern.compile("\\s{0,3}(```|~~~)\\s*[\\w{].*");
    private static final Pattern ADMONITION = Pattern.compile("(!!!|\\?\\?\\?\\+?|:::)[\\s\\S]*");

    private BlockRules() {
    }

    static Verdict decide(CodeView view) {
        for (BlockRule rule : ORDERED) {
            Optional<Verdict> verdict = rule.decide().apply(view);
            if (verdict.isPresent()) {
                return verdict.get().by(rule.name());
            }
        }
        return Verdict.show(REFERENCE, Executor.NONE, view.text(), view.label()
                + ", a language that Stepmark does not run");
    }

    static Optional<Verdict> show(boolean applies, CodeView view, Role role, Executor executor, String why) {
        return applies ? Optional.of(Verdict.show(role, executor, view.text(), why)) : Optional.empty();
    }

    private static Optional<Verdict> sentence(CodeView view) {
        if (view.node().syntax() != dev.stepmark.runbook.Block.Syntax.INLINE) {
            return Optional.empty();
        }
        String why = "a sentence of the text says to run it";
        return SqlRules.isMeta(view.text()) || SqlRules.isClearlySql(view) ? SqlRules.sql(view, Stripped.none(view.text()), why)
                : ShellRules.shell(view, Stripped.none(view.text()), why);
    }

    private static Optional<Verdict> unclosedFence(CodeView view) {
        return show(!view.node().closed(), view, MALFORMED, Executor.NONE, "the fence in line "
                + view.node().span().first() + " is never closed, so everything up to line " + view.node().span().last()
                + " would be one block; nothing of it is run");
    }

    /** A fence that opens inside of a block shows that the block was meant to end before. */
    private static Optional<Verdict> swallowedFence(CodeView view) {
        boolean markdown = view.language().equals("markdown") || view.language().equals("md");
        boolean marks = view.text().contains("```") || view.text().contains("~~~");
        return show(!markdown && marks && view.lines().stream().anyMatch(l -> FENCE.matcher(l).matches()), view,
                MALFORMED, Executor.NONE, "another fence opens inside of it: the one in line " + view.node().span().first()
                + " was meant to end before, and it is not clear where");
    }

    private static Optional<Verdict> showOnly(CodeView view) {
        return show(view.attributes().get("run").filter("false"::equals).isPresent(), view, REFERENCE, Executor.NONE,
                "the author says run=false: it is only shown");
    }

    private static Optional<Verdict> empty(CodeView view) {
        return show(view.text().isBlank(), view, REFERENCE, Executor.NONE, "there is nothing in it");
    }

    private static Optional<Verdict> admonition(CodeView view) {
        boolean indented = view.node().syntax() == dev.stepmark.runbook.Block.Syntax.INDENTED;
        return show(indented && view.direct() && ADMONITION.matcher(view.leadIn()).matches(), view, REFERENCE,
                Executor.NONE, "the indented body of an admonition, not code");
    }

    private static Optional<Verdict> otherInterface(CodeView view) {
        Executor executor = view.language().equals("promql") ? Executor.PROMQL
                : Languages.POWERSHELL.contains(view.language()) ? Executor.POWERSHELL : Executor.NONE;
        if (executor == Executor.POWERSHELL && !view.text().isBlank()) {
            return Optional.of(Verdict.run(Executor.POWERSHELL, Stripped.none(view.text()), view.label()
                    + ": PowerShell, which Stepmark cannot run yet: by hand"));
        }
        return show(Languages.ELSEWHERE.contains(view.language()), view, QUERY_ELSEWHERE, executor, view.label()
                + ": it belongs into another program, by hand");
    }

    private static Optional<Verdict> example(CodeView view) {
        boolean example = view.direct() && LeadIns.mayAnnounceOutput(view.lastSentence());
        return show(example && !view.isSql() && !view.isCommand(), view, SAMPLE_OUTPUT,
                Executor.NONE, "\"" + view.lastSentence() + "\" stands before it, and it is neither a command nor SQL");
    }

    private static Optional<Verdict> plain(CodeView view) {
        if (!Languages.PLAIN.contains(view.language())) {
            return Optional.empty();
        }
        boolean labelledText = !Languages.UNLABELLED.contains(view.language());
        if (Shapes.isErrorMessage(view.text()) || Shapes.isPrinted(view.text())) {
            return show(true, view, SAMPLE_OUTPUT, Executor.NONE, view.label() + ", and it looks like output");
        }
        if (labelledText) {
            return show(true, view, REFERENCE, Executor.NONE, view.label() + ": shown, not run");
        }
        if (view.isCommand()) {
            return ShellRules.shell(view, Stripped.none(view.text()), view.label() + ", and it begins with the program "
                    + ShellRules.program(view.text()));
        }
        if (SqlRules.isClearlySql(view)) {
            return SqlRules.sql(view, Stripped.none(view.text()), view.label() + ", and it is SQL");
        }
        return show(true, view, MALFORMED, Executor.NONE, view.label()
                + ", and it looks neither like a command nor like SQL: a person decides");
    }
}
