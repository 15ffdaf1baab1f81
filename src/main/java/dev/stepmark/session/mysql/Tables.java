package dev.stepmark.session.mysql;

import dev.stepmark.table.DisplayWidth;
import java.util.List;
import java.util.regex.Pattern;

/** Prints rows as mysql does: a table with a frame, or with {@code \G} one value a line. */
final class Tables {

    private static final Pattern NUMBER = Pattern.compile("-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:e[+-]?\\d+)?");
    private static final String STARS = "*".repeat(27);

    private final List<String> names;
    private final boolean vertical;
    private int[] widths;
    private boolean[] right;
    private long printed;

    Tables(List<String> names, boolean vertical) {
        this.names = names;
        this.vertical = vertical;
    }

    /** Whether a column holds numbers only; the client's output says nothing of types. */
    static boolean number(List<List<String>> rows, int column) {
        boolean any = false;
        for (List<String> row : rows) {
            String value = row.get(column);
            if (value != null && !NUMBER.matcher(value).matches()) {
                return false;
            }
            any |= value != null;
        }
        return any;
    }

    /** Rows of one result; the first ones decide which columns are numbers, wider ones later make it wider. */
    String rows(List<List<String>> rows) {
        return vertical ? records(rows) : table(rows);
    }

    /** The line below the last row. */
    String end() {
        return vertical || printed == 0 ? "" : rule();
    }

    private String table(List<List<String>> rows) {
        StringBuilder out = new StringBuilder();
        boolean first = widths == null;
        if (first) {
            widths = names.stream().mapToInt(DisplayWidth::of).toArray();
            right = new boolean[widths.length];
            for (int i = 0; i < right.length; i++) {
                right[i] = number(rows, i);
            }
        }
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], DisplayWidth.of(shown(row.get(i))));
            }
        }
        if (first) {
            out.append(rule());
            line(out, names, new boolean[right.length]);
            out.append(rule());
        }
        rows.forEach(row -> line(out, row, right));
        printed += rows.size();
        return out.toString();
    }

    private void line(StringBuilder out, List<String> cells, boolean[] toTheRight) {
        for (int i = 0; i < widths.length; i++) {
            String cell = shown(cells.get(i));
            String pad = " ".repeat(widths[i] - DisplayWidth.of(cell));
            out.append("| ").append(toTheRight[i] ? pad + cell : cell + pad).append(' ');
        }
        out.append("|\n");
    }

    private String rule() {
        StringBuilder out = new StringBuilder();
        for (int width : widths) {
            out.append('+').append("-".repeat(width + 2));
        }
        return out.append("+\n").toString();
    }

    private String records(List<List<String>> rows) {
        int width = names.stream().mapToInt(DisplayWidth::of).max().orElse(0);
        StringBuilder out = new StringBuilder();
        for (List<String> row : rows) {
            out.append(STARS).append(' ').append(++printed).append(". row ").append(STARS).append('\n');
            for (int i = 0; i < names.size(); i++) {
                out.append(" ".repeat(width - DisplayWidth.of(names.get(i)))).append(names.get(i)).append(": ")
                        .append(shown(row.get(i))).append('\n');
            }
        }
        return out.toString();
    }

    private static String shown(String cell) {
        return cell == null ? "NULL" : cell;
    }
}
