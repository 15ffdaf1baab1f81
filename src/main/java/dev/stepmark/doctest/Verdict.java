package dev.stepmark.doctest;

/** What became of a step or a document, from good to bad. */
public enum Verdict {
    /** It ran without a problem, and what came out is what the document shows. */
    OK("ok"),
    /** A person does it: nothing was tested. */
    BY_HAND("by hand"),
    /** The document leaves it out: it is optional, or does not apply. */
    SKIPPED("skipped"),
    /** It did not come to it. */
    NOT_RUN("not run"),
    /** It ran, and the document shows something else. */
    DIFFERS("differs"),
    /** It did not succeed. */
    FAILED("FAILED");

    private final String word;

    Verdict(String word) {
        this.word = word;
    }

    /** The word for people. */
    public String word() {
        return word;
    }

    /** Whether a test that ends like this has failed. */
    public boolean bad() {
        return this == DIFFERS || this == FAILED;
    }
}
