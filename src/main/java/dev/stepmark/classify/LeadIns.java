package dev.stepmark.classify;

import java.util.regex.Pattern;

/** What the words before a block say about it (patterns 9 and 27). The sentence next to the block counts. */
final class LeadIns {

    private static final Pattern OUTPUT = pattern("you (should|will|'ll|can|may|might) (now |then |also )?(see|get|receive)\\b|"
            + "\\b(sample|example|expected|similar|following) (output|result|response)s?\\b|"
            + "\\boutput (is|looks|should|will|similar|of|resembles|shows)\\b|^(the )?(output|result|response)s?( is| are)?\\s*:?$|"
            + "\\b(looks?|be|is) (something )?(similar to|like)( this| the following|:)|"
            + "\\b(returns?|prints?|displays?|produces?|outputs?|responds? with)( something like)?( the following| this)?\\b.{0,40}:$|"
            + "\\bresults? (is|are|looks?|should)\\b|\\bthis (should|will) happen\\b|"
            + "\\b(it|this|that|they|which|these|page|screen) (should |will |would |now |then |also )*"
            + "(shows?|yields?|returns?|displays?|prints?|reports?|reflects?|lists?|remains?|looks?)\\b.*:$");
    /** "The command should return ...": the sentence leads in to the command as often as to what it prints. */
    private static final Pattern RESULT = pattern("\\b(should|will|would|must)( now| then| also| only)* (show|yield|return|display|print|"
            + "report|produce|list|see|look|give|output|contain|respond|appear)\\b|\\b(prompt|message|screen|output)\\b.{0,40}:$|"
            + "^(returns?|prints?|shows?|responds?|results?)\\s*:?$");
    private static final Pattern WEAK = pattern("^(for example|for instance|example|e\\.g\\.?|like this|such as)\\s*[:,]?$|"
            + "\\bfor example:$");
    private static final Pattern IMPERATIVE = pattern("\\b(run|execute|enter|type|issue|invoke|use|using|paste|apply)\\b"
            + ".{0,60}(commands?|statements?|quer(y|ies)|following|below|:)");
    private static final Pattern FILE = pattern("\\b(files?|edit|add|append|insert|change|set|replace|update|create|save|"
            + "modify|paste|manifest|configur\\w+|values\\.yaml|section|contents?|lines?)\\b");
    private static final Pattern IGNORED = pattern("\\b(safely )?(ignore|ignored|harmless|benign|disregard)\\b|"
            + "\\b(if|when) you (see|get|receive|encounter)\\b.{0,60}\\b(errors?|warnings?|messages?)\\b");

    private LeadIns() {
    }

    /** "You should see", "The output is similar to this", and no command in the same sentence. */
    static boolean announcesOutput(String sentence) {
        return OUTPUT.matcher(sentence).find() && !IMPERATIVE.matcher(sentence).find();
    }

    /** Words about what will be seen, which may stand before the command as well: the content decides. */
    static boolean aboutResult(String sentence) {
        return RESULT.matcher(sentence).find() && !IMPERATIVE.matcher(sentence).find();
    }

    /** Words that say to run what follows. */
    static boolean orders(String sentence) {
        return IMPERATIVE.matcher(sentence).find();
    }

    /** "For example:" may lead in to output as well as to a command: the content decides. */
    static boolean mayAnnounceOutput(String sentence) {
        return WEAK.matcher(sentence).find();
    }

    /** Words about a file that a person edits. */
    static boolean speaksOfFile(String sentence) {
        return FILE.matcher(sentence).find();
    }

    /** "You can safely ignore these errors". */
    static boolean speaksOfKnownErrors(String leadIn) {
        return IGNORED.matcher(leadIn).find();
    }

    private static Pattern pattern(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
    }
}
