package dev.stepmark.classify;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One-line titles from the words of a document. */
final class Titles {

    private static final Pattern SENTENCE = Pattern.compile("(?<!\\b(?:e\\.g|i\\.e|etc|vs|approx|No))([.!?])\\s+(?=[A-Z`\"(])");
    private static final Pattern LINK = Pattern.compile(" \\((?:https?:|/|#|\\.|mailto:)[^)\\s]*\\)");
    private static final Pattern TAIL = Pattern.compile("[\\s!:.]+\\z");

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
        String title = TAIL.matcher(LINK.matcher(text).replaceAll("")).replaceFirst("").strip();
        return title.isEmpty() ? text.strip() : title;
    }
}
