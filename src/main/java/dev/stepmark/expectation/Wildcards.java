package dev.stepmark.expectation;

import java.util.regex.Pattern;

/** What authors write for "anything": elision and placeholders (patterns 11 and 19 of documents). */
final class Wildcards {

    /** A line that stands for any number of lines. */
    private static final Pattern ELIDED = Pattern.compile("(?i)(#|//|--|;|%|\\|)? ?(\\.{2,}|\u2026|\\[ ?(\\.{2,}|\u2026) ?]|\\( ?\\.{3,} ?\\)|"
            + "<\\.{2,}>|\\.|:|-* ?[<\\[(]?-* ?(snip(ped)?|cut|truncated|omitted|elided)( here)? ?-*[>\\])]? ?-*|(\\.{3,}|\u2026).*(\\.{3,}|\u2026)|"
            + "[<\\[(][^<>\\[\\]()]*\\b(omitted|truncated|snip|snipped|skipped|trimmed|elided|removed|redacted|more (lines|rows|output))\\b"
            + "[^<>\\[\\]()]*[>\\])])");
    /** A table's row of nothing but elision. */
    private static final Pattern ELIDED_ROW = Pattern.compile("[ |]*((\\.{2,}|\u2026)[ |]*)+");
    private static final Pattern PROMPT = Pattern.compile("[\\w.-]+=[*!^]?[#>]|[$#>]|mysql>|[\\w.-]+@[\\w.-]+(:\\S*)?[$#]");

    private static final Pattern HOLES = Pattern.compile("[\\[(<] ?(?:\\.{3,}|\u2026) ?[\\])>]|\\.{3,}|\u2026|<[A-Za-z][^<>|]{0,60}>|"
            + "\\{\\{[^{}]{1,60}}}|\\$\\{[A-Za-z_]\\w*}|\\$[A-Z_][A-Z0-9_]+|\\b(?:YOUR|MY)_[A-Z][A-Z0-9_]*\\b|"
            + "(?<![A-Za-z])[xX]{3,}(?![A-Za-z])|\\*{2,}|(?<=[\\w./-])\\*(?![\\w]*\\()|(?<![(\\w])\\*(?=[\\w.-])");

    private Wildcards() { }

    /** Whether a line of the document stands for any number of lines. */
    static boolean elided(String line) {
        String text = line.strip();
        return !text.isEmpty() && text.length() < 200 && (ELIDED.matcher(text).matches() || ELIDED_ROW.matcher(text).matches());
    }

    /** A prompt with nothing behind it: the next thing a reader sees, not output. */
    static boolean prompt(String line) {
        return PROMPT.matcher(line.strip()).matches();
    }

    /** A line of the document with holes for what stands for anything. */
    static String holes(String line) {
        return HOLES.matcher(Normal.foreign(Normal.plain(line))).replaceAll(String.valueOf(Normal.ANY));
    }

    /** A line of the document as it is compared; blanks beside a hole belong to it. */
    static Glob glob(String line, Numbers numbers) {
        return new Glob(Normal.of(holes(line), numbers).replaceAll(" ?" + Normal.ANY + " ?", String.valueOf(Normal.ANY)));
    }
}
