package dev.stepmark.session.bash;

import dev.stepmark.session.Outcome;
import java.util.List;
import java.util.regex.Pattern;

/** Makes of what the traps recorded what a person is told. */
final class Problems {

    /** A pipe whose verdict the text itself looks at, or says that it does not want. */
    private static final Pattern EXPECTED = Pattern.compile(
            "^\\s*(if|elif|while|until|!)\\s|\\|\\|\\s*(true|:)(\\s|;|$)|(^|[;&|]\\s*)(if|while|until)\\s");

    private Problems() { }

    /** A pipe comes without its text: it is the line of the block. */
    static List<Outcome.Problem> read(List<Outcome.Problem> recorded, String text) {
        if (recorded.isEmpty()) {
            return recorded;
        }
        String[] lines = text.split("\n", -1);
        return recorded.stream().map(problem -> named(problem, lines))
                .filter(problem -> !isPipe(problem) || !EXPECTED.matcher(problem.command()).find()).distinct().toList();
    }

    private static boolean isPipe(Outcome.Problem problem) {
        return problem.status().endsWith("|0");
    }

    private static Outcome.Problem named(Outcome.Problem problem, String[] lines) {
        boolean known = problem.line() >= 1 && problem.line() <= lines.length;
        if (!problem.command().isEmpty() || !known) {
            return problem;
        }
        return new Outcome.Problem(problem.line(), lines[problem.line() - 1].strip(), problem.status());
    }
}
