package dev.stepmark.cli;

import java.io.InputStream;
import java.io.PrintStream;

/**
 * The process's streams; only this package touches them.
 *
 * @param in       standard input
 * @param out      what a command is for: plans, lists, JSON
 * @param err      messages, and everything a run without a terminal says
 * @param terminal whether a person is at standard input and output
 */
public record Io(InputStream in, PrintStream out, PrintStream err, boolean terminal) { }
