package dev.stepmark.journal;

/** Where a statement, a block or a step stands: always derived from events, never stored. */
public enum StepState {
    /** To do. */
    PENDING,
    /** A condition or a gate says that it does not apply. */
    NOT_APPLICABLE,
    /** It was started by the process that writes the run now, and has not ended. */
    RUNNING,
    /** Done: it ran without a problem, its failure was accepted, or a person did it. */
    DONE,
    /** Done inside a transaction that is still open. */
    PROVISIONAL,
    /** Done inside a transaction that was rolled back: it did nothing. */
    ROLLED_BACK,
    /** Left out by the operator. */
    SKIPPED,
    /** It ran and did not succeed. */
    FAILED,
    /** It was started and nobody knows how it ended. It never runs again by itself. */
    IN_DOUBT,
    /** Done, or found not to apply, and something it depends on ran again later; only the plan and the log together tell. */
    STALE
}
