package dev.stepmark.sql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads psql's options as getopt_long does: attached values, combined flags, options after operands. */
final class PsqlArguments {

    private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*=.*", Pattern.DOTALL);
    /** Short options with a value (startup.c of psql 15). */
    private static final String WITH_VALUE = "cdfFhLopPRTUv";
    private static final String FLAGS = "abeEHlnqsStAVwWxXz01?";
    private static final Map<String, Character> LONG = Map.ofEntries(Map.entry("echo-all", 'a'),
            Map.entry("no-align", 'A'), Map.entry("command", 'c'), Map.entry("dbname", 'd'),
            Map.entry("echo-queries", 'e'), Map.entry("echo-errors", 'b'), Map.entry("echo-hidden", 'E'),
            Map.entry("file", 'f'), Map.entry("field-separator", 'F'), Map.entry("field-separator-zero", 'z'),
            Map.entry("host", 'h'), Map.entry("html", 'H'), Map.entry("list", 'l'), Map.entry("log-file", 'L'),
            Map.entry("no-readline", 'n'), Map.entry("single-transaction", '1'), Map.entry("output", 'o'),
            Map.entry("port", 'p'), Map.entry("pset", 'P'), Map.entry("quiet", 'q'),
            Map.entry("record-separator", 'R'), Map.entry("record-separator-zero", '0'),
            Map.entry("single-step", 's'), Map.entry("single-line", 'S'), Map.entry("tuples-only", 't'),
            Map.entry("table-attr", 'T'), Map.entry("username", 'U'), Map.entry("set", 'v'),
            Map.entry("variable", 'v'), Map.entry("version", 'V'), Map.entry("no-password", 'w'),
            Map.entry("password", 'W'), Map.entry("expanded", 'x'), Map.entry("no-psqlrc", 'X'),
            Map.entry("help", '?'), Map.entry("csv", 'C'));
    /** Flags that change nothing for a session of Stepmark: no readline, quiet, no start-up file. */
    private static final String HARMLESS = "nqXwWbeaE";
    /** Option letter and value of settings that a session of Stepmark fulfils anyway. */
    private static final Set<String> HARMLESS_SETTINGS = Set.of("von_error_stop=1", "von_error_stop=on",
            "von_error_stop=true", "Ppager=off");
    /** Flags that do not belong to how a session looks: how it is opened, what it echoes, what is no session. */
    private static final String NO_LOOK = "wWXnlV?1ae";
    private static final Set<String> COMMON = Set.of("host", "port", "user", "password", "dbname");

    private final List<String> words;
    private final Map<String, String> assignments = new LinkedHashMap<>();
    private final Map<String, String> common = new LinkedHashMap<>();
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private final List<String> commands = new ArrayList<>();
    private final List<String> files = new ArrayList<>();
    private final List<String> unsupported = new ArrayList<>();
    private final List<String> options = new ArrayList<>();
    private final List<String> operands = new ArrayList<>();
    private String flags = "";
    private String database = "";
    private String problem = "";
    private int at;

    PsqlArguments(List<String> words) {
        this.words = words;
    }

    /** The position of psql among the words, or -1. */
    int programAt() {
        int i = 0;
        boolean env = false;
        while (i < words.size()) {
            String word = words.get(i);
            if (ASSIGNMENT.matcher(word).matches()) {
                int equals = word.indexOf('=');
                assignments.put(word.substring(0, equals), word.substring(equals + 1));
            } else if (!env && word.substring(word.lastIndexOf('/') + 1).equals("env")) {
                env = true;
            } else {
                return word.equals("psql") || word.endsWith("/psql") ? i : -1;
            }
            i++;
        }
        return -1;
    }

    PsqlInvocation read() {
        at = programAt();
        if (at < 0) {
            throw new IllegalArgumentException("no psql command: " + words.size() + " words");
        }
        at++;
        boolean options = true;
        for (; at < words.size() && problem.isEmpty(); at++) {
            String word = words.get(at);
            if (options && word.equals("--")) {
                options = false;
            } else if (options && word.startsWith("--")) {
                longOption(word);
            } else if (options && word.startsWith("-") && word.length() > 1) {
                shortOptions(word);
            } else {
                operands.add(word);
            }
        }
        operands();
        connectionString();
        return result();
    }

