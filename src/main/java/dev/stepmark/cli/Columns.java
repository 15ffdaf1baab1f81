package dev.stepmark.cli;

import dev.stepmark.table.DisplayWidth;
import dev.stepmark.terminal.Neutral;
import java.util.ArrayList;
import java.util.List;

/** Tables of ours: no borders, two spaces between columns, one header line; they survive grep and awk. */
final class Columns {

    private Columns() { }

    /**
     * Aligns rows.
     *
     * @param raw   cells; all rows of one length
     * @param right index of the one column that is aligned to the right, or -1
     */
    static List<String> lines(List<List<String>> raw, int right) {
        // names of files and titles are others' words
        List<List<String>> rows = raw.stream().map(row -> row.stream().map(Neutral::line).toList()).toList();
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        rows.forEach(row -> {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], DisplayWidth.of(row.get(i)));
            }
        });
        List<String> out = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                String padding = " ".repeat(widths[i] - DisplayWidth.of(row.get(i)));
                line.append(i == 0 ? "" : "  ").append(i == right ? padding + row.get(i) : row.get(i) + padding);
            }
            out.add(line.toString().stripTrailing());
        }
        return out;
    }
}
