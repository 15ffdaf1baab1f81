package dev.stepmark.classify;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One-line titles from the words of a document. */
final class Titles {

    private static final Pattern SENTENCE = Pattern.compile("(?<!\\b(?:e\\.g|i\\.e|etc|vs|approx|No))([.!?])\\s+(?=[A-Z`\"(])");
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
        Matcher matcher = SENTENCE.matcher(paragraph);
        int start = 0;
        while (matcher.find()) {
            start = matcher.end();
        }
        return paragraph.substring(start).strip();
    }

    private static int end(String paragraph) {
        Matcher matcher = SENTENCE.matcher(paragraph);
        return matcher.find() ? matcher.end(1) : paragraph.length();
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
