package dev.stepmark.doctest;

import java.util.List;

/**
 * What became of one step.
 *
 * @param id      its number
 * @param line    where it begins in the document
 * @param title   one line
 * @param verdict what became of it
 * @param summary a few words: {@code exit 1}, {@code 3 rows}, why it was left out
 * @param details what a person needs to see why: differences, the error, the last lines of output
 * @param output  what came out, as far as it is kept
 * @param millis  how long its executions took
 */
public record StepResult(String id, int line, String title, Verdict verdict, String summary, List<String> details,
        String output, long millis) {

    public StepResult {
        details = List.copyOf(details);
    }
}
