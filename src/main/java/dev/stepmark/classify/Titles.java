package dev.stepmark.classify;

import java.util.List;
import java.util.regex.Pattern;

/** One-line titles from the words of a document. */
final class Titles {

    /** Words whose full stop ends no sentence. */
    private static final List<String> ABBREVIATIONS = List.of("e.g", "i.e", "etc", "vs", "approx", "No");
    private static final String BLANKS = " \t\n\u000b\f\r";
    private static final Pattern LINK = Pattern.compile(" \\((?:https?:|/|#|\\.|mailto:)[^)\\s]*\\)");

    private Titles() {
    }

    /** The first sentence, without link targets and without what only leads on ({@code :}, {@code  !}). */
    static String of(String paragraph) {
        String first = paragraph.substring(0, end(paragraph));
        return clean(first.replace('\n', ' '));
    }

    /** What follows the first sentence; empty when the title says it all. */
    static String rest(String paragraph) {
        return paragraph.substring(end(paragraph)).strip();
    }

    /** The last sentence, which is what leads in to the code below. */
    static String last(String paragraph) {
        for (int i = paragraph.length() - 1; i >= 0; i--) {
            if (endsSentence(paragraph, i)) {
                return paragraph.substring(i + 1).strip();
            }
        }
        return paragraph.strip();
    }

    private static int end(String paragraph) {
        for (int i = 0; i < paragraph.length(); i++) {
            if (endsSentence(paragraph, i)) {
                return i + 1;
            }
        }
        return paragraph.length();
    }

    /** Whether a character ends a sentence: a mark, blanks, and then what a sentence begins with. */
    private static boolean endsSentence(String text, int at) {
        char c = text.charAt(at);
        if (c != '.' && c != '!' && c != '?' || numbered(text, at)) {
            return false;
        }
        int next = at + 1;
        while (next < text.length() && BLANKS.indexOf(text.charAt(next)) >= 0) {
            next++;
        }
        return next > at + 1 && next < text.length() && begins(text.charAt(next)) && !abbreviated(text, at);
    }

    /** The full stop of a number that a heading or a paragraph begins with: {@code 1. Update}. */
    private static boolean numbered(String text, int at) {
        return at > 0 && at < 4 && text.substring(0, at).chars().allMatch(Character::isDigit);
    }

    private static boolean begins(char c) {
        return c >= 'A' && c <= 'Z' || c == '`' || c == '"' || c == '(';
    }

    private static boolean abbreviated(String text, int at) {
        for (String word : ABBREVIATIONS) {
            int start = at - word.length();
            boolean whole = start == 0 || start > 0 && text.charAt(start - 1) != '_'
                    && !Character.isLetterOrDigit(text.charAt(start - 1));
            if (whole && text.startsWith(word, start)) {
                return true;
            }
        }
        return false;
    }

    private static String clean(String text) {
        String title = LINK.matcher(text).replaceAll("").strip();
        int end = title.length();
        while (end > 0 && (" !:.".indexOf(title.charAt(end - 1)) >= 0 || Character.isWhitespace(title.charAt(end - 1)))) {
            end--;
        }
        title = title.substring(0, end);
        return title.isEmpty() ? text.strip() : title;
    }
}
