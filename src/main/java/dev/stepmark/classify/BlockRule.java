package dev.stepmark.classify;

import java.util.Optional;
import java.util.function.Function;

/**
 * One reason to take a block for something.
 *
 * @param name     in lower case with hyphens, for messages and tests
 * @param patterns the numbers of the patterns in the study of 2,821 procedures that it serves; 0 for none
 * @param decide   the decision, or empty when the rule does not apply
 */
record BlockRule(String name, String patterns, Function<CodeView, Optional<Verdict>> decide) { }
