package dev.stepmark.expectation;

import java.util.Arrays;
import java.util.List;

/** How much two texts have in common: words that are the same, in the same order, of all words of both. */
final class Similarity {

    /** Words of a text that are looked at. */
    private static final int MAX_WORDS = 2_000;

    private Similarity() { }

    /** From 0 to 100, or -1 when a text is too long. */
    static int percent(String expected, String actual) {
        List<String> left = words(ExpectedLine.of(expected, Numbers.VARY).stream().filter(l -> !l.elided())
                .map(l -> Normal.of(Wildcards.holes(l.text()), Numbers.VARY)).toList());
        List<String> right = words(ActualLine.of(actual, Numbers.VARY).stream().map(ActualLine::normal).toList());
        if (left.size() > MAX_WORDS || right.size() > MAX_WORDS) {
            return -1;
        }
        int all = left.size() + right.size();
        return all == 0 ? 100 : 200 * common(left, right) / all;
    }

    private static List<String> words(List<String> lines) {
        return lines.stream().flatMap(l -> Arrays.stream(l.split("[ |]+"))).filter(w -> !w.isEmpty())
                .limit(MAX_WORDS + 1L).toList();
    }

    private static int common(List<String> left, List<String> right) {
        int[] before = new int[right.size() + 1];
        for (String word : left) {
            int[] now = new int[right.size() + 1];
            boolean hole = word.indexOf(Normal.ANY) >= 0;
            Glob glob = hole ? new Glob(word) : null;
            for (int j = 0; j < right.size(); j++) {
                boolean same = hole ? glob.matches(right.get(j)) : word.equals(right.get(j));
                now[j + 1] = same ? before[j] + 1 : Math.max(before[j + 1], now[j]);
            }
            before = now;
        }
        return before[right.size()];
    }
}
