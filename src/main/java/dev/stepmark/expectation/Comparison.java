package dev.stepmark.expectation;

import dev.stepmark.runbook.ExpectedOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a document shows, compared with what came out. Blank lines, colours and the widths of tables do not count;
 * elision stands for any lines or any text, a placeholder for any text, and values that vary for each other
 * ({@link Numbers}). Everything else must be there, in its order, and nothing besides it.
 *
 * @param verdict     the result
 * @param differences the first of them, at most {@link #SHOWN}; empty unless the verdict is DIFFERS
 * @param more        how many more there are
 * @param reason      why nothing was compared, or what differs as a whole; empty when the lines say it
 */
public record Comparison(Verdict verdict, List<Difference> differences, int more, String reason) {

    /** Differences that are kept. */
    public static final int SHOWN = 3;
    /** The longest text of a document that is compared, in lines. */
    public static final int MAX_EXPECTED = 1_000;
    /** The longest output that is compared, in lines. */
    public static final int MAX_ACTUAL = 20_000;

    /** The result of a comparison. */
    public enum Verdict { MATCHED, DIFFERS, NOT_COMPARED }

    /**
     * A place where the two differ.
     *
     * @param line     line of the document's text, from 1; for a line that only came out, the one it stands behind, or 0
     * @param expected what the document shows there; empty when it shows nothing
     * @param actual   what came out; empty when nothing did
     */
    public record Difference(int line, Optional<String> expected, Optional<String> actual) { }

    static final Comparison MATCHED = new Comparison(Verdict.MATCHED, List.of(), 0, "");

    public Comparison {
        differences = List.copyOf(differences);
    }

    /** Whether the output is what the document shows. */
    public boolean matched() {
        return verdict == Verdict.MATCHED;
    }

    /** Compares as the document wants it. */
    public static Comparison of(ExpectedOutput expected, String actual, Numbers numbers) {
        return switch (expected.kind()) {
            case OUTPUT -> of(expected.text(), actual, numbers);
            case EXAMPLE -> example(expected.text(), actual);
            case SIMILAR -> similar(expected.text(), actual, expected.percent());
            case PATTERN -> pattern(expected.text(), actual);
        };
    }

    /** Compares line by line. */
    public static Comparison of(String expected, String actual, Numbers numbers) {
        List<ExpectedLine> lines = ExpectedLine.of(expected, numbers);
        List<ActualLine> came = ActualLine.of(actual, numbers);
        if (lines.size() > MAX_EXPECTED || came.size() > MAX_ACTUAL) {
            return notCompared("the output is too long to be compared");
        }
        return Lines.match(lines, came) ? MATCHED : Lines.differences(lines, came);
    }

    /**
     * Compares with an example: an output of the same kind, about other things. A table must have the same columns,
     * any other output some of the words.
     */
    public static Comparison example(String expected, String actual) {
        Comparison exact = of(expected, actual, Numbers.VARY);
        if (exact.verdict() != Verdict.DIFFERS) {
            return exact;
        }
        Optional<Integer> head = TableHead.in(ExpectedLine.of(expected, Numbers.VARY));
        if (head.isPresent()) {
            return TableHead.has(expected, head.get(), actual) ? MATCHED : exact.because("the columns are others");
        }
        return similar(expected, actual, SOME);
    }

    /** Compares the words: so many percent of them must be the same, in the same order. */
    public static Comparison similar(String expected, String actual, int percent) {
        int same = Similarity.percent(expected, actual);
        if (same < 0) {
            return notCompared("the output is too long to be compared");
        }
        if (same >= percent) {
            return MATCHED;
        }
        Comparison lines = of(expected, actual, Numbers.VARY);
        return new Comparison(Verdict.DIFFERS, lines.differences(), lines.more(), same + " percent of the words are the"
                + " same, " + percent + " are wanted");
    }

    /** Looks for a regular expression in the output. */
    public static Comparison pattern(String regex, String actual) {
        return BoundedRegex.find(regex, actual).map(found -> found ? MATCHED : new Comparison(Verdict.DIFFERS, List.of(),
                0, "nothing in it matches " + regex)).orElseGet(() -> notCompared("the pattern cannot be looked for: " + regex));
    }

    /** Words of an example that must be there. */
    private static final int SOME = 30;

    static Comparison differs(List<Difference> all) {
        List<Difference> first = new ArrayList<>(all.subList(0, Math.min(SHOWN, all.size())));
        return new Comparison(Verdict.DIFFERS, first, all.size() - first.size(), "");
    }

    static Comparison notCompared(String why) {
        return new Comparison(Verdict.NOT_COMPARED, List.of(), 0, why);
    }

    private Comparison because(String why) {
        return new Comparison(verdict, differences, more, why);
    }
}
