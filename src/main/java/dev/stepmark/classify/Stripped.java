package dev.stepmark.classify;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What is left of a block's text when prompts and output are taken off.
 *
 * @param text    the commands, each line with a newline
 * @param offsets for each of its lines the line of the block it comes from, from 0
 * @param output  whether output was taken off
 * @param whole   false when a command was still not complete after {@link #MAX_CONTINUED} lines
 */
record Stripped(String text, List<Integer> offsets, boolean output, boolean whole) {

    /** Lines that one command behind a prompt may have: looking for its end costs the square of them. */
    static final int MAX_CONTINUED = 200;

    Stripped {
        offsets = List.copyOf(offsets);
    }

    /** The text as it is. */
    static Stripped none(String text) {
        return new Stripped(text, IntStream.range(0, (int) text.lines().count()).boxed().toList(), false, true);
    }
}
