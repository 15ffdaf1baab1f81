package dev.stepmark.run;

import java.util.List;

/**
 * The opening of a run (dialogue: the brief).
 *
 * @param title    title of the runbook
 * @param right    file name and number of steps, at the right end of the first line
 * @param facts    labelled facts in order, for example {@code Version}, {@code Needs}, {@code Target}
 */
public record Brief(String title, String right, List<Fact> facts) {

    /**
     * One labelled fact.
     *
     * @param label   at most nine letters
     * @param lines   its text
     * @param verdict word at the right end of the first line ({@code passes}), or empty
     */
    public record Fact(String label, List<String> lines, String verdict) { }

    public Brief {
        facts = List.copyOf(facts);
    }
}
