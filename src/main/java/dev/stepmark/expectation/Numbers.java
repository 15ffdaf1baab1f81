package dev.stepmark.expectation;

/** Whether plain numbers of an example are taken for values that vary. */
public enum Numbers {
    /** Any number stands for any other; only 0 and not 0 differ, because that is what a reader looks for. */
    VARY,
    /** Numbers must be the same; only times, durations, sizes, ids and numbers of five digits or more vary. */
    EXACT
}
