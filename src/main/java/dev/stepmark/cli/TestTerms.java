package dev.stepmark.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * What holds for all documents of one test.
 *
 * @param sealed    whether there is a sandbox
 * @param unsealed  why there is none, or empty
 * @param shell     whether commands may be run without one
 * @param directory what commands work in a copy of; null for the document's own directory
 * @param setup     a runbook that prepares what documents expect; null for none
 * @param version   the installed version, or empty
 * @param set       values of the command line
 * @param vars      values of files
 * @param answers   answers by id
 * @param skip      steps to leave out
 * @param limit     how long one document may take
 * @param binaries  where programs of servers are kept while the test lasts
 */
record TestTerms(boolean sealed, String unsealed, boolean shell, Path directory, Path setup, String version,
        Map<String, String> set, Map<String, String> vars, Map<String, String> answers, Set<String> skip, Duration limit,
        Path binaries) { }
