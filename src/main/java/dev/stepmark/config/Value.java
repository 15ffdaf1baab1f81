package dev.stepmark.config;

/**
 * A value that holds.
 *
 * @param key    what it is for
 * @param text   the value; empty for none
 * @param source where it comes from
 */
public record Value(Key key, String text, Source source) { }
