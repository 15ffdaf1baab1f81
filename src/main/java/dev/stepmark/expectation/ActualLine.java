package dev.stepmark.expectation;

import java.util.Arrays;
import java.util.List;

/**
 * A line that came out.
 *
 * @param text   as it came, without colours
 * @param normal as it is compared
 */
record ActualLine(String text, String normal) {

    static List<ActualLine> of(String output, Numbers numbers) {
        return Arrays.stream(output.split("\n")).limit(Comparison.MAX_ACTUAL * 4L).map(Normal::plain).filter(l -> !l.isBlank())
                .limit(Comparison.MAX_ACTUAL + 1L).map(l -> new ActualLine(l, Normal.of(Normal.foreign(l), numbers))).toList();
    }
}
