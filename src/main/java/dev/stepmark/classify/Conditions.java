package dev.stepmark.classify;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** "If ..." and "(Optional)" at the beginning of a step (pattern 24). */
final class Conditions {

    private static final Pattern IF = start("(only )?(if|in case)\\b");
    private static final Pattern NO_CONDITION = start("if (prompted|asked|you are (prompted|asked))\\b");
    private static final Pattern OPTIONAL = start("[(\\[*_]*optional(ly)?\\b[^a-z]");
    private static final Pattern AS_WANTED = start("if (you )?(need|want|wish|would like|prefer|like|desired|needed|necessary|required)\\b"
            + "(?! to (continue|proceed))");
    private static final Pattern OPTIONAL_MARK = Pattern.compile("[(\\[]\\s*optional\\s*[)\\]]", Pattern.CASE_INSENSITIVE);
    private static final Pattern NONE_FOUND = start("(only )?if (there (are|is|were|was)|there's) (no|not any|none)\\b"
            + "|(only )?if no (\\w+ ){1,4}(exists?|is|are|was|were)\\b");
    private static final Pattern SOME_FOUND = start("(only )?if (there (are|is|were|was)|there's) (any|some|such|one|rows|results|"
            + "conflicts|duplicates)\\b|(only )?if any\\b|(only )?if (it|the (query|check|statement|previous step|command|output|result))"
            + " (above )?(returns?|returned|shows?|showed|finds?|found|lists?|listed) (any|some|one|rows|results|something)\\b");

    private Conditions() {
    }

    /** Whether words begin with a condition or call the step optional. */
    static boolean opens(String words) {
        return conditional(words) || optional(words);
    }

    static boolean conditional(String words) {
        return IF.matcher(words).lookingAt() && !NO_CONDITION.matcher(words).lookingAt();
    }

    static boolean optional(String words) {
        return OPTIONAL.matcher(words + " ").lookingAt() || AS_WANTED.matcher(words).lookingAt() || OPTIONAL_MARK.matcher(words).find();
    }

    /** The words of the condition: up to the comma, "then" or the end of the sentence. */
    static String words(String paragraph) {
        String sentence = Titles.of(paragraph);
        Matcher end = Pattern.compile(",| then\\b|:").matcher(sentence);
        return end.find() ? sentence.substring(0, end.start()).strip() : sentence;
    }

    /**
     * The expression over the result of an earlier query that the words mean: any rows, or none.
     *
     * @param words the words of the condition
     * @param step  the id of the step with the query, for example {@code 6}
     * @return empty when the words are not about rows
     */
    static String expression(String words, String step) {
        if (NONE_FOUND.matcher(words).lookingAt()) {
            return "step_" + step + ".rowCount == 0";
        }
        return SOME_FOUND.matcher(words).lookingAt() ? "step_" + step + ".rowCount > 0" : "";
    }

    private static Pattern start(String regex) {
        return Pattern.compile("\\s*(?:step\\s+\\d+\\s*[.:)-]*\\s*|(?:known issues?|note|tip)\\s*:\\s*)?(" + regex + ")", Pattern.CASE_INSENSITIVE);
    }
}
