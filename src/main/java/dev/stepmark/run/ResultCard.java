package dev.stepmark.run;

import dev.stepmark.session.Result;
import java.util.List;

/**
 * How something ended.
 *
 * @param word    {@code ok}, {@code FAILED}, {@code skipped}, {@code cancelled}, {@code IN DOUBT}, {@code done},
 *                {@code STOPPED}
 * @param unit    {@code 5}, {@code 3.2}, {@code a1}
 * @param text    the rest of the line: {@code 9 rows, 0.03 s; kept as conflicts}
 * @param results SQL results to show before it, in order
 * @param error   server's error text to show before it ({@code   ! } lines), or empty
 * @param facts   labelled lines below it (It means, To do), or none
 */
public record ResultCard(String word, String unit, String text, List<Result> results, String error,
        List<StepCard.Fact> facts) {

    public ResultCard {
        results = List.copyOf(results);
        facts = List.copyOf(facts);
    }

    /** A closing line alone. */
    public static ResultCard of(String word, String unit, String text) {
        return new ResultCard(word, unit, text, List.of(), "", List.of());
    }
}
