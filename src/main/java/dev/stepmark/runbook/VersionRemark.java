package dev.stepmark.runbook;

/**
 * A bound on a version that the words of a document name. It is shown and never evaluated: the words do not say surely
 * enough which program they mean, and whether they mean the installed version or the target.
 *
 * @param line       where it stands
 * @param constraint {@code <0.5}, {@code >=1.14}
 * @param text       the words, or the key of the front matter
 */
public record VersionRemark(int line, String constraint, String text) { }
