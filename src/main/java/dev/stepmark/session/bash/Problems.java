package dev.stepmark.session.bash;

import dev.stepmark.session.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Makes of what the traps saw what a person is told. */
final class Problems {

    /** A pipe whose verdict the text itself looks at, or says that it does not want. */
    private static final Pattern EXPECTED = Pattern.compile(
            "^\\s*!\\s|\\|\\|\\s*(true|:)(\\s|;|$)|(^|[;&|]|\\b(then|do|else))\\s*(if|elif|while|until)\\s");
    private static final Pattern CONTINUED = Pattern.compile("(\\\\|\\||&&)$");

    private final String[] lines;
    private final List<Outcome.Problem> problems = new ArrayList<>();

    private Problems(String text) {
        this.lines = text.split("\n", -1);
    }

    /** The problems of a block with this text, in order, each once. */
    static List<Outcome.Problem> read(List<Failure> failures, String text) {
        if (failures.isEmpty()) {
            return List.of();
        }
        Problems problems = new Problems(text);
        failures.forEach(problems::add);
        return problems.problems.stream().distinct().toList();
    }

    private void add(Failure failure) {
        Optional<Line> line = line(failure.line());
        boolean matches = line.isPresent() && endsWith(line.get().text(), failure.command());
        if (failure.pipe() && failure.perhapsToldBefore() && (failure.inFunction() || !matches)) {
            return;
        }
        if (failure.pipe() && !failure.inFunction() && line.isPresent()) {
            if (!matches || !EXPECTED.matcher(line.get().text()).find()) {
                problems.add(new Outcome.Problem(line.get().number(), line.get().text(), failure.status()));
            }
            return;
        }
        int number = line.map(Line::number).orElse(0);
        // The failure of a command inside a function or a subshell is that of its caller again.
        boolean again = !problems.isEmpty() && problems.get(problems.size() - 1).line() == number
                && problems.get(problems.size() - 1).status().equals(failure.status());
        if (!again) {
            problems.add(new Outcome.Problem(number, failure.command(), failure.status()));
        }
    }

    /** Whether the last member of the line's pipe begins with the command's first word. */
    private static boolean endsWith(String line, String command) {
        String pipe = line.split("\\|\\||&&|;")[0];
        int bar = pipe.lastIndexOf('|');
        String word = command.split("\\s", 2)[0];
        return bar >= 0 && !word.isEmpty() && line.substring(bar + 1).strip().startsWith(word);
    }

    private record Line(int number, String text) { }

    /** The line with those that it continues and that continue it. */
    private Optional<Line> line(int number) {
        if (number < 1 || number > lines.length) {
            return Optional.empty();
        }
        int first = number - 1;
        while (first > 0 && CONTINUED.matcher(lines[first - 1].stripTrailing()).find()) {
            first--;
        }
        StringBuilder text = new StringBuilder();
        int at = first;
        boolean more = true;
        while (more && at < lines.length) {
            String line = lines[at++].strip();
            more = CONTINUED.matcher(line).find();
            String whole = line.endsWith("\\") ? line.substring(0, line.length() - 1).strip() : line;
            text.append(text.length() > 0 ? " " : "").append(whole);
        }
        return Optional.of(new Line(first + 1, text.toString()));
    }
}
