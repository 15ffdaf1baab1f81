package dev.stepmark.binding;

import dev.stepmark.shell.ShellContext;
import java.util.regex.Pattern;

/** What the text in front of a hole does to the first character of its value. */
enum Before {

    /** Nothing. */ NOTHING,
    /** A backslash or a dollar sign takes it for its own. */ TAKES,
    /** The name of a variable would go on in it. */ VARIABLE;

    private static final Pattern NAME = Pattern.compile("(?s).*\\$[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern ESCAPE = Pattern.compile("(?s).*\\\\(x[0-9A-Fa-f]?|u[0-9A-Fa-f]{0,3}|U[0-9A-Fa-f]{0,7}|[0-7]{1,2}|c)");

    /** @param text everything in front of the hole */
    static Before of(String text, ShellContext context) {
        boolean expands = context == ShellContext.UNQUOTED || context == ShellContext.DOUBLE
                || context == ShellContext.HEREDOC;
        if (!expands && context != ShellContext.ANSI) {
            return NOTHING;
        }
        if (escaped(text, text.length()) || context == ShellContext.ANSI && ESCAPE.matcher(text).matches()) {
            return TAKES;
        }
        if (!expands) {
            return NOTHING;
        }
        if (text.endsWith("$")) {
            return escaped(text, text.length() - 1) ? NOTHING : TAKES;
        }
        return NAME.matcher(text).matches() && !escaped(text, text.lastIndexOf('$')) ? VARIABLE : NOTHING;
    }

    /** Whether an odd number of backslashes stands in front of a position. */
    private static boolean escaped(String text, int at) {
        int slashes = 0;
        while (at - slashes > 0 && text.charAt(at - slashes - 1) == '\\') {
            slashes++;
        }
        return slashes % 2 == 1;
    }
}
