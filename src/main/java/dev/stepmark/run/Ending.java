package dev.stepmark.run;

import java.util.List;

/**
 * The end of a run.
 *
 * @param word  {@code Finished}, {@code Stopped}, {@code Failed}, {@code In doubt}
 * @param title title of the runbook
 * @param right times and duration, at the right end of the first line
 * @param facts labelled lines below it; an empty label continues, an unlabelled first line stands alone
 */
public record Ending(String word, String title, String right, List<StepCard.Fact> facts) {

    public Ending {
        facts = List.copyOf(facts);
    }
}
