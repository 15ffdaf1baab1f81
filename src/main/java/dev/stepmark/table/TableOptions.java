package dev.stepmark.table;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * How results are printed, with the names of psql's {@code \pset}.
 *
 * @param format           the output format
 * @param border           0 none, 1 between columns, 2 around the table; more counts as 2
 * @param expanded         whether each record stands on lines of its own
 * @param nullText         what NULL is shown as
 * @param fieldSeparator   between fields in the unaligned format
 * @param recordSeparator  between records in the unaligned format
 * @param csvSeparator     between fields of CSV
 * @param tuplesOnly       rows only: no header, title or footer
 * @param footer           whether the row count is printed
 * @param title            above the following tables
 * @param numericLocale    whether digits are grouped
 * @param columns          the width that the wrapped format and the automatic expanded display keep to; 0 for none
 * @param lineStyle        the characters that borders are drawn with
 * @param unicode          single or double lines, for {@link LineStyle#UNICODE}
 * @param pager            kept because psql knows it; nothing here is paged
 * @param pagerMinLines    likewise
 * @param tableAttributes  attributes of HTML tables, likewise
 */
public record TableOptions(Format format, int border, Expanded expanded, String nullText, Separator fieldSeparator,
        Separator recordSeparator, char csvSeparator, boolean tuplesOnly, boolean footer, Optional<String> title,
        boolean numericLocale, int columns, LineStyle lineStyle, UnicodeLines unicode, Pager pager, int pagerMinLines,
        Optional<String> tableAttributes) {

    /** psql's settings at its start. */
    public static final TableOptions DEFAULTS = new TableOptions(Format.ALIGNED, 1, Expanded.OFF, "",
            Separator.of("|"), Separator.of("\n"), ',', false, true, Optional.empty(), false, 0, LineStyle.ASCII,
            new UnicodeLines(false, false, false), Pager.ON, 0, Optional.empty());

    /** Output formats. */
    public enum Format {
        ALIGNED("aligned"), ASCIIDOC("asciidoc"), CSV("csv"), HTML("html"), LATEX("latex"),
        LATEX_LONGTABLE("latex-longtable"), TROFF_MS("troff-ms"), UNALIGNED("unaligned"), WRAPPED("wrapped");

        private final String word;

        Format(String word) {
            this.word = word;
        }

        /** The name in {@code \pset format}. */
        public String word() {
            return word;
        }

        /** Whether {@link TablePrinter} prints it; the mark-up formats are left to psql itself. */
        public boolean printable() {
            return aligned() || this == UNALIGNED || this == CSV;
        }

        /** Whether columns stand below each other. */
        public boolean aligned() {
            return this == ALIGNED || this == WRAPPED;
        }
    }

    /** Whether each record stands on lines of its own; AUTO: when the table is wider than {@code columns}. */
    public enum Expanded { OFF, ON, AUTO }

    /** The characters that borders are drawn with. */
    public enum LineStyle {
        ASCII("ascii"), OLD_ASCII("old-ascii"), UNICODE("unicode");

        private final String word;

        LineStyle(String word) {
            this.word = word;
        }

        /** The name in {@code \pset linestyle}. */
        public String word() {
            return word;
        }
    }

    /** When psql uses a pager. */
    public enum Pager { OFF, ON, ALWAYS }

    /** A separator: a text, or a zero byte. */
    public record Separator(String text, boolean zero) {

        public static final Separator ZERO = new Separator("", true);

        static Separator of(String text) {
            return new Separator(text, false);
        }

        String bytes() {
            return zero ? "\0" : text;
        }
    }

    /** Which lines are double. */
    public record UnicodeLines(boolean border, boolean column, boolean header) { }

    /** A copy that prints records, as {@code \\x} does. */
    public TableOptions records() {
        return with(d -> d.expanded = Expanded.ON);
    }

    /** A copy for a table with a title of its own, as those of {@code \d} are: NULL is empty there. */
    public TableOptions forCatalog(String heading) {
        return with(d -> {
            d.title = Optional.of(heading);
            d.nullText = "";
        });
    }

    /** A copy that prints no records, for tables that psql thinks confusing as such. */
    public TableOptions sideBySide() {
        return with(d -> d.expanded = Expanded.OFF);
    }

    /**
     * A copy for a screen, which counts rows itself and decides itself what is too wide.
     *
     * @param ifNothing what NULL is shown as when the settings show nothing for it
     */
    public TableOptions forScreen(String ifNothing) {
        return with(d -> {
            d.footer = false;
            d.columns = 0;
            d.expanded = d.format.aligned() ? Expanded.OFF : d.expanded;
            d.format = d.format == Format.WRAPPED ? Format.ALIGNED : d.format;
            d.nullText = d.nullText.isEmpty() && d.format.aligned() ? ifNothing : d.nullText;
        });
    }

    /** A copy with or without the row count. */
    public TableOptions withFooter(boolean wanted) {
        return with(d -> d.footer = wanted);
    }

    TableOptions with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.options();
    }

    /** Options while they are changed. */
    static final class Draft {
        Format format;
        int border;
        Expanded expanded;
        String nullText;
        Separator fieldSeparator;
        Separator recordSeparator;
        char csvSeparator;
        boolean tuplesOnly;
        boolean footer;
        Optional<String> title;
        boolean numericLocale;
        int columns;
        LineStyle lineStyle;
        UnicodeLines unicode;
        Pager pager;
        int pagerMinLines;
        Optional<String> tableAttributes;

        private Draft(TableOptions from) {
            format = from.format;
            border = from.border;
            expanded = from.expanded;
            nullText = from.nullText;
            fieldSeparator = from.fieldSeparator;
            recordSeparator = from.recordSeparator;
            csvSeparator = from.csvSeparator;
            tuplesOnly = from.tuplesOnly;
            footer = from.footer;
            title = from.title;
            numericLocale = from.numericLocale;
            columns = from.columns;
            lineStyle = from.lineStyle;
            unicode = from.unicode;
            pager = from.pager;
            pagerMinLines = from.pagerMinLines;
            tableAttributes = from.tableAttributes;
        }

        private TableOptions options() {
            return new TableOptions(format, border, expanded, nullText, fieldSeparator, recordSeparator, csvSeparator,
                    tuplesOnly, footer, title, numericLocale, columns, lineStyle, unicode, pager, pagerMinLines,
                    tableAttributes);
        }
    }
}
