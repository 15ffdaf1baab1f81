package dev.stepmark.run;

import dev.stepmark.runbook.Part;
import java.util.List;

/**
 * A step (or one block of it) as it is shown before its question.
 *
 * @param position where it is: {@code 5/12}; empty for a further block of a step that was shown already
 * @param title    of the step
 * @param right    right end of the title line: {@code read-only, SQL}, {@code by hand}
 * @param risk     the risk word in it, for colour: read-only, write, schema-change, destructive, unknown, or empty
 * @param body     words and code blocks that are not run, in document order, up to and between the text to run
 * @param before   remarks that stand before the text to run (labels overruled, condition)
 * @param toRun    text to run, exactly, one element a line; empty for a step by hand
 * @param language {@code sql} or {@code shell}, for colour
 * @param facts    labelled remarks after it (On, Touches, Backup, ...); empty label for none
 */
public record StepCard(String position, String title, String right, String risk, List<Part> body,
        List<String> before, List<String> toRun, String language, List<Fact> facts) {

    /** A remark with a label of at most nine letters, or none. */
    public record Fact(String label, String text) { }

    public StepCard {
        body = List.copyOf(body);
        before = List.copyOf(before);
        toRun = List.copyOf(toRun);
        facts = List.copyOf(facts);
    }
}
