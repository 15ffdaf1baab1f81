package dev.stepmark.session.bash;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The state of a shell as {@code export -p} and {@code set} print it, which every POSIX shell does alike. */
final class PosixState {

    /** Variables that such a shell changes by itself, and the framing's. */
    private static final Set<String> VOLATILE = Set.of("IFS", "LINENO", "OLDPWD", "OPTIND", "PPID", "PS1", "PS2", "PS4",
            "PWD", "RANDOM", "_", "COLUMNS", "LINES", "HISTFILE", "FUNCNAME", "EPOCHREALTIME", "EPOCHSECONDS");
    private static final String EXPORT = "export ";

    private PosixState() { }

    /** Whether a text of variables is of this form; bash has one of its own. */
    static boolean is(String variables) {
        return variables.startsWith(EXPORT);
    }

    /** Takes the two texts apart, each with one char for each byte. Nobody lists functions. */
    static ShellState parse(String directory, String variables) {
        Map<String, String> exported = new HashMap<>();
        Map<String, Long> fingerprints = new HashMap<>();
        int at = 0;
        while (at < variables.length()) {
            int end = ShellState.endOfDeclaration(variables, at);
            String line = variables.substring(at, end);
            boolean export = line.startsWith(EXPORT);
            String rest = export ? line.substring(EXPORT.length()) : line;
            int equals = rest.indexOf('=');
            String name = equals < 0 ? rest : rest.substring(0, equals);
            if (!name.startsWith(BashScript.PREFIX)) {
                one(name, export, equals < 0 ? null : rest.substring(equals + 1), exported, fingerprints);
            }
            at = end + 1;
        }
        String path = directory.endsWith("\n") ? directory.substring(0, directory.length() - 1) : directory;
        return new ShellState(ShellState.utf8(path), exported, fingerprints, Map.of());
    }

    private static void one(String name, boolean export, String value, Map<String, String> exported,
            Map<String, Long> fingerprints) {
        if (export && value != null) {
            exported.put(ShellState.utf8(name), ShellState.utf8(unquoted(value)));
        }
        if (!VOLATILE.contains(name)) {
            fingerprints.merge(name, ShellState.fingerprint((export ? "x" : "") + value), Long::sum);
        }
    }

    /** Single and double quotes, and a backslash outside of single ones. */
    static String unquoted(String value) {
        StringBuilder out = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' && quote != '\'' && i + 1 < value.length()) {
                out.append(value.charAt(++i));
            } else if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
