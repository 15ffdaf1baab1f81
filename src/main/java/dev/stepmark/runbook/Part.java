package dev.stepmark.runbook;

/** A piece of a step's body, in document order: words or a code block. */
public sealed interface Part {

    /** Words. */
    record Words(Prose prose) implements Part { }

    /** A code block, executable or not. */
    record Code(Block block) implements Part { }
}
