package dev.stepmark.classify;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pattern that is searched only in texts that hold one of the fragments without which it cannot match. Most sentences hold
 * none; looking for a few words costs a small part of what trying all branches at each character does, and half of what a
 * cold start did was that.
 */
final class Screened {

    private final Pattern pattern;
    private final List<String> fragments;

    private Screened(Pattern pattern, List<String> fragments) {
        this.pattern = pattern;
        this.fragments = fragments;
    }

    /**
     * A pattern that ignores case.
     *
     * @param fragments in lower case: each text that the pattern matches holds at least one, in any case
     */
    static Screened of(String regex, String... fragments) {
        return new Screened(Pattern.compile(regex, Pattern.CASE_INSENSITIVE), List.of(fragments));
    }

    /** Whether the pattern matches somewhere in the text. */
    boolean find(String text) {
        return possible(text) && pattern.matcher(text).find();
    }

    /** The matcher for going through all places; for a text without a fragment, over nothing. */
    Matcher matcher(String text) {
        return pattern.matcher(possible(text) ? text : "");
    }

    /** The pattern without the screen. */
    Pattern pattern() {
        return pattern;
    }

    private boolean possible(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        for (String fragment : fragments) {
            if (lower.contains(fragment)) {
                return true;
            }
        }
        return false;
    }
}
