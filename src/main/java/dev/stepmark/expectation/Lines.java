package dev.stepmark.expectation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists of lines: whether they are the same, and where they are not. */
final class Lines {

    /** Beyond this many pairs of lines, differences are only looked for in order, without moving one against the other. */
    private static final long MAX_PAIRS = 400_000;

    private Lines() { }

    /** Parts between elided lines are looked for one after the other, each as early as it is found. */
    static boolean match(List<ExpectedLine> expected, List<ActualLine> actual) {
        List<List<ExpectedLine>> parts = parts(expected);
        List<ExpectedLine> first = parts.get(0);
        List<ExpectedLine> last = parts.get(parts.size() - 1);
        if (parts.size() == 1) {
            return first.size() == actual.size() && at(first, actual, 0);
        }
        if (first.size() + last.size() > actual.size() || !at(first, actual, 0)
                || !at(last, actual, actual.size() - last.size())) {
            return false;
        }
        int from = first.size();
        int end = actual.size() - last.size();
        for (List<ExpectedLine> part : parts.subList(1, parts.size() - 1)) {
            while (from + part.size() <= end && !at(part, actual, from)) {
                from++;
            }
            if (from + part.size() > end) {
                return false;
            }
            from += part.size();
        }
        return true;
    }

    private static List<List<ExpectedLine>> parts(List<ExpectedLine> lines) {
        List<List<ExpectedLine>> parts = new ArrayList<>(List.of(new ArrayList<>()));
        for (ExpectedLine line : lines) {
            if (line.elided()) {
                parts.add(new ArrayList<>());
            } else {
                parts.get(parts.size() - 1).add(line);
            }
        }
        return parts;
    }

    private static boolean at(List<ExpectedLine> part, List<ActualLine> actual, int from) {
        for (int i = 0; i < part.size(); i++) {
            if (!part.get(i).matches(actual.get(from + i))) {
                return false;
            }
        }
        return true;
    }

    /** What only one of them has; lines that stand for each other are named together. */
    static Comparison differences(List<ExpectedLine> expected, List<ActualLine> actual) {
        int[] partner = (long) expected.size() * actual.size() > MAX_PAIRS ? inOrder(expected, actual)
                : longest(expected, actual);
        List<Comparison.Difference> out = new ArrayList<>();
        int next = 0;
        List<ExpectedLine> missing = new ArrayList<>();
        boolean elided = false;
        int behind = 0;
        for (int i = 0; i <= expected.size(); i++) {
            boolean end = i == expected.size();
            if (!end && expected.get(i).elided()) {
                elided = true;
            } else if (!end && partner[i] < 0) {
                missing.add(expected.get(i));
            } else {
                int to = end ? actual.size() : partner[i];
                gap(out, missing, elided ? List.of() : actual.subList(next, to), behind);
                behind = end ? behind : expected.get(i).number();
                missing.clear();
                elided = false;
                next = to + 1;
            }
        }
        return out.isEmpty() ? Comparison.MATCHED : Comparison.differs(out);
    }

    private static void gap(List<Comparison.Difference> out, List<ExpectedLine> missing, List<ActualLine> extra, int behind) {
        for (int i = 0; i < Math.max(missing.size(), extra.size()); i++) {
            Optional<ExpectedLine> line = i < missing.size() ? Optional.of(missing.get(i)) : Optional.empty();
            out.add(new Comparison.Difference(line.map(ExpectedLine::number).orElse(missing.isEmpty() ? behind
                    : missing.get(missing.size() - 1).number()), line.map(ExpectedLine::text),
                    i < extra.size() ? Optional.of(extra.get(i).text()) : Optional.empty()));
        }
    }

    /** For each line of the document the line that stands for it, or -1: as many as can be, in order. */
    private static int[] longest(List<ExpectedLine> expected, List<ActualLine> actual) {
        int[][] length = new int[expected.size() + 1][actual.size() + 1];
        boolean[][] same = new boolean[expected.size()][actual.size()];
        for (int i = expected.size() - 1; i >= 0; i--) {
            for (int j = actual.size() - 1; j >= 0; j--) {
                same[i][j] = !expected.get(i).elided() && expected.get(i).matches(actual.get(j));
                length[i][j] = same[i][j] ? length[i + 1][j + 1] + 1 : Math.max(length[i + 1][j], length[i][j + 1]);
            }
        }
        int[] partner = new int[expected.size()];
        int j = 0;
        for (int i = 0; i < expected.size(); i++) {
            partner[i] = -1;
            while (j < actual.size() && !same[i][j] && length[i][j] == length[i][j + 1] && length[i + 1][j] < length[i][j]) {
                j++;
            }
            if (j < actual.size() && same[i][j] && length[i][j] == length[i + 1][j + 1] + 1) {
                partner[i] = j++;
            }
        }
        return partner;
    }

    private static int[] inOrder(List<ExpectedLine> expected, List<ActualLine> actual) {
        int[] partner = new int[expected.size()];
        int from = 0;
        for (int i = 0; i < expected.size(); i++) {
            int j = from;
            while (j < actual.size() && (expected.get(i).elided() || !expected.get(i).matches(actual.get(j)))) {
                j++;
            }
            partner[i] = expected.get(i).elided() || j == actual.size() ? -1 : j;
            from = partner[i] < 0 ? from : j + 1;
        }
        return partner;
    }
}
