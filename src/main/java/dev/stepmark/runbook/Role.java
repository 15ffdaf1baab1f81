package dev.stepmark.runbook;

/** What a code block is for. Only EXECUTE and MIXED are ever run. */
public enum Role {
    /** Commands to be run. */
    EXECUTE("execute"),
    /** Commands and their output in one block: the commands are run, the output is what to expect. */
    MIXED("mixed"),
    /** What the reader will see. */
    SAMPLE_OUTPUT("sample_output"),
    /** To be pasted into another program's interface. */
    QUERY_ELSEWHERE("query_elsewhere"),
    /** Part of a file that a person edits. */
    FILE_FRAGMENT("file_fragment"),
    /** Shown for explanation. */
    REFERENCE("reference"),
    /** The document is broken or unclear here: a person decides, nothing is run. */
    MALFORMED("malformed");

    private final String word;

    Role(String word) {
        this.word = word;
    }

    /** The word in the JSON plan. */
    public String word() {
        return word;
    }

    /** Whether a block of this role has something to run. */
    public boolean executable() {
        return this == EXECUTE || this == MIXED;
    }
}
