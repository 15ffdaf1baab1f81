package dev.stepmark.expectation;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The line of a table that names its columns. */
final class TableHead {

    private static final Pattern RULER = Pattern.compile("\\s*[-+|]*-{2,}[-+| ]*");
    /** {@code NAME   READY   STATUS}: columns in capitals, far apart. */
    private static final Pattern CAPITALS = Pattern.compile("\\s*[A-Z][A-Z0-9_()%/-]*( [A-Z0-9_()%/-]+)*"
            + "((\\s{2,}|\\t)[A-Z][A-Z0-9_()%/-]*( [A-Z0-9_()%/-]+)*)+\\s*");

    private TableHead() { }

    /** Index of the line among these, when the text is a table. */
    static Optional<Integer> in(List<ExpectedLine> lines) {
        for (int i = 0; i < lines.size(); i++) {
            String text = lines.get(i).text();
            boolean ruled = i + 1 < lines.size() && RULER.matcher(lines.get(i + 1).text()).matches()
                    && !RULER.matcher(text).matches();
            if (ruled || i == 0 && text.length() < 1_000 && CAPITALS.matcher(text).matches()) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    /** Whether a line of the output names the same columns. */
    static boolean has(String expected, int head, String actual) {
        ExpectedLine line = ExpectedLine.of(expected, Numbers.VARY).get(head);
        return ActualLine.of(actual, Numbers.VARY).stream().anyMatch(line::matches);
    }
}
