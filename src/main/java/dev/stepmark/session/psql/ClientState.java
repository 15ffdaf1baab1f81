package dev.stepmark.session.psql;

import dev.stepmark.table.Pset;
import dev.stepmark.table.TableOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How psql was told to print: what {@code \pset} lists, and the variables that matter here. Between the user's texts psql
 * is kept in a format of our own, from which every value can be read back: LaTeX is the only one of psql's formats that
 * escapes all it must, names the alignment of the columns and has one line for each row.
 *
 * @param options   what {@code \pset} lists, unquoted
 * @param quiet     psql's QUIET
 * @param echo      psql's ECHO
 * @param stop      psql's ON_ERROR_STOP
 * @param commits   whether AUTOCOMMIT is on
 * @param savepoint whether ON_ERROR_ROLLBACK makes psql send savepoints of its own
 * @param timing    whether psql prints the time of each statement
 * @param variables the others of psql by their names, as {@code \set} lists them: without their quotes escaped
 */
record ClientState(Map<String, String> options, String quiet, String echo, boolean stop, boolean commits,
        boolean savepoint, boolean timing, Map<String, String> variables) {

    /** What psql prints for NULL while its results are read here: nothing that a value can be by chance. */
    static final String NULL = "N" + UUID.randomUUID().toString().replace("-", "");

    private static final Pattern VARIABLE = Pattern.compile("([A-Za-z0-9_\\x80-\\uffff]+) = (?=')");
    /** Variables that tell what has happened, or that are kept apart. */
    private static final Pattern OWN = Pattern.compile("ERROR|SQLSTATE|ROW_COUNT|LAST_ERROR_.*|DBNAME|USER|HOST|PORT|ENCODING"
            + "|(SERVER_)?VERSION(_.*)?|QUIET|ON_ERROR_STOP|SHELL_.*");

    /** Options that the private format changes, in the order in which they are set back. */
    private static final List<String> CHANGED = List.of("format", "border", "expanded", "null", "footer", "tuples_only",
            "numericlocale", "title", "columns");

    private static final Map<String, String> PRIVATE = Map.of("format", "latex", "border", "1", "expanded", "off",
            "null", NULL, "footer", "off", "tuples_only", "off", "numericlocale", "off", "columns", "0");

    /** Options that say how a table looks, as far as {@link TableOptions} has them. */
    private static final List<String> LOOK = List.of("border", "columns", "csv_fieldsep", "expanded", "fieldsep", "footer",
            "format", "linestyle", "null", "recordsep", "tuples_only", "unicode_border_linestyle",
            "unicode_column_linestyle", "unicode_header_linestyle");

    /** Commands whose output {@link #read} takes. */
    static final String ASK = "\\pset\n\\echo '\\037' :QUIET :ECHO :ON_ERROR_STOP :AUTOCOMMIT :ON_ERROR_ROLLBACK\n"
            // nothing but turning it tells which way it is
            + "\\set QUIET off\n\\timing\n\\timing\n\\echo '\\037'\n\\set\n";

    ClientState {
        options = Map.copyOf(options);
        variables = Map.copyOf(variables);
    }

    /** Reads what {@link #ASK} printed. */
    static ClientState read(String text) {
        String[] parts = text.split("\037", 3);
        Map<String, String> options = new LinkedHashMap<>();
        for (String line : parts[0].split("\n")) {
            int space = line.indexOf(' ');
            if (space > 0) {
                options.put(line.substring(0, space), unquoted(line.substring(space).strip()));
            }
        }
        String[] variables = parts[1].strip().lines().findFirst().orElse("").split(" ");
        return new ClientState(options, variables[0], variables[1], yes(variables[2]),
                yes(variables[3]), !variables[4].equals("off"), parts[1].stripTrailing().endsWith("on."),
                variables(parts[2]));
    }

    private static Map<String, String> variables(String listed) {
        Map<String, String> variables = new LinkedHashMap<>();
        String name = "";
        for (String line : listed.split("\n")) {
            Matcher begins = VARIABLE.matcher(line);
            name = begins.lookingAt() ? begins.group(1) : name;
            // a value of several lines is kept by its name only
            variables.merge(name, begins.lookingAt() ? line.substring(begins.end()) : "", (a, b) -> a + "\n" + b);
        }
        variables.keySet().removeIf(n -> n.isEmpty() || OWN.matcher(n).matches());
        return variables;
    }

    /** psql keeps a boolean as it was written: 1, on, true. */
    private static boolean yes(String value) {
        return value.matches("(?i)1|on|t|tr|tru|true|y|ye|yes");
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("'") && value.endsWith("'");
        return quoted ? value.substring(1, value.length() - 1).replace("\\n", "\n").replace("\\'", "'") : value;
    }

    /** How the user wants tables to look. */
    TableOptions table() {
        TableOptions table = TableOptions.DEFAULTS;
        for (String name : LOOK) {
            String value = options.get(name);
            table = value == null ? table : Pset.apply(table, name, Optional.of(value)).options();
        }
        for (String name : List.of("fieldsep_zero", "recordsep_zero")) {
            table = on(name) ? Pset.apply(table, name, Optional.empty()).options() : table;
        }
        String title = options.getOrDefault("title", "");
        return title.isEmpty() ? table : Pset.apply(table, "title", Optional.of(title)).options();
    }

    private boolean on(String name) {
        return options.getOrDefault(name, "off").equals("on");
    }

    /** Whether results can be printed here as psql would; how numbers are grouped is a matter of psql's own locale. */
    boolean plain() {
        return table().format().printable() && !on("numericlocale") && !echo.equals("all") && !echo.equals("queries");
    }

    boolean expanded() {
        return on("expanded");
    }

    boolean silent() {
        return yes(quiet);
    }

    /** Commands that go to the private format; QUIET is off in it, since command tags are wanted. */
    static String enter() {
        StringJoiner lines = new StringJoiner("\n", "\\set QUIET on\n", "\n\\pset title\n\\set ON_ERROR_STOP off\n"
                + "\\set QUIET off\n");
        PRIVATE.forEach((name, value) -> lines.add("\\pset " + name + " " + value));
        return lines.toString();
    }

    /** Commands that go back to what the user has. */
    String leave() {
        StringJoiner lines = new StringJoiner("\n", "\\set QUIET on\n", "\n\\set QUIET " + quiet + "\n");
        for (String name : CHANGED) {
            String value = options.getOrDefault(name, "");
            lines.add("\\pset " + name + (value.isEmpty() && name.equals("title") ? "" : " " + quoted(value)));
        }
        if (stop) {
            lines.add("\\set ON_ERROR_STOP on");
        }
        return lines.toString();
    }

    /** The same, remembering that the user wants a script to stop at its first error. */
    ClientState stopping(boolean on) {
        return new ClientState(options, quiet, echo, on, commits, savepoint, timing, variables);
    }

    /** The same with another title above tables. */
    ClientState titled(String title) {
        Map<String, String> other = new LinkedHashMap<>(options);
        other.put("title", title);
        return new ClientState(other, quiet, echo, stop, commits, savepoint, timing, variables);
    }

    /** One argument of a meta-command. */
    static String quoted(String value) {
        return "'" + value.replace("\\", "\\\\").replace("'", "''").replace("\n", "\\n") + "'";
    }
}
