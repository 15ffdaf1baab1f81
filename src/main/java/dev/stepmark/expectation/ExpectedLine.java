package dev.stepmark.expectation;

import java.util.ArrayList;
import java.util.List;

/**
 * A line of the document.
 *
 * @param number its place in the text, from 1
 * @param text   as written
 * @param elided whether it stands for any number of lines
 * @param glob   what it matches
 */
record ExpectedLine(int number, String text, boolean elided, Glob glob) {

    /** The lines that say something; a prompt at the end is what the reader sees next. */
    static List<ExpectedLine> of(String text, Numbers numbers) {
        List<ExpectedLine> out = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (!line.isBlank()) {
                boolean elided = Wildcards.elided(line);
                out.add(new ExpectedLine(number, line.stripTrailing(), elided, Wildcards.glob(line, numbers)));
            }
        }
        while (!out.isEmpty() && Wildcards.prompt(out.get(out.size() - 1).text())) {
            out.remove(out.size() - 1);
        }
        return out;
    }

    boolean matches(ActualLine line) {
        return glob.matches(line.normal());
    }
}
