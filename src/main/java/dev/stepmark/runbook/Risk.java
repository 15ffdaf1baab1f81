package dev.stepmark.runbook;

/** How much a statement or command can do, from least to most; UNKNOWN ranks below DESTRUCTIVE only. */
public enum Risk {
    /** Changes nothing. Only this may be run by Enter alone. */
    READ_ONLY("read-only"),
    /** Changes data or files. */
    WRITE("write"),
    /** Changes the definition of objects. */
    SCHEMA_CHANGE("schema-change"),
    /** Not known to be harmless: treated like a write, and never run on Enter. */
    UNKNOWN("unknown"),
    /** Removes data or objects, or cannot be taken back. Needs a typed phrase. */
    DESTRUCTIVE("destructive");

    private final String word;

    Risk(String word) {
        this.word = word;
    }

    /** The word that people and the JSON plan see. */
    public String word() {
        return word;
    }

    /** The greater of the two. */
    public Risk max(Risk other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
