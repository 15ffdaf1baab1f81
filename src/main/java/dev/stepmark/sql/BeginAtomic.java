package dev.stepmark.sql;

import java.util.Arrays;
import java.util.Locale;

/**
 * Notices the body of {@code CREATE FUNCTION ... BEGIN ATOMIC ... END}, whose semicolons do not end the statement. The
 * heuristic is psql's own (psqlscan.l, rule for identifiers): only after CREATE [OR REPLACE] FUNCTION or PROCEDURE,
 * outside parentheses, with CASE counted because it also ends with END.
 */
final class BeginAtomic {

    private static final int HEAD = 4;

    private final char[] head = new char[HEAD];
    private int words;
    private int depth;

    void reset() {
        words = 0;
        depth = 0;
        Arrays.fill(head, '\0');
    }

    boolean open() {
        return depth > 0;
    }

    /** A word outside quotes, with the depth of parentheses around it. */
    void word(String word, int parentheses) {
        String lower = word.toLowerCase(Locale.ROOT);
        if (words < HEAD) {
            head[words] = switch (lower) {
                case "create", "function", "procedure", "or", "replace" -> lower.charAt(0);
                default -> '\0';
            };
        }
        words++;
        if (!createsRoutine() || parentheses > 0) {
            return;
        }
        switch (lower) {
            case "begin" -> depth++;
            case "case" -> depth += depth > 0 ? 1 : 0;
            case "end" -> depth -= depth > 0 ? 1 : 0;
            default -> { }
        }
    }

    private boolean createsRoutine() {
        if (head[0] != 'c') {
            return false;
        }
        char kind = head[1] == 'o' && head[2] == 'r' ? head[3] : head[1];
        return kind == 'f' || kind == 'p';
    }
}
