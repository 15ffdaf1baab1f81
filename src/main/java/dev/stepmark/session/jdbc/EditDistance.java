package dev.stepmark.session.jdbc;

import java.util.List;
import java.util.Optional;

/** Finds the known name that was probably meant. */
final class EditDistance {

    private EditDistance() { }

    /** The known name with the fewest edits, at most so many; the first of equals; never the word itself. */
    static Optional<String> nearest(String word, List<String> known, int edits) {
        String best = null;
        int least = edits + 1;
        for (String name : known) {
            int distance = between(word, name);
            if (distance > 0 && distance < least) {
                least = distance;
                best = name;
            }
        }
        return Optional.ofNullable(best);
    }

    private static int between(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
