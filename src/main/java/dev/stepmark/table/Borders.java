package dev.stepmark.table;

import dev.stepmark.table.TableOptions.LineStyle;
import dev.stepmark.table.TableOptions.UnicodeLines;

/**
 * The characters of a line style.
 *
 * @param top              the rule above the header
 * @param middle           the rule between header and rows
 * @param bottom           the rule below the rows
 * @param data             the lines beside the columns of a row
 * @param middleNewline    between columns when the right one goes on after a line break
 * @param middleWrap       between columns when the right one was wrapped
 * @param middleBlank      between columns when the right one has ended
 * @param headerLeft       before a further line of a header
 * @param headerRight      after a header line that goes on
 * @param newlineRight     after a line that goes on after a line break
 * @param wrapLeft         before the rest of a wrapped line
 * @param wrapRight        after a wrapped line
 * @param marksWithoutBorder whether marks have a column of their own with border 0
 */
record Borders(Rule top, Rule middle, Rule bottom, Rule data, String middleNewline, String middleWrap,
        String middleBlank, String headerLeft, String headerRight, String newlineRight, String wrapLeft,
        String wrapRight, boolean marksWithoutBorder) {

    private static final Rule DASHES = new Rule("-", "+", "+", "+");
    private static final Rule BARS = new Rule("", "|", "|", "|");
    private static final Borders ASCII = new Borders(DASHES, DASHES, DASHES, BARS, "|", "|", "|", " ", "+", "+", ".",
            ".", true);
    private static final Borders OLD_ASCII = new Borders(DASHES, DASHES, DASHES, BARS, ":", ";", " ", "+", " ", " ",
            " ", " ", false);

    /** A rule: its line, its ends, its crossing. */
    record Rule(String line, String left, String cross, String right) { }

    static Borders of(TableOptions options) {
        return switch (options.lineStyle()) {
            case ASCII -> ASCII;
            case OLD_ASCII -> OLD_ASCII;
            case UNICODE -> unicode(options.unicode());
        };
    }

    boolean old() {
        return this == OLD_ASCII;
    }

    /** Line drawing characters, picked by which of the lines that meet are double. */
    private static Borders unicode(UnicodeLines lines) {
        String frame = lines.border() ? "\u2554\u2550\u2557\u255a\u255d\u2551" : "\u250c\u2500\u2510\u2514\u2518\u2502";
        String column = lines.column() ? "\u2551" : "\u2502";
        String down = pick("\u252c\u2564\u2565\u2566", lines.column(), lines.border());
        String up = pick("\u2534\u2567\u2568\u2569", lines.column(), lines.border());
        String cross = pick("\u253c\u256a\u256b\u256c", lines.column(), lines.header());
        String right = pick("\u251c\u255f\u255e\u2560", lines.header(), lines.border());
        String left = pick("\u2524\u2562\u2561\u2563", lines.header(), lines.border());
        return new Borders(new Rule(at(frame, 1), at(frame, 0), down, at(frame, 2)),
                new Rule(lines.header() ? "\u2550" : "\u2500", right, cross, left),
                new Rule(at(frame, 1), at(frame, 3), up, at(frame, 4)),
                new Rule("", at(frame, 5), column, at(frame, 5)), column, column, column, " ", "\u21b5", "\u21b5",
                "\u2026", "\u2026", true);
    }

    private static String pick(String four, boolean first, boolean second) {
        return at(four, (first ? 2 : 0) + (second ? 1 : 0));
    }

    private static String at(String text, int index) {
        return text.substring(index, index + 1);
    }
}
