package dev.stepmark.classify;

/** What the words before a block say about it (patterns 9 and 27). The sentence next to the block counts. */
final class LeadIns {

    private static final Screened OUTPUT = Screened.of("you (should|will|'ll|can|may|might) (now |then |also )?(see|get|receive)\\b|"
            + "\\b(sample|example|expected|similar|following) (output|result|response)s?\\b|"
            + "\\boutput (is|looks|should|will|similar|of|resembles|shows)\\b|^(the )?(output|result|response)s?( is| are)?\\s*:?$|^symptoms?\\s*:?$|"
            + "\\b(looks?|be|is) (something )?(similar to|like)( this| the following|:)|"
            + "\\b(returns?|prints?|displays?|produces?|outputs?|responds? with)( something like)?( the following| this)?\\b.{0,40}:$|"
            + "\\bresults? (is|are|looks?|should)\\b|\\bthis (should|will) happen\\b|"
            + "\\b(it|this|that|they|which|these|page|screen) (should |will |would |now |then |also )*"
            + "(shows?|yields?|returns?|displays?|prints?|reports?|reflects?|lists?|remains?|looks?)\\b.*:$",
            "see", "get", "receive", "output", "result", "response", "similar to", "like", "return", "print", "display", "produce",
            "respond", "happen", "show", "yield", "report", "reflect", "list", "remain", "look");
    /** "The command should return ...": the sentence leads in to the command as often as to what it prints. */
    private static final Screened RESULT = Screened.of("\\b(should|will|would|must)( now| then| also| only)* (show|yield|return|display|print|"
            + "report|produce|list|see|look|give|output|contain|respond|appear)\\b|\\b(prompt|message|screen|output)\\b.{0,40}:$|"
            + "^(returns?|prints?|shows?|responds?|results?)\\s*:?$",
            "should", "will", "would", "must", "prompt", "message", "screen", "output", "return", "print", "show", "respond", "result");
    private static final Screened WEAK = Screened.of("^(for example|for instance|example|e\\.g\\.?|like this|such as)\\s*[:,]?$|"
            + "\\bfor example:$", "example", "instance", "e.g", "like this", "such as");
    private static final Screened IMPERATIVE = Screened.of("\\b(run|execute|enter|type|issue|invoke|use|using|paste|apply)\\b"
            + ".{0,60}(commands?|statements?|quer(y|ies)|following|below|:)",
            "command", "statement", "quer", "following", "below", ":");
    private static final Screened FILE = Screened.of("\\b(files?|edit|add|append|insert|change|set|replace|update|create|save|"
            + "modify|paste|manifest|configur\\w+|values\\.yaml|section|contents?|lines?)\\b",
            "file", "edit", "add", "append", "insert", "change", "set", "replace", "update", "create", "save", "modify", "paste",
            "manifest", "configur", "values.yaml", "section", "content", "line");
    private static final Screened IGNORED = Screened.of("\\b(safely )?(ignore|ignored|harmless|benign|disregard)\\b|"
            + "\\b(if|when) you (see|get|receive|encounter)\\b.{0,60}\\b(errors?|warnings?|messages?)\\b",
            "ignor", "harmless", "benign", "disregard", "if you", "when you");

    private LeadIns() {
    }

    /** "You should see", "The output is similar to this", and no command in the same sentence. */
    static boolean announcesOutput(String sentence) {
        return OUTPUT.find(sentence) && !IMPERATIVE.find(sentence);
    }

    /** Words about what will be seen, which may stand before the command as well: the content decides. */
    static boolean aboutResult(String sentence) {
        return RESULT.find(sentence) && !IMPERATIVE.find(sentence);
    }

    /** Words that say to run what follows. */
    static boolean orders(String sentence) {
        return IMPERATIVE.find(sentence);
    }

    /** "For example:" may lead in to output as well as to a command: the content decides. */
    static boolean mayAnnounceOutput(String sentence) {
        return WEAK.find(sentence);
    }

    /** Words about a file that a person edits. */
    static boolean speaksOfFile(String sentence) {
        return FILE.find(sentence);
    }

    /** "You can safely ignore these errors". */
    static boolean speaksOfKnownErrors(String leadIn) {
        return IGNORED.find(leadIn);
    }
}
