package dev.stepmark.table;

import java.util.LinkedHashMap;
import java.util.Map;

/** What {@code \pset} says about settings. */
final class PsetText {

    private PsetText() { }

    /** One setting in a sentence. */
    static String line(TableOptions o, String name) {
        return switch (name) {
            case "border" -> "Border style is " + o.border() + ".";
            case "columns" -> o.columns() == 0 ? "Target width is unset." : "Target width is " + o.columns() + ".";
            case "x", "expanded", "vertical" -> switch (o.expanded()) {
                case ON -> "Expanded display is on.";
                case OFF -> "Expanded display is off.";
                case AUTO -> "Expanded display is used automatically.";
            };
            case "csv_fieldsep" -> "Field separator for CSV is \"" + o.csvSeparator() + "\".";
            case "fieldsep", "fieldsep_zero" -> "Field separator is " + quoted(o.fieldSeparator()) + ".";
            case "recordsep", "recordsep_zero" -> "Record separator is " + (o.recordSeparator().bytes().equals("\n")
                    ? "<newline>" : quoted(o.recordSeparator())) + ".";
            case "footer" -> "Default footer is " + onOff(o.footer()) + ".";
            case "format" -> "Output format is " + o.format().word() + ".";
            case "linestyle" -> "Line style is " + o.lineStyle().word() + ".";
            case "null" -> "Null display is \"" + o.nullText() + "\".";
            case "numericlocale" -> "Locale-adjusted numeric output is " + onOff(o.numericLocale()) + ".";
            case "t", "tuples_only" -> "Tuples only is " + onOff(o.tuplesOnly()) + ".";
            default -> rarer(o, name);
        };
    }

    private static String rarer(TableOptions o, String name) {
        return switch (name) {
            case "pager" -> switch (o.pager()) {
                case ON -> "Pager is used for long output.";
                case ALWAYS -> "Pager is always used.";
                case OFF -> "Pager usage is off.";
            };
            case "pager_min_lines" -> "Pager won't be used for less than " + o.pagerMinLines()
                    + (o.pagerMinLines() == 1 ? " line." : " lines.");
            case "T", "tableattr" -> o.tableAttributes().map(t -> "Table attributes are \"" + t + "\".")
                    .orElse("Table attributes unset.");
            case "C", "title" -> o.title().map(t -> "Title is \"" + t + "\".").orElse("Title is unset.");
            case "unicode_border_linestyle" -> "Unicode border line style is \"" + lines(o.unicode().border()) + "\".";
            case "unicode_column_linestyle" -> "Unicode column line style is \"" + lines(o.unicode().column()) + "\".";
            case "unicode_header_linestyle" -> "Unicode header line style is \"" + lines(o.unicode().header()) + "\".";
            default -> "";
        };
    }

    /** All settings, one a line. */
    static String all(TableOptions o) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("border", Integer.toString(o.border()));
        values.put("columns", Integer.toString(o.columns()));
        values.put("csv_fieldsep", literal(Character.toString(o.csvSeparator())));
        values.put("expanded", switch (o.expanded()) {
            case ON -> "on";
            case OFF -> "off";
            case AUTO -> "auto";
        });
        values.put("fieldsep", literal(o.fieldSeparator().text()));
        values.put("fieldsep_zero", onOff(o.fieldSeparator().zero()));
        values.put("footer", onOff(o.footer()));
        values.put("format", o.format().word());
        values.put("linestyle", o.lineStyle().word());
        values.put("null", literal(o.nullText()));
        values.put("numericlocale", onOff(o.numericLocale()));
        values.put("pager", Integer.toString(o.pager().ordinal()));
        values.put("pager_min_lines", Integer.toString(o.pagerMinLines()));
        values.put("recordsep", literal(o.recordSeparator().text()));
        values.put("recordsep_zero", onOff(o.recordSeparator().zero()));
        values.put("tableattr", o.tableAttributes().map(PsetText::literal).orElse(""));
        values.put("title", o.title().map(PsetText::literal).orElse(""));
        values.put("tuples_only", onOff(o.tuplesOnly()));
        values.put("unicode_border_linestyle", lines(o.unicode().border()));
        values.put("unicode_column_linestyle", lines(o.unicode().column()));
        values.put("unicode_header_linestyle", lines(o.unicode().header()));
        StringBuilder out = new StringBuilder();
        values.forEach((name, value) -> out.append(String.format("%-24s %s%n", name, value).replace("\r\n", "\n")));
        return out.toString();
    }

    private static String quoted(TableOptions.Separator separator) {
        return separator.zero() ? "zero byte" : "\"" + separator.text() + "\"";
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "\\'").replace("\n", "\\n") + "'";
    }

    private static String onOff(boolean on) {
        return on ? "on" : "off";
    }

    private static String lines(boolean doubled) {
        return doubled ? "double" : "single";
    }
}
