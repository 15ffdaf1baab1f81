package dev.stepmark.doctor;

import java.util.List;
import java.util.concurrent.Callable;

/**
 * Looks at one thing.
 *
 * @param name what it looks at, for the report when it does not answer
 * @param look looks; it may take long, nobody waits for it beyond the limit
 */
public record Probe(String name, Callable<List<Finding>> look) { }