    private void longOption(String word) {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word.substring(2) : word.substring(2, equals);
        List<String> matches = LONG.containsKey(name) ? List.of(name)
                : LONG.keySet().stream().filter(k -> k.startsWith(name)).sorted().toList();
        if (matches.size() != 1) {
            problem = (matches.isEmpty() ? "psql has no option --" : "more than one option of psql begins with --")
                    + name;
            return;
        }
        char option = LONG.get(matches.get(0));
        boolean needsValue = WITH_VALUE.indexOf(option) >= 0;
        if (!needsValue) {
            flag(option, word);
            return;
        }
        value(option, equals < 0 ? nextWord(word) : word.substring(equals + 1), "--" + matches.get(0));
    }

    private void shortOptions(String word) {
        for (int i = 1; i < word.length() && problem.isEmpty(); i++) {
            char option = word.charAt(i);
            if (WITH_VALUE.indexOf(option) >= 0) {
                String attached = word.substring(i + 1);
                value(option, attached.isEmpty() ? nextWord("-" + option) : attached, "-" + option);
                return;
            }
            if (FLAGS.indexOf(option) < 0) {
                problem = "psql has no option -" + option;
                return;
            }
            flag(option, "-" + option);
        }
    }

    private String nextWord(String option) {
        at++;
        if (at >= words.size()) {
            problem = "the option " + option + " of psql has no value";
            return "";
        }
        return words.get(at);
    }

    private void flag(char option, String written) {
        flags += option;
        if (NO_LOOK.indexOf(option) < 0) {
            options.add(option == 'C' ? "--csv" : "-" + option);
        }
        if (HARMLESS.indexOf(option) < 0) {
            unsupported.add(written);
        }
    }

    private void value(char option, String value, String written) {
        switch (option) {
            case 'h' -> common.put("host", value);
            case 'p' -> common.put("port", value);
            case 'U' -> common.put("user", value);
            case 'd' -> database = value;
            case 'c' -> commands.add(value);
            case 'f' -> files.add(value);
            default -> { }
        }
        if ("hpUdcf".indexOf(option) < 0) {
            options.addAll(List.of("-" + option, value));
        }
        if ("hpUd".indexOf(option) < 0 && !HARMLESS_SETTINGS.contains(option + value.toLowerCase(Locale.ROOT))) {
            unsupported.add(written);
        }
    }

    /** Database, then user, each only where no option said it. */
    private void operands() {
        for (String operand : operands) {
            if (database.isEmpty()) {
                database = operand;
            } else if (!common.containsKey("user")) {
                common.put("user", operand);
            } else {
                problem = problem.isEmpty() ? "psql would ignore the argument " + operand : problem;
            }
        }
    }

    /** What a connection string says wins over the options (libpq, expand_dbname). */
    private void connectionString() {
        if (!ConnInfo.isConnectionString(database)) {
            if (!database.isEmpty()) {
                common.put("dbname", database);
            }
        } else {
            ConnInfo info = ConnInfo.parse(database);
            problem = problem.isEmpty() ? info.problem() : problem;
            info.parameters().forEach((key, value) -> (COMMON.contains(key) ? common : parameters).put(key, value));
        }
        String hosts = common.getOrDefault("host", "") + common.getOrDefault("port", "");
        if (hosts.indexOf(',') >= 0) {
            unsupported.add("several hosts");
        }
    }

    private PsqlInvocation result() {
        boolean informs = "lV?".chars().anyMatch(c -> flags.indexOf(c) >= 0);
        boolean interactive = commands.isEmpty() && files.isEmpty() && !informs;
        return new PsqlInvocation(get("host"), get("port"), get("user"), get("dbname"), parameters, get("password"),
                assignments, interactive, flags.indexOf('w') >= 0, flags.indexOf('W') >= 0, commands, files,
                unsupported, options, problem);
    }

    private Optional<String> get(String key) {
        return Optional.ofNullable(common.get(key)).filter(v -> !v.isEmpty());
    }
}
