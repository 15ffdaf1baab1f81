package dev.stepmark.markdown;

import java.util.List;

/**
 * Refuses, before anything is parsed, text that is written to make a Markdown parser slow. No document of people comes
 * near these bounds; the parser needs 14 s for 80 KB of growing backtick runs and seconds for a thousand nested lists.
 */
final class Complexity {

    /** The longest run of one of the characters that open inline markup. */
    static final int MAX_RUN = 64;
    /** The longest run of backticks: each further length is one more search through the rest of the paragraph. */
    static final int MAX_BACKTICKS = 16;
    /** The deepest nesting of lists and quotes. */
    static final int MAX_DEPTH = 100;
    /** The longest line, in characters: images are sometimes embedded in one. */
    static final int MAX_LINE = 1024 * 1024;
    /** Characters that may open something in one paragraph: brackets, stars, backticks, entities and so on. */
    static final int MAX_OPENERS = 5_000;
    /** Lines of the body outside of fences: tables and indented code cost the square of their lines. */
    static final int MAX_LINES = 20_000;

    /**
     * Runs of backticks times the characters of their paragraph, over all paragraphs: the parser looks through the rest of
     * the paragraph for each, and copies it. A document of people of 1 MiB has a quarter of this.
     */
    static final long MAX_TICKS = 24_000_000;

    /** Characters of markup in all outside of fences: documents of people have at most 80,000 in 1 MiB. */
    static final int MAX_MARKUP = 200_000;
    /** The same with what stands in fences, where a third of 1 MiB is more than any code has. */
    static final int MAX_ALL = 300_000;
    private static final String MARKUP = "`*_[]<~!(&\\";

    private final Source source;
    private final int bodyLine;
    private int openers;
    private int markup;
    private int all;
    private long ticks;
    private long length;
    private long work;
    private int prose;
    private String fence = "";

    private Complexity(Source source, int bodyLine) {
        this.source = source;
        this.bodyLine = bodyLine;
    }

    static void check(Source source, int bodyLine) {
        new Complexity(source, bodyLine).scan();
    }

    private void scan() {
        for (int number = bodyLine; number <= source.lines().size(); number++) {
            String line = source.line(number);
            if (line.length() > MAX_LINE) {
                throw tooComplex(number, 0, String.format("this line has %,d characters, more than %,d",
                        line.length(), MAX_LINE));
            }
            depth(number, line);
            boolean inFence = fenced(line);
            if (!inFence && ++prose > MAX_LINES) {
                throw source.error(number, -1, 1, String.format("more than %,d lines outside of fences", MAX_LINES),
                        List.of("Parsing it could take minutes, so it was not tried and nothing was run."),
                        List.of("split the document, and put data into a fence or a file of its own"));
            }
            if (line.isBlank() || inFence) {
                openers = 0;
                ticks = 0;
                length = 0;
            }
            if (inFence) {
                fencedMarkup(number, line);
            }
            if (!inFence && !isRule(line)) {
                runs(number, line);
                ticks(number, line);
            }
        }
    }

    /** Adds what the line makes of its paragraph: as much as the paragraph costs so far, less what was counted before. */
    private void ticks(int number, String line) {
        long before = ticks * length;
        length += line.length();
        for (int i = line.indexOf('`'); i >= 0; i = line.indexOf('`', i + 1)) {
            ticks += i == 0 || line.charAt(i - 1) != '`' ? 1 : 0;
        }
        work += ticks * length - before;
        if (work > MAX_TICKS) {
            throw tooComplex(number, Math.max(0, line.indexOf('`')), "too many backticks in long paragraphs");
        }
    }

    /** What looks like a fence here may be none for the parser: text that is nothing but markup is no code either. */
    private void fencedMarkup(int number, String line) {
        for (int i = 0; i < line.length(); i++) {
            all += MARKUP.indexOf(line.charAt(i)) >= 0 ? 1 : 0;
        }
        if (all + markup > MAX_ALL) {
            throw tooComplex(number, 0, String.format("more than %,d characters of markup in the document, fences included", MAX_ALL));
        }
    }

