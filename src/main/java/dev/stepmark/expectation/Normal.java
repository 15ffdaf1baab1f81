package dev.stepmark.expectation;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lines in the form in which they are compared: no colours, blanks folded, tables without their widths, and a sign in
 * the place of every value that another day or another machine changes.
 */
final class Normal {

    /** Stands for any text within a line. */
    static final char ANY = '\uE000';

    private static final char NUMBER = '\uE001';
    private static final char TIME = '\uE002';
    private static final char DURATION = '\uE003';
    private static final char SIZE = '\uE004';
    private static final char ID = '\uE005';

    /** No line is looked at further than this. */
    private static final int MAX_LINE = 4_000;

    private static final Pattern SIGNS = Pattern.compile("[\uE000-\uE005]");
    private static final Pattern ESCAPES = Pattern.compile("\u001B(\\[[0-9;?]*[ -/]*[@-~]|\\][^\u0007\u001B]*(\u0007|\u001B\\\\)?|[()][0-9A-B]|.)");
    private static final Pattern BLANKS = Pattern.compile("[ \\t\\u00A0]+");
    private static final Pattern CELLS = Pattern.compile(" ?\\| ?");
    /** psql's sign that a cell goes on in the next line. */
    private static final Pattern WRAPPED = Pattern.compile(" \\+(?=\\||$)");
    private static final Pattern RULER = Pattern.compile("[-=+| ]*[-=][-=+| ]*|-\\[ .* ]-*");
    private static final Pattern DRAWN = Pattern.compile("[-=]+");
    private static final Pattern PLURAL = Pattern.compile("(?<=" + NUMBER + " )([a-z]{2,}?)s\\b");

    private static final String MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*";
    private static final String ZONE = "(?: ?(?:Z|UTC|GMT|CES?T|[ECMP][SD]T)\\b| ?[+-]\\d{2}(?::?\\d{2})?\\b)?";
    private static final String CLOCK = "\\d{1,2}:\\d{2}(?::\\d{2}(?:[.,]\\d+)?)?(?: ?[AaPp][Mm]\\b)?";

    /** Values that vary, the longest forms first; the name of the group is the kind. */
    private static final Pattern VALUES = Pattern.compile(
            "(?<uuid>\\b\\p{XDigit}{8}-(?:\\p{XDigit}{4}-){3}\\p{XDigit}{12}\\b)"
            + "|(?<time>\\b\\d{4}[-/]\\d{2}[-/]\\d{2}(?:[T _]" + CLOCK + ")?" + ZONE
            + "|\\b(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? +)?(?:" + MONTH + " +\\d{1,2}|\\d{1,2} +" + MONTH + ")\\b"
            + "(?:,? +\\d{4}\\b)?(?:,? +" + CLOCK + ")?" + ZONE + "(?: +\\d{4}\\b)?"
            + "|\\b\\d{1,2}/\\d{1,2}/\\d{2,4}\\b|(?<![\\w:.])" + CLOCK + "(?![\\w:])" + ZONE + ")"
            + "|(?<ip>(?<![\\w.])\\d{1,3}(?:\\.\\d{1,3}){3}(?:/\\d{1,2})?(?::\\d+)?(?![\\w.]))"
            + "|(?<pod>(?<=[a-z0-9]-)(?=[a-z]*\\d)[a-z0-9]{6,10}-[a-z0-9]{5}(?![\\w-]))"
            + "|(?<span>(?<![\\w.-])(?:\\d+(?:\\.\\d+)?(?:ms|us|ns|d|h|m|s))+(?!\\w)"
            + "|(?<![\\w.-])\\d+(?:\\.\\d+)? (?:ms|s|milliseconds?|seconds?|secs?|minutes?|mins?|hours?|days?|weeks?)\\b)"
            + "|(?<size>(?<![\\w.-])\\d+(?:[.,]\\d+)*(?: ?(?:[kKMGTP]i?B|[Bb]ytes?)|[kKMGTPB]i?)\\b)"
            + "|(?<hex>\\b0x\\p{XDigit}+\\b|\\b\\p{XDigit}{1,8}/\\p{XDigit}{6,8}\\b"
            + "|(?<![\\w])(?=[0-9a-f]*\\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,}(?!\\w))"
            + "|(?<number>(?<![A-Za-z0-9_.])v?\\d+(?:[.,]\\d+)*(?![A-Za-z_]))");

    private Normal() { }

    /** A line of output without colours; of a line that was drawn over itself, what stands at the end. */
    static String plain(String line) {
        String text = line.length() > MAX_LINE ? line.substring(0, MAX_LINE) : line;
        text = text.indexOf('\u001B') < 0 ? text : ESCAPES.matcher(text).replaceAll("");
        String stripped = text.stripTrailing();
        int drawn = stripped.lastIndexOf('\r');
        return drawn < 0 ? stripped : stripped.substring(drawn + 1);
    }

    /** The form that is compared; {@link #ANY} in a line of the document is kept. */
    static String of(String line, Numbers numbers) {
        String folded = quotes(BLANKS.matcher(line).replaceAll(" ").strip());
        if (RULER.matcher(folded).matches()) {
            folded = DRAWN.matcher(folded).replaceAll("-");
        }
        String valued = values(folded, numbers);
        String cells = CELLS.matcher(PLURAL.matcher(valued).replaceAll("$1")).replaceAll("|");
        return WRAPPED.matcher(cells).replaceAll("+");
    }

    /** Programs quote by the locale, authors by their keyboard. */
    private static String quotes(String line) {
        return line.replace('\u2018', '\'').replace('\u2019', '\'').replace('`', '\'').replace('\u201C', '"')
                .replace('\u201D', '"');
    }

    /** The line without signs of ours that a text may happen to have. */
    static String foreign(String line) {
        return SIGNS.matcher(line).replaceAll("?");
    }

    private static String values(String line, Numbers numbers) {
        if (line.chars().noneMatch(c -> c >= '0' && c <= '9')) {
            return line;
        }
        Matcher matcher = VALUES.matcher(line);
        StringBuilder out = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(out, Matcher.quoteReplacement(sign(matcher, line, numbers)));
        }
        return matcher.appendTail(out).toString();
    }

    private static String sign(Matcher found, String line, Numbers numbers) {
        if (found.group("number") != null) {
            boolean joined = found.end() < line.length() && line.charAt(found.end()) == '-'
                    || found.start() > 0 && line.charAt(found.start() - 1) == '-';
            return number(found.group(), joined, numbers);
        }
        char sign = found.group("time") != null ? TIME : found.group("span") != null ? DURATION
                : found.group("size") != null ? SIZE : ID;
        return String.valueOf(sign);
    }

    /** @param joined whether it is a part of a name, as in {@code ip-10-0-0-3} */
    private static String number(String text, boolean joined, Numbers numbers) {
        boolean zero = text.equals("0") && !joined;
        boolean varies = numbers == Numbers.VARY ? !zero : text.matches("\\d{5,}");
        return varies ? String.valueOf(NUMBER) : text;
    }
}
