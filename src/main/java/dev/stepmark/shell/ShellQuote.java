package dev.stepmark.shell;

import java.util.regex.Pattern;

/** Quoting for the shell. */
public final class ShellQuote {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_%+,./:@-][A-Za-z0-9_%+,./:@=-]*");

    private ShellQuote() { }

    /** The text as one word of a POSIX shell: unchanged when that is safe, else in single quotes. */
    public static String word(String text) {
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