    /** Follows fences roughly, so that code full of brackets is no paragraph. */
    private boolean fenced(String line) {
        String text = afterMarker(line.stripLeading());
        if (!fence.isEmpty()) {
            if (text.startsWith(fence) && text.replace(fence.substring(0, 1), "").isBlank()) {
                fence = "";
            }
            return true;
        }
        if (text.startsWith("```") || text.startsWith("~~~")) {
            char mark = text.charAt(0);
            int length = 0;
            while (length < text.length() && text.charAt(length) == mark) {
                length++;
            }
            boolean oneLiner = mark == '`' && text.indexOf('`', length) >= 0;
            fence = oneLiner || length > MAX_BACKTICKS ? "" : text.substring(0, length);
            return !fence.isEmpty();
        }
        return false;
    }

    /** What follows the marker of a list item and blanks; all of it when there is none. */
    private static String afterMarker(String text) {
        int end = text.isEmpty() || text.charAt(0) == '>' ? 0 : marker(text, 0);
        return end == 0 || end == text.length() ? text : text.substring(end).stripLeading();
    }

    private void runs(int number, String line) {
        int run = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            boolean opener = MARKUP.indexOf(c) >= 0;
            run = opener && i > 0 && line.charAt(i - 1) == c ? run + 1 : 1;
            int most = c == '`' ? MAX_BACKTICKS : MAX_RUN;
            if (opener && run > most) {
                throw tooComplex(number, i - run + 1, "more than " + most + " times \"" + c + "\" in a row");
            }
            if (opener && ++markup > MAX_MARKUP) {
                throw tooComplex(number, i, String.format("more than %,d characters of markup in the document", MAX_MARKUP));
            }
            if (opener && ++openers > MAX_OPENERS) {
                throw tooComplex(number, i, String.format("more than %,d characters of markup in one paragraph",
                        MAX_OPENERS));
            }
        }
    }

    /** A line across the page: only one of these characters, however many. */
    private static boolean isRule(String line) {
        String text = line.strip();
        return !text.isEmpty() && "*_".indexOf(text.charAt(0)) >= 0
                && text.chars().allMatch(c -> c == text.charAt(0) || c == ' ');
    }

    /** Markers at the start of a line, and half the indentation before one: an upper bound of the nesting. */
    private void depth(int number, String line) {
        int depth = 0;
        int blanks = 0;
        int i = 0;
        while (i < line.length()) {
            char c = line.charAt(i);
            if (c == ' ' || c == '\t') {
                blanks += c == '\t' ? 4 : 1;
                i++;
                continue;
            }
            int length = marker(line, i);
            if (length == 0) {
                return;
            }
            depth += 1 + blanks / 2;
            blanks = 0;
            if (depth > MAX_DEPTH) {
                throw tooComplex(number, i, "lists or quotes nested deeper than " + MAX_DEPTH);
            }
            i += length;
        }
    }

    private static int marker(String line, int i) {
        char c = line.charAt(i);
        if (c == '>') {
            return 1;
        }
        boolean bullet = (c == '-' || c == '*' || c == '+') && (i + 1 == line.length() || line.charAt(i + 1) <= ' ');
        if (bullet) {
            return 1;
        }
        int end = i;
        while (end < line.length() && end - i < 9 && Character.isDigit(line.charAt(end))) {
            end++;
        }
        boolean number = end > i && end < line.length() && (line.charAt(end) == '.' || line.charAt(end) == ')')
                && (end + 1 == line.length() || line.charAt(end + 1) <= ' ');
        return number ? end + 1 - i : 0;
    }

    private RuntimeException tooComplex(int number, int column, String what) {
        return source.error(number, column, 1, what,
                List.of("Parsing it could take minutes, so it was not tried and nothing was run."),
                List.of("a fence around text that is no Markdown, or a simpler layout of this paragraph"));
    }
}
