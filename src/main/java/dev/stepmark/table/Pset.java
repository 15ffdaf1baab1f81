package dev.stepmark.table;

import dev.stepmark.table.TableOptions.Draft;
import dev.stepmark.table.TableOptions.Expanded;
import dev.stepmark.table.TableOptions.Format;
import dev.stepmark.table.TableOptions.LineStyle;
import dev.stepmark.table.TableOptions.Pager;
import dev.stepmark.table.TableOptions.Separator;
import dev.stepmark.table.TableOptions.UnicodeLines;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** {@code \pset NAME [VALUE]}: changes the options, with psql's own words for what it did or why it did not. */
public final class Pset {

    private static final int MAX_PREFIX = 64;
    /** Switches that psql 15 says nothing about when their value is given. */
    private static final Set<String> SILENT = Set.of("t", "tuples_only", "footer", "numericlocale");

    /**
     * What came of it.
     *
     * @param options  the options that hold now
     * @param text     psql's line about the setting, empty where it has none, or its error (may have two lines); no
     *                 line feed at the end
     * @param accepted whether it was taken
     */
    public record Applied(TableOptions options, String text, boolean accepted) { }

    private static final class Rejected extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Rejected(String text) {
            super(text, null, false, false);
        }
    }

    private Pset() { }

    /**
     * Applies one setting.
     *
     * @param now   the options so far
     * @param name  as in {@code \pset}
     * @param value none toggles a switch and shows anything else
     */
    public static Applied apply(TableOptions now, String name, Optional<String> value) {
        try {
            TableOptions next = now.with(draft -> change(draft, name, value));
            boolean silent = value.isPresent() && SILENT.contains(name);
            return new Applied(next, silent ? "" : PsetText.line(next, name), true);
        } catch (Rejected e) {
            return new Applied(now, e.getMessage(), false);
        }
    }

    /** All settings, as {@code \pset} alone lists them; every line ends with a line feed. */
    public static String all(TableOptions options) {
        return PsetText.all(options);
    }

    private static void change(Draft draft, String name, Optional<String> value) {
        switch (name) {
            case "format" -> value.ifPresent(v -> draft.format = format(v));
            case "linestyle" -> value.ifPresent(v -> draft.lineStyle = lineStyle(v));
            case "border" -> value.ifPresent(v -> draft.border = number(v));
            case "x", "expanded", "vertical" -> draft.expanded = expanded(draft.expanded, name, value);
            case "csv_fieldsep" -> value.ifPresent(v -> draft.csvSeparator = csvSeparator(v));
            case "numericlocale" -> draft.numericLocale = toggled(draft.numericLocale, name, value);
            case "null" -> value.ifPresent(v -> draft.nullText = v);
            case "fieldsep" -> value.ifPresent(v -> draft.fieldSeparator = Separator.of(v));
            case "fieldsep_zero" -> draft.fieldSeparator = Separator.ZERO;
            case "recordsep" -> value.ifPresent(v -> draft.recordSeparator = Separator.of(v));
            case "recordsep_zero" -> draft.recordSeparator = Separator.ZERO;
            case "t", "tuples_only" -> draft.tuplesOnly = toggled(draft.tuplesOnly, name, value);
            case "C", "title" -> draft.title = value;
            case "T", "tableattr" -> draft.tableAttributes = value;
            case "pager" -> draft.pager = pager(draft.pager, name, value);
            case "pager_min_lines" -> value.ifPresent(v -> draft.pagerMinLines = number(v));
            case "footer" -> draft.footer = toggled(draft.footer, name, value);
            case "columns" -> value.ifPresent(v -> draft.columns = number(v));
            default -> unicode(draft, name, value);
        }
    }

    private static void unicode(Draft draft, String name, Optional<String> value) {
        UnicodeLines old = draft.unicode;
        switch (name) {
            case "unicode_border_linestyle" -> value.ifPresent(v ->
                    draft.unicode = new UnicodeLines(isDouble("border", v), old.column(), old.header()));
            case "unicode_column_linestyle" -> value.ifPresent(v ->
                    draft.unicode = new UnicodeLines(old.border(), isDouble("column", v), old.header()));
            case "unicode_header_linestyle" -> value.ifPresent(v ->
                    draft.unicode = new UnicodeLines(old.border(), old.column(), isDouble("header", v)));
            default -> throw new Rejected("\\pset: unknown option: " + name);
        }
    }

    private static Format format(String value) {
        Format found = null;
        for (Format format : Format.values()) {
            // the long form of latex is found only where nothing else begins like that
            if (format != Format.LATEX_LONGTABLE && begins(format.word(), value)) {
                if (found != null) {
                    throw new Rejected("\\pset: ambiguous abbreviation \"" + value + "\" matches both \""
                            + found.word() + "\" and \"" + format.word() + "\"");
                }
                found = format;
            }
        }
        if (found == null && begins(Format.LATEX_LONGTABLE.word(), value)) {
            found = Format.LATEX_LONGTABLE;
        }
        if (found == null) {
            throw new Rejected("\\pset: allowed formats are aligned, asciidoc, csv, html, latex, latex-longtable, "
                    + "troff-ms, unaligned, wrapped");
        }
        return found;
    }

    private static LineStyle lineStyle(String value) {
        return List.of(LineStyle.values()).stream().filter(s -> begins(s.word(), value)).findFirst()
                .orElseThrow(() -> new Rejected("\\pset: allowed line styles are ascii, old-ascii, unicode"));
    }

    private static boolean isDouble(String part, String value) {
        if (begins("single", value)) {
            return false;
        }
        if (begins("double", value)) {
            return true;
        }
        throw new Rejected("\\pset: allowed Unicode " + part + " line styles are single, double");
    }

    private static Expanded expanded(Expanded now, String name, Optional<String> value) {
        if (value.isEmpty()) {
            return now == Expanded.OFF ? Expanded.ON : Expanded.OFF;
        }
        if (value.get().equalsIgnoreCase("auto")) {
            return Expanded.AUTO;
        }
        return bool(value.get()).map(on -> on ? Expanded.ON : Expanded.OFF)
                .orElseThrow(() -> new Rejected(unrecognized(name, value.get()) + "\nAvailable values are: on, off, auto."));
    }

    private static Pager pager(Pager now, String name, Optional<String> value) {
        if (value.isEmpty()) {
            return now == Pager.ON ? Pager.OFF : Pager.ON;
        }
        if (value.get().equalsIgnoreCase("always")) {
            return Pager.ALWAYS;
        }
        return bool(value.get()).map(on -> on ? Pager.ON : Pager.OFF)
                .orElseThrow(() -> new Rejected(unrecognized(name, value.get()) + "\nAvailable values are: on, off, always."));
    }

    private static boolean toggled(boolean now, String name, Optional<String> value) {
        return value.isEmpty() ? !now : bool(value.get())
                .orElseThrow(() -> new Rejected(unrecognized(name, value.get()) + ": Boolean expected"));
    }

    private static String unrecognized(String name, String value) {
        return "unrecognized value \"" + value + "\" for \"" + name + "\"";
    }

    private static char csvSeparator(String value) {
        if (value.length() != 1 || value.charAt(0) > 0x7F) {
            throw new Rejected("\\pset: csv_fieldsep must be a single one-byte character");
        }
        if ("\"\n\r".contains(value)) {
            throw new Rejected("\\pset: csv_fieldsep cannot be a double quote, a newline, or a carriage return");
        }
        return value.charAt(0);
    }

    /** psql's booleans: any beginning of true, false, yes and no; on, of and off; 1 and 0. */
    private static Optional<Boolean> bool(String value) {
        String v = value.toLowerCase(Locale.ROOT);
        if (!v.isEmpty() && (begins("true", v) || begins("yes", v)) || v.equals("on") || v.equals("1")) {
            return Optional.of(true);
        }
        if (!v.isEmpty() && (begins("false", v) || begins("no", v)) || v.equals("of") || v.equals("off")
                || v.equals("0")) {
            return Optional.of(false);
        }
        return Optional.empty();
    }

    private static boolean begins(String word, String value) {
        return value.length() <= MAX_PREFIX && word.startsWith(value.toLowerCase(Locale.ROOT));
    }

    /** The digits at the beginning, 0 when there are none (C's atoi). */
    private static int number(String value) {
        StringBuilder digits = new StringBuilder();
        String text = value.strip();
        for (int i = 0; i < text.length() && digits.length() < 9; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                if (i == 0 && (c == '-' || c == '+')) {
                    digits.append(c);
                    continue;
                }
                break;
            }
            digits.append(c);
        }
        return digits.toString().matches("[-+]?\\d+") ? Integer.parseInt(digits.toString()) : 0;
    }
}
