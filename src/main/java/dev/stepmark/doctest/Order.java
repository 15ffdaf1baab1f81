package dev.stepmark.doctest;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One document to test, as it is handed into the sandbox.
 *
 * @param document  its file, relative to the working directory
 * @param setup     a runbook that prepares what the document expects; empty for none
 * @param directory the copy that commands work in
 * @param home      the home directory of commands
 * @param temporary their directory for temporary files
 * @param runs      where the record goes
 * @param server    where a throwaway server goes
 * @param binaries  where programs of servers are kept, for all documents
 * @param sealed    whether this is inside a sandbox
 * @param shell     whether commands of a shell may be run
 * @param version   the installed version, or empty
 * @param set       values of the command line
 * @param vars      values of files
 * @param answers   answers by id
 * @param skip      steps to leave out
 * @param output    where the {@link Ending} goes
 */
public record Order(String document, String setup, String directory, String home, String temporary, String runs,
        String server, String binaries, boolean sealed, boolean shell, String version, Map<String, String> set,
        Map<String, String> vars, Map<String, String> answers, Set<String> skip, String output) {

    /**
     * How a run of it ended, as it is handed out of the sandbox; what became of the steps is in the record of the run.
     *
     * @param title   of the document
     * @param exit    exit code of the run, 0 when it came to its end
     * @param problem why it could not be run to its end, ready to print; empty when it could, and when a step says why
     * @param notes   what was done otherwise than the document says
     */
    public record Ending(String title, int exit, List<String> problem, List<String> notes) { }
}
