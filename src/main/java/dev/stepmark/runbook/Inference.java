package dev.stepmark.runbook;

/**
 * Something the document does not say and Stepmark concluded. It is shown with its reason and must be confirmed once:
 * it withholds the capital letter of a prompt, and without a terminal it needs its own answer.
 *
 * @param id     the answer id ({@code [A-Za-z0-9._-]+}), for example {@code step-3.as-shell}
 * @param text   the conclusion as a yes/no question, for example {@code Run step 3 in the shell?}
 * @param reason why, as whole sentences
 */
public record Inference(String id, String text, String reason) { }
