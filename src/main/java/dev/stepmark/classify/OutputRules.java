package dev.stepmark.classify;

import static dev.stepmark.runbook.Role.SAMPLE_OUTPUT;

import dev.stepmark.runbook.Executor;
import dev.stepmark.runbook.Role;
import dev.stepmark.runbook.Step;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Rules that take a block for something a program prints (patterns 9, 10 and 11). None of them ever runs anything. */
final class OutputRules {

    private static final Pattern FOLDED = Pattern.compile("(!!!|\\?\\?\\?\\+?|:::)[\\s\\S]*\\b(output|result|response)s?\\b[\\s\\S]*",
            Pattern.CASE_INSENSITIVE);

    private OutputRules() {
    }

    /** Pattern 29: an error message that the text speaks of. */
    static Optional<Verdict> knownError(CodeView view) {
        boolean expected = view.section() == Step.Section.TROUBLESHOOTING || LeadIns.speaksOfKnownErrors(view.leadIn());
        return output(expected && Shapes.isErrorMessage(view.text()), view,
                "an error message that the text speaks of, not a command");
    }

    /** Pattern 9: "You should see ...". */
    static Optional<Verdict> announced(CodeView view) {
        if (!view.direct()) {
            return Optional.empty();
        }
        boolean announced = LeadIns.announcesOutput(view.lastSentence());
        boolean weakly = LeadIns.aboutResult(view.lastSentence()) && !view.isCommand() && !SqlRules.isClearlySql(view) && !view.hasPrompt();
        return output(announced || weakly, view, "the words before it announce output: \"" + view.lastSentence() + "\"");
    }

    /** Pattern 9 in the form of an admonition that unfolds: {@code ??? example "Expected output"}. */
    static Optional<Verdict> folded(CodeView view) {
        return output(view.direct() && FOLDED.matcher(view.leadIn()).matches(), view,
                "it is folded away under a title that announces output");
    }

    /** Pattern 9: the fence says so itself. */
    static Optional<Verdict> labelled(CodeView view) {
        return output(Languages.OUTPUT.contains(view.language()), view, view.label() + ": output");
    }

    /** Pattern 10: the prompt that a reader will see next, with nothing typed behind it. */
    static Optional<Verdict> promptAlone(CodeView view) {
        return output(OutputShapes.arePromptsOnly(OutputShapes.filled(view.lines())), view,
                "a prompt with nothing behind it: what is seen, not what is typed");
    }

    /** Pattern 10: what a client says when it starts; behind a prompt only when the author put one before it. */
    static Optional<Verdict> banner(CodeView view) {
        String first = Shapes.firstLine(view.text()).replaceFirst("^\\$ ", "");
        boolean typed = Prompts.psql(view.text()).map(b -> !b.text().isBlank()).orElse(false);
        return output(OutputShapes.isBanner(first) && !typed, view, "it begins with what a client says when it starts");
    }

    /** Pattern 10: answers of redis-cli. */
    static Optional<Verdict> redisReply(CodeView view) {
        return output(OutputShapes.areRedisReplies(OutputShapes.filled(view.lines())), view,
                "answers as redis-cli prints them");
    }

    /** Patterns 9 and 10: right behind a command, no words between, and no command itself. */
    static Optional<Verdict> afterCommand(CodeView view) {
        boolean behind = view.afterCommand() && !view.direct() && openLabel(view) && !SqlRules.isClearlySql(view)
                && !view.hasPrompt() && view.noCommands() && !shellLike(view);
        boolean plain = Languages.PLAIN.contains(view.language());
        if (!behind || plain || looked(view).stream().anyMatch(OutputRules::noProgram)) {
            return output(behind, view, "it follows a command without a word between them, and is none itself");
        }
        return BlockRules.show(!view.knownProgram(), view, Role.MALFORMED, Executor.NONE, "it follows a command without a word"
                + " between them, and its program is not known: what it prints, or what comes next, a person decides");
    }

    /** Pattern 10: output in a fence that promises commands, told by its shape. */
    static Optional<Verdict> printed(CodeView view) {
        if (!openLabel(view) || SqlRules.isClearlySql(view) || view.hasPrompt()) {
            return Optional.empty();
        }
        List<String> lines = looked(view);
        long shaped = lines.stream().filter(OutputShapes::isPrinted).count();
        boolean first = !lines.isEmpty() && OutputShapes.isPrinted(lines.get(0));
        if (lines.size() == 1 && OutputShapes.isSentence(lines.get(0)) && !lines.get(0).matches(".*[.:!?]")) {
            return Optional.empty(); // a line that begins like a sentence may be one of a person
        }
        boolean enough = shaped * 3 >= lines.size() || first && shaped * 6 >= lines.size();
        return output(shaped > 0 && enough && view.noCommands(), view, view.label()
                + ", but no line is a command, and it looks like what a program prints");
    }

    /** Pattern 6: several lines without a label, as a program logs them, after the document has had commands. */
    static Optional<Verdict> logged(CodeView view) {
        List<String> lines = looked(view);
        boolean plain = Languages.PLAIN.contains(view.language()) && lines.size() > 2 && !SqlRules.isClearlySql(view) && !view.hasPrompt();
        if (!plain || !view.noCommands() || shellLike(view)) {
            return Optional.empty();
        }
        long hints = lines.stream().filter(l -> OutputShapes.isPrinted(l) || OutputShapes.isLogged(l)).count();
        return output(hints * 5 >= lines.size(), view, view.label() + ", and its lines read like a log: none is a command");
    }

    private static Optional<Verdict> output(boolean applies, CodeView view, String why) {
        return BlockRules.show(applies, view, (Role) SAMPLE_OUTPUT, Executor.NONE, why);
    }

    private static boolean openLabel(CodeView view) {
        return Languages.SHELL.contains(view.language()) || Languages.PLAIN.contains(view.language());
    }

    private static List<String> looked(CodeView view) {
        return OutputShapes.filled(view.lines()).stream().limit(CodeView.LOOKED_AT).toList();
    }

    /** A line that begins like no program. */
    private static boolean noProgram(String line) {
        return !line.matches("(?s)(\\./|[a-z])[\\w./-]*(\\s.*)?") || OutputShapes.isPrinted(line);
    }

    /** Options, pipes, variables and continued lines: programs print them rarely, people type them often. */
    private static boolean shellLike(CodeView view) {
        return looked(view).stream().anyMatch(l -> l.matches("(?s).*(\\s--?[a-z][\\w-]*(=|\\s|$)|\\\\$|\\s\\|\\s*\\w|\\$\\{?[A-Za-z_]|&&).*")
                && !OutputShapes.isPrinted(l));
    }
}
