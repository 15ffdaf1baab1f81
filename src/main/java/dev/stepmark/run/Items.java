package dev.stepmark.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rows of a loop as they were fixed before the first one ran.
 *
 * @param source  where they come from, for people: {@code step 2}
 * @param exec    the execution whose result they are, or empty
 * @param columns names of placeholders with the columns that fill them
 * @param rows    values by column; null for NULL
 */
record Items(String source, String exec, Map<String, String> columns, List<Map<String, String>> rows) {

    private static final int LABEL = 30;

    /** How many there are. */
    int size() {
        return rows.size();
    }

    /** Whether a placeholder is filled from them. */
    boolean fills(String hole) {
        return columns.containsKey(hole);
    }

    /** The value of a placeholder in a row; empty for NULL, and for a column that the row does not have. */
    Optional<String> value(int row, String hole) {
        return Optional.ofNullable(rows.get(row).get(columns.get(hole)));
    }

    /** What people call a row: its first short value, as one line. */
    String label(int row) {
        for (String column : columns.isEmpty() ? rows.get(row).keySet() : columns.values()) {
            String value = rows.get(row).get(column);
            if (value != null && !value.isBlank() && value.length() <= 2 * LABEL && value.indexOf('\n') < 0) {
                return value.length() <= LABEL ? value : value.substring(0, LABEL - 3) + "...";
            }
        }
        return "row " + (row + 1);
    }

    /** As an artefact. */
    String json() {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("source", source);
        out.put("exec", exec);
        out.put("columns", columns);
        out.put("rows", rows);
        return Captures.write(out);
    }

    /** The rows of an artefact. */
    @SuppressWarnings("unchecked")
    static Items read(byte[] json) {
        Map<String, Object> in = Captures.read(json, Map.class);
        return new Items((String) in.get("source"), (String) in.get("exec"), (Map<String, String>) in.get("columns"),
                (List<Map<String, String>>) in.get("rows"));
    }
}
