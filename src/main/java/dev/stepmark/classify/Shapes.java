package dev.stepmark.classify;

import java.util.List;
import java.util.regex.Pattern;

/** What a text looks like, whatever its label says. */
final class Shapes {

    private static final Pattern PSQL_RULE = Pattern.compile("\\s*--[-+]*\\+[-+]*--\\s*");
    private static final Pattern PSQL_COUNT = Pattern.compile("\\s*\\(\\d+ rows?\\)\\s*");
    private static final Pattern MYSQL_RULE = Pattern.compile("\\s*\\+-[-+]*\\+\\s*");
    private static final Pattern ERROR = Pattern.compile("^(\\S+: )*(error|warning|fatal|panic|notice|hint|detail)\\b\\s*:?|"
            + "\\b(ERROR|WARNING|FATAL|PANIC)\\s*:", Pattern.CASE_INSENSITIVE);
    private static final Pattern PRINTED = Pattern.compile("^(NAME|NAMESPACE|READY|STATUS|CONTAINER ID|REPOSITORY|LAST SEEN|"
            + "REVISION|ID)\\s{2,}\\S.*|^[{\\[]\\s*$|^\\S+/\\S+ (created|configured|deleted|patched|unchanged|scaled)\\b.*|"
            + "^(\\d{4}-\\d{2}-\\d{2}[T ]|\\[?\\d{2}:\\d{2}:\\d{2}).*|^-{3,}.*|^-\\[ RECORD \\d+ ].*|^Empty set\\b.*");

    private Shapes() {
    }

    /** The index of the line where a table as psql or mysql prints it begins; -1 when there is none. */
    static int tableStart(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (MYSQL_RULE.matcher(line).matches() && line.strip().length() > 3) {
                return i;
            }
            if (PSQL_RULE.matcher(line).matches()) {
                return Math.max(0, i - 1);
            }
            if (PSQL_COUNT.matcher(line).matches()) {
                return singleColumn(lines, i);
            }
        }
        return -1;
    }

    /** A table of one column has a rule without a plus sign: the line above it is its head. */
    private static int singleColumn(List<String> lines, int count) {
        for (int i = count - 1; i > 0; i--) {
            if (lines.get(i).strip().matches("-{2,}")) {
                return i - 1;
            }
        }
        return count;
    }

    /** A message of a program: {@code pg_restore: error: ...}, {@code WARNING:  ...}. */
    static boolean isErrorMessage(String text) {
        return ERROR.matcher(firstLine(text)).find();
    }

    /** The first line is one that programs print and nobody types. */
    static boolean isPrinted(String text) {
        return PRINTED.matcher(firstLine(text)).matches();
    }

    /** The first line with something in it, stripped; empty when there is none. */
    static String firstLine(String text) {
        return text.lines().map(String::strip).filter(l -> !l.isEmpty()).findFirst().orElse("");
    }

    /** The first line that is no comment, stripped; empty when there is none. */
    static String firstCommand(String text) {
        return text.lines().map(String::strip).filter(l -> !l.isEmpty() && !l.startsWith("#") && !l.startsWith("--"))
                .findFirst().orElse("");
    }
}
