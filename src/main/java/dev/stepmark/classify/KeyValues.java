package dev.stepmark.classify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code key=value} pairs, as people and tools write them: bare, in single or double quotes with backslash escapes, or
 * JSON ({@code "key": "value"}). Separators are blanks and commas; a key alone is a flag.
 */
final class KeyValues {

    /**
     * One pair.
     *
     * @param key      as written
     * @param value    without its quotes; empty for a flag
     * @param hasValue false for a flag
     */
    record Entry(String key, String value, boolean hasValue) { }

    private final String text;
    private final List<Entry> entries = new ArrayList<>();
    private int at;
    private String problem;

    private KeyValues(String text) {
        this.text = text;
    }

    static KeyValues of(String text) {
        KeyValues values = new KeyValues(text);
        values.parse();
        return values;
    }

    List<Entry> entries() {
        return entries;
    }

    /** What is wrong with the text, when something is. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** The last key that was read, to point at. */
    String last() {
        return entries.isEmpty() ? "" : entries.get(entries.size() - 1).key();
    }

    private void parse() {
        skipSeparators();
        while (at < text.length() && problem == null) {
            boolean quoted = isQuote(text.charAt(at));
            String key = quoted ? quoted() : bare(true);
            if (key.isEmpty() && !quoted) {
                at++; // a stray = or bracket of another tool
                skipSeparators();
                continue;
            }
            int before = at;
            skipBlanks();
            if (at < text.length() && (text.charAt(at) == '=' || quoted && text.charAt(at) == ':')) {
                at++;
                skipBlanks();
                entries.add(new Entry(key, value(), true));
            } else {
                at = before;
                entries.add(new Entry(key, "", false));
            }
            skipSeparators();
        }
    }

    private String value() {
        if (at >= text.length()) {
            return "";
        }
        char c = text.charAt(at);
        return isQuote(c) ? quoted() : c == '{' || c == '[' ? nested() : bare(false);
    }

    private String bare(boolean key) {
        int start = at;
        while (at < text.length() && !isSeparator(text.charAt(at)) && !(key && text.charAt(at) == '=')) {
            at++;
        }
        return text.substring(start, at);
    }

    private String quoted() {
        char quote = text.charAt(at++);
        StringBuilder out = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote) {
            boolean escape = text.charAt(at) == '\\' && at + 1 < text.length()
                    && (text.charAt(at + 1) == quote || text.charAt(at + 1) == '\\');
            at += escape ? 1 : 0;
            out.append(text.charAt(at++));
        }
        if (at >= text.length()) {
            problem = "a quoted value is never closed";
        }
        at++;
        return out.toString();
    }

    /** A JSON object or array, kept as text. */
    private String nested() {
        int start = at;
        int depth = 0;
        do {
            char c = text.charAt(at);
            if (isQuote(c)) {
                quoted();
                continue;
            }
            depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
            at++;
        } while (at < text.length() && depth > 0);
        if (depth > 0) {
            problem = "a bracket is never closed";
        }
        return text.substring(start, Math.min(at, text.length()));
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private void skipSeparators() {
        while (at < text.length() && isSeparator(text.charAt(at))) {
            at++;
        }
    }

    private static boolean isSeparator(char c) {
        return Character.isWhitespace(c) || c == ',';
    }

    private static boolean isQuote(char c) {
        return c == '"' || c == '\'';
    }
}
