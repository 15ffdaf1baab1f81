package dev.stepmark.session.bash;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a shell holds between two executions, read from {@code pwd}, {@code declare -p} and {@code declare -f}.
 *
 * @param directory working directory
 * @param exported  exported variables
 * @param variables a fingerprint of each variable's definition, by name
 * @param functions a fingerprint of each function's definition, by name; null when they were not asked for
 */
record ShellState(String directory, Map<String, String> exported, Map<String, Long> variables,
        Map<String, Long> functions) {

    /** Variables that bash changes by itself. */
    private static final Set<String> VOLATILE = Set.of("_", "BASHOPTS", "BASHPID", "BASH_ALIASES", "BASH_ARGC",
            "BASH_ARGV", "BASH_ARGV0", "BASH_CMDS", "BASH_COMMAND", "BASH_LINENO", "BASH_MONOSECONDS", "BASH_REMATCH",
            "BASH_SOURCE", "BASH_SUBSHELL", "BASH_TRAPSIG", "COLUMNS", "COMP_WORDBREAKS", "DIRSTACK", "EPOCHREALTIME",
            "EPOCHSECONDS", "FUNCNAME", "GROUPS", "HISTCMD", "LINENO", "LINES", "OLDPWD", "OPTIND", "PIPESTATUS",
            "PPID", "PROMPT_COMMAND", "PS0", "PS1", "PS2", "PWD", "RANDOM", "SECONDS", "SHELLOPTS", "SRANDOM",
            "TMOUT");

    private static final String DECLARE = "declare ";

    /** Takes the three outputs apart, each with one char for each byte; the last may be missing (null). */
    static ShellState parse(String directory, String variables, String functions) {
        Map<String, String> exported = new HashMap<>();
        Map<String, Long> fingerprints = new HashMap<>();
        int at = 0;
        while (at < variables.length()) {
            int end = endOfDeclaration(variables, at);
            declaration(variables.substring(at, end), exported, fingerprints);
            at = end + 1;
        }
        String path = directory.endsWith("\n") ? directory.substring(0, directory.length() - 1) : directory;
        return new ShellState(utf8(path), exported, fingerprints, functions == null ? null : functions(functions));
    }

    /** This state, with the functions of an earlier one where they were not asked for. */
    ShellState after(ShellState before) {
        return functions != null ? this : new ShellState(directory, exported, variables, before.functions);
    }

    /** The names whose definitions differ, came or went. */
    SortedSet<String> changedSince(ShellState before) {
        SortedSet<String> names = new TreeSet<>();
        differences(before.variables, variables, names);
        differences(before.functions, functions, names);
        return names;
    }

    private static void differences(Map<String, Long> before, Map<String, Long> now, Set<String> names) {
        if (before == now) {
            return;
        }
        now.forEach((name, print) -> {
            if (!print.equals(before.get(name))) {
                names.add(name);
            }
        });
        before.keySet().stream().filter(name -> !now.containsKey(name)).forEach(names::add);
    }

    private static void declaration(String line, Map<String, String> exported, Map<String, Long> fingerprints) {
        int flags = DECLARE.length();
        int from = line.startsWith(DECLARE) ? line.indexOf(' ', flags) + 1 : 0;
        if (from == 0 || line.startsWith(BashScript.PREFIX, from)) {
            return;
        }
        int equals = line.indexOf('=', from);
        String name = line.substring(from, equals < 0 ? line.length() : equals);
        if (!VOLATILE.contains(name)) {
            fingerprints.put(name, fingerprint(line));
        }
        int x = line.indexOf('x', flags);
        if (x >= 0 && x < from && equals >= 0 && !line.startsWith("(", equals + 1)) {
            exported.put(utf8(name), utf8(unquote(line.substring(equals + 1))));
        }
    }

    private static Map<String, Long> functions(String text) {
        Map<String, Long> fingerprints = new HashMap<>();
        String name = null;
        int from = 0;
        int at = 0;
        while (at < text.length()) {
            int end = text.indexOf('\n', at);
            end = end < 0 ? text.length() : end;
            String line = text.substring(at, end);
            if (line.endsWith(" () ") && !line.startsWith(" ") && text.startsWith("\n{", end)) {
                function(name, text.substring(from, at), fingerprints);
                name = line.substring(0, line.length() - 4);
                from = at;
            }
            at = end + 1;
        }
        function(name, text.substring(from), fingerprints);
        return fingerprints;
    }

    private static void function(String name, String body, Map<String, Long> fingerprints) {
        if (name != null && !ours(name)) {
            fingerprints.put(name, fingerprint(body));
        }
    }

    private static boolean ours(String name) {
        return name.startsWith(BashScript.PREFIX);
    }

    static long fingerprint(String text) {
        long hash = 1125899906842597L;
        for (int i = 0; i < text.length(); i++) {
            hash = 31 * hash + text.charAt(i);
        }
        return hash;
    }

    /** Where the line that begins here ends: at the first line feed outside of quotes. */
    static int endOfDeclaration(String text, int from) {
        char quote = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && quote != '\'') {
                i++;
            } else if (quote != 0) {
                // $'...' is marked by $, because a backslash escapes in it.
                quote = c == (quote == '$' ? '\'' : quote) ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c == '\'' && i > from && text.charAt(i - 1) == '$' ? '$' : c;
            } else if (c == '\n') {
                return i;
            }
        }
        return text.length();
    }

    private static String unquote(String value) {
        if (value.startsWith("$'") && value.endsWith("'")) {
            return ansi(value.substring(2, value.length() - 1));
        }
        if (value.length() < 2 || value.charAt(0) != '"') {
            return value;
        }
        StringBuilder out = new StringBuilder(value.length());
        for (int i = 1; i < value.length() - 1; i++) {
            char c = value.charAt(i);
            out.append(c == '\\' ? value.charAt(++i) : c);
        }
        return out.toString();
    }

    private static String ansi(String value) {
        StringBuilder out = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c != '\\' || i + 1 == value.length()) {
                out.append(c);
                continue;
            }
            char next = value.charAt(++i);
            int known = "abtnvfrE".indexOf(next);
            if (known >= 0) {
                out.append("\u0007\b\t\n\u000b\f\r\u001b".charAt(known));
            } else if (next >= '0' && next <= '7' && i + 2 < value.length()) {
                out.append((char) Integer.parseInt(value.substring(i, i + 3), 8));
                i += 2;
            } else {
                out.append(next);
            }
        }
        return out.toString();
    }

    static String utf8(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
