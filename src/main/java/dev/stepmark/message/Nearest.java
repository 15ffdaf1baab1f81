package dev.stepmark.message;

import java.util.Collection;
import java.util.Optional;

/** Finds the known name that a mistyped one was probably meant to be. It is only ever named, never used by itself. */
public final class Nearest {

    /** Names further away than this are no typing errors. */
    public static final int MAX_EDITS = 2;

    private Nearest() {
    }

    /** The nearest of the known names within {@link #MAX_EDITS} edits, the first one when several are as near. */
    public static Optional<String> to(String typed, Collection<String> known) {
        String best = null;
        int bestEdits = MAX_EDITS + 1;
        for (String name : known) {
            int edits = Math.abs(name.length() - typed.length()) > MAX_EDITS ? bestEdits : edits(typed, name);
            if (edits < bestEdits) {
                best = name;
                bestEdits = edits;
            }
        }
        return Optional.ofNullable(best);
    }

    /** How many single characters must be inserted, removed, replaced, or swapped with their neighbour. */
    public static int edits(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                d[i][j] = i == 0 || j == 0 ? i + j : step(d, a, b, i, j);
            }
        }
        return d[a.length()][b.length()];
    }

    private static int step(int[][] d, String a, String b, int i, int j) {
        int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + cost);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, d[i - 2][j - 2] + 1) : least;
    }
}
