package dev.stepmark.runbook;

/**
 * A step whose words send the reader to another document ("First follow the backup guide"), or take it in.
 *
 * @param step id of the step
 * @param path the other document, as written
 */
public record Include(String step, String path) { }
