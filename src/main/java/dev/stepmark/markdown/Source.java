package dev.stepmark.markdown;

import dev.stepmark.message.Excerpt;
import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.message.StepmarkException;
import java.util.List;

/**
 * The text of a document by lines, and the errors that point into it.
 *
 * @param path  as the operator named it
 * @param lines the lines without their ends; index 0 is line 1
 */
record Source(String path, List<String> lines) {

    Source {
        lines = List.copyOf(lines);
    }

    /** The line with this number, from 1. */
    String line(int number) {
        return lines.get(number - 1);
    }

    /** All from this line on (from 1), each with a newline. */
    String from(int number) {
        StringBuilder out = new StringBuilder();
        for (String line : lines.subList(number - 1, lines.size())) {
            out.append(line).append('\n');
        }
        return out.toString();
    }

    /** An error at a place: {@code path:line: what}, the line, carets from the column (from 0; negative for none). */
    StepmarkException error(int line, int column, int width, String what, List<String> meaning, List<String> tries) {
        int shown = Math.min(Math.max(line, 1), lines.size());
        return new StepmarkException(ExitCode.USAGE, new Message(path + ":" + shown + ": " + what,
                Excerpt.of(shown, line(shown), column, width), meaning, tries));
    }
}
