package dev.stepmark.session;

/**
 * Something that a text asks its operator for. It is asked before the text runs.
 *
 * @param name   names the answer: a variable, or {@code password}
 * @param prompt what to show
 * @param secret whether it is typed without echo
 */
public record Ask(String name, String prompt, boolean secret) { }
