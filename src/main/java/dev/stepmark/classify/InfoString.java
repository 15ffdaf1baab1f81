package dev.stepmark.classify;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The info string of a fence, taken apart. Forms of other tools are tolerated: {@code bash#tag}, {@code bash :name},
 * {@code {.bash data-prompt="$"}}, {@code bash,ignore}.
 *
 * @param language   lower case, empty when there is none
 * @param attributes what stands in braces, without them
 * @param words      what stands after the language outside of braces
 * @param shown      the info string without attributes of ours
 */
record InfoString(String language, String attributes, String words, String shown) {

    private static final Pattern LANGUAGE = Pattern.compile("\\.?([A-Za-z][A-Za-z0-9_+-]*)");

    static InfoString of(String info) {
        String text = info.strip();
        int open = text.indexOf('{');
        int close = open < 0 ? -1 : closing(text, open);
        String braces = open < 0 ? "" : text.substring(open + 1, close < 0 ? text.length() : close).strip();
        String outside = open < 0 ? text : (text.substring(0, open) + " "
                + (close < 0 ? "" : text.substring(close + 1))).strip();
        Matcher first = LANGUAGE.matcher(outside.isEmpty() ? braces : outside);
        boolean inBraces = outside.isEmpty() && braces.startsWith(".");
        String language = first.lookingAt() && (!outside.isEmpty() || inBraces) ? first.group(1) : "";
        String words = outside.isEmpty() || language.isEmpty() ? outside : outside.substring(first.end()).strip();
        boolean ours = KeyValues.of(braces).entries().stream().anyMatch(e -> isOurs(e.key()));
        return new InfoString(language.toLowerCase(Locale.ROOT), braces, words, ours ? outside : text);
    }

    private static boolean isOurs(String key) {
        return Set.copyOf(Annotations.KEYS).contains(key) || Annotations.BOUNDS.contains(key.replace('-', '_'));
    }

    /** The brace that closes the one at {@code open}, quoted braces apart; -1 when there is none. */
    private static int closing(String text, int open) {
        int depth = 0;
        char quote = 0;
        for (int i = open; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                i += c == '\\' ? 1 : 0;
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else {
                depth += c == '{' ? 1 : c == '}' ? -1 : 0;
                if (depth == 0) {
                    return i;
                }
            }
        }
        return -1;
    }
}
