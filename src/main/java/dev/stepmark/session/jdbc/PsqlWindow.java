package dev.stepmark.session.jdbc;

import dev.stepmark.session.Result;
import dev.stepmark.table.PsqlTable;
import java.util.List;

/** A window of rows in psql's format: the first one has the header, later ones go on below it. */
public final class PsqlWindow {

    private static final String RECORD = "-[ RECORD ";

    private PsqlWindow() { }

    /**
     * Prints one window.
     *
     * @param columns  the columns
     * @param rows     the rows of the window
     * @param expanded whether {@code \x} is on
     * @param first    whether nothing of this table was printed before
     * @param before   rows printed before
     * @param last     whether the table ends here
     */
    public static String text(List<Result.Column> columns, List<List<String>> rows, boolean expanded, boolean first,
            long before, boolean last) {
        String end = last ? "\n" : "";
        List<String> headers = columns.stream().map(Result.Column::name).toList();
        if (expanded) {
            return (rows.isEmpty() && !first ? "" : renumbered(PsqlTable.expanded(headers, rows, ""), before)) + end;
        }
        List<Boolean> right = columns.stream().map(Result.Column::right).toList();
        String footer = last ? PsqlTable.footer(before + rows.size()) : "";
        String table = PsqlTable.aligned(headers, right, rows, "", footer);
        return (first ? table : withoutHeader(table, headers)) + end;
    }

    private static String withoutHeader(String table, List<String> headers) {
        long height = headers.isEmpty() ? 0
                : 1 + headers.stream().mapToLong(name -> name.chars().filter(c -> c == '\n').count()).max().orElse(0);
        int at = 0;
        for (long line = 0; line < height + 1; line++) {
            at = table.indexOf('\n', at) + 1;
        }
        return table.substring(at);
    }

    private static String renumbered(String records, long before) {
        if (before == 0) {
            return records;
        }
        StringBuilder out = new StringBuilder(records.length() + 64);
        for (String line : records.split("(?<=\n)")) {
            out.append(line.startsWith(RECORD) ? renumber(line, before) : line);
        }
        return out.toString();
    }

    /** The title overwrites the rule, so a longer number takes the place of as many characters of it. */
    private static String renumber(String line, long before) {
        int numberEnd = line.indexOf(' ', RECORD.length());
        String old = line.substring(RECORD.length(), numberEnd);
        String number = Long.toString(before + Long.parseLong(old));
        int rest = numberEnd + " ]".length();
        int grown = number.length() - old.length();
        String rule = line.substring(Math.min(line.length() - 1, rest + grown));
        return RECORD + number + " ]" + rule;
    }
}
