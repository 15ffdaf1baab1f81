package dev.stepmark.doctest;

import java.util.Comparator;
import java.util.List;

/**
 * What became of one document.
 *
 * @param path    as it was given
 * @param title   its title; empty when it could not be read
 * @param problem why it could not be tested to its end, ready to print; empty when it could
 * @param notes   what was done otherwise than the document says: connections that were redirected, values made up
 * @param steps   its steps in document order
 * @param millis  how long it took, with the sandbox and the server
 * @param run     the directory of the run; empty when there was none
 */
public record DocumentResult(String path, String title, List<String> problem, List<String> notes, List<StepResult> steps,
        long millis, String run) {

    public DocumentResult {
        problem = List.copyOf(problem);
        notes = List.copyOf(notes);
        steps = List.copyOf(steps);
    }

    /** A document of which nothing was run. */
    public static DocumentResult refused(String path, List<String> problem) {
        return new DocumentResult(path, "", problem, List.of(), List.of(), 0, "");
    }

    /** The same under the name that a person knows, with the time that all of it took. */
    public DocumentResult as(String name, long took) {
        return new DocumentResult(name, title, problem, notes, steps, took, run);
    }

    /** The same with a problem in front of those that it has. */
    public DocumentResult with(List<String> first) {
        List<String> all = new java.util.ArrayList<>(first);
        all.addAll(problem);
        return new DocumentResult(path, title, all, notes, steps, millis, run);
    }

    /** The worst of its steps, and FAILED when it could not be tested to its end. */
    public Verdict verdict() {
        return !problem.isEmpty() ? Verdict.FAILED : steps.stream().map(StepResult::verdict)
                .max(Comparator.naturalOrder()).filter(Verdict::bad).orElse(Verdict.OK);
    }
}
