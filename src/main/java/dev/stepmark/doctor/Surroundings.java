package dev.stepmark.doctor;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * What the probes look at.
 *
 * @param environment the environment
 * @param home        the home directory, or null
 * @param runs        where runs are kept
 * @param terminal    whether a person is at standard input and output
 * @param editor      the editor that is used for {@code e}
 * @param pager       the pager that is used for {@code o}
 * @param clock       wall clock
 */
public record Surroundings(Map<String, String> environment, Path home, Path runs, boolean terminal, String editor,
        String pager, Clock clock) {

    String variable(String name) {
        return environment.getOrDefault(name, "");
    }

    /** A file as people know it. */
    String shown(Path file) {
        return home != null && file.startsWith(home) ? "~/" + home.relativize(file) : file.toString();
    }
}
