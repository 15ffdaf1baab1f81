package dev.stepmark.classify;

import static dev.stepmark.runbook.Role.MALFORMED;
import static dev.stepmark.runbook.Role.REFERENCE;
import static dev.stepmark.runbook.Role.SAMPLE_OUTPUT;

import dev.stepmark.runbook.Executor;
import dev.stepmark.runbook.Role;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Rules about what is shown to be read: comparisons, examples, and what a command above prints (patterns 9 and 20). */
final class ReferenceRules {

    private static final Pattern SAMPLES = Pattern.compile("\\b(sample|example|expected) (output|result|response|session|run)s?\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern EXAMPLES = Pattern.compile("\\W*examples?\\W*", Pattern.CASE_INSENSITIVE);
    private static final Pattern VERSUS = Pattern.compile("(?im)^[ \\t]*(--|#|//)[ \\t]*(instead of.{0,30}|(bad|good|wrong|avoid|"
            + "do not|don'?t|incorrect|correct|unsafe|safe|better|worse)( (do )?(this|example|way|form|practice))?)[ \\t]*[:!.]?[ \\t]*$");
    private static final Pattern AVOID = Pattern.compile("\\W*((instead of|avoid|do not|don'?t( do)?( this)?|never|rather than)\\b"
            + ".{0,60}|(bad|wrong|incorrect|unsafe)( (way|example|form|practice))?\\s*):", Pattern.CASE_INSENSITIVE);

    /** A mark, a word or both that stand alone: "Bad", a crossed-out sign, "Not recommended". */
    private static final Pattern MARKED = Pattern.compile("(?:\\W*|\\s*:[a-z_]+:\\s*)(?:bad|wrong|incorrect|unsafe|avoid|do not( do this)?|don'?t|"
            + "not recommended|anti-?pattern)( (?:way|example|form|practice|alternative))?\\W*|"
            + "\\s*(?:[\u274c\u26d4\u2717\u2718\\x{1F6AB}\\x{1F44E}]|:x:|:no_entry(?:_sign)?:|:thumbsdown:|:-1:).{0,80}", Pattern.CASE_INSENSITIVE);

    private ReferenceRules() {
    }

    /** Pattern 9: everything below a heading such as "Sample output". */
    static Optional<Verdict> sampleSection(CodeView view) {
        return show(SAMPLES.matcher(view.heading()).find(), view, SAMPLE_OUTPUT, "it stands under the heading \"" + view.heading() + "\"");
    }

    /** Pattern 20: comments that set what to avoid against what to do. */
    static Optional<Verdict> comparison(CodeView view) {
        return show(VERSUS.matcher(view.text()).find(), view, REFERENCE,
                "its comments compare what to avoid with what to do: it is there to be read");
    }

    /** Pattern 20: "Instead of:", "Do not:". */
    static Optional<Verdict> avoided(CodeView view) {
        boolean marked = MARKED.matcher(view.leadIn()).matches() || MARKED.matcher(view.lastSentence()).matches();
        if (!view.direct() && MARKED.matcher(view.heading()).matches()) {
            return show(true, view, REFERENCE, "its heading warns of it: \"" + view.heading() + "\"");
        }
        return show(view.direct() && (marked || AVOID.matcher(view.lastSentence()).matches()), view, REFERENCE,
                "the words before it warn of it: \"" + view.lastSentence() + "\"");
    }

    /** Pattern 20: SQL below a heading that says no more than "Example". */
    static Optional<Verdict> exampleSection(CodeView view) {
        boolean sql = Languages.SQL.contains(view.language()) || view.isSql();
        return show(sql && EXAMPLES.matcher(view.heading()).matches() && !LeadIns.orders(view.lastSentence()), view, REFERENCE,
                "it stands under the heading \"" + view.heading() + "\", and no words say to run it");
    }

    /** Pattern 9: SQL right behind a command that opens no session is what the command prints as often as what is typed next. */
    static Optional<Verdict> sqlBehindCommand(CodeView view) {
        boolean behind = view.afterCommand() && !view.direct() && !view.clientOpen()
                && Languages.SQL.contains(view.language()) && view.afterShell() && view.isSql();
        return show(behind, view, MALFORMED,
                "SQL right behind a command of the shell: what it prints, or what comes next, a person decides");
    }

    private static Optional<Verdict> show(boolean applies, CodeView view, Role role, String why) {
        return BlockRules.show(applies, view, role, Executor.NONE, why);
    }

    /** The places that the prompts of a block name: user and host, or nothing for a bare sign. */
    static List<String> places(String text) {
        return text.lines().map(Prompts::place).flatMap(Optional::stream).distinct().toList();
    }
}
