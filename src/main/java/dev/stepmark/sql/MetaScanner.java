package dev.stepmark.sql;

import java.util.Locale;
import java.util.Set;

/** Finds the end of a meta-command by the rules of psql's psqlscanslash.l. */
final class MetaScanner {

    /** Commands that take the rest of the line as one argument, backslashes and quotes included. */
    private static final Set<String> WHOLE_LINE = Set.of("\\!", "\\copy", "\\h", "\\help", "\\ef", "\\ev", "\\sf",
            "\\sv");
    /** Commands whose argument may be a pipe that takes the rest of the line. */
    private static final Set<String> PIPE = Set.of("\\g", "\\gx", "\\o", "\\out", "\\w", "\\write");

    /**
     * A meta-command's place in a text.
     *
     * @param name     with the backslash, as written
     * @param nameEnd  index after the name
     * @param end      index after the last argument
     * @param next     where the text goes on: {@code end}, or after the separator {@code \\}
     */
    record Found(String name, int nameEnd, int end, int next) { }

    private MetaScanner() { }

    /** The command whose backslash stands at {@code start}. */
    static Found scan(String text, int start) {
        int lineEnd = text.indexOf('\n', start);
        int limit = lineEnd < 0 ? text.length() : lineEnd;
        int nameEnd = nameEnd(text, start, limit);
        String name = text.substring(start, nameEnd);
        if (wholeLine(name, text.substring(nameEnd, limit))) {
            return new Found(name, nameEnd, limit, limit);
        }
        int i = nameEnd;
        while (i < limit && text.charAt(i) != '\\') {
            char c = text.charAt(i);
            i = c == '\'' || c == '"' || c == '`' ? quoteEnd(text, i, limit) : i + 1;
        }
        boolean separator = text.startsWith("\\\\", i);
        return new Found(name, nameEnd, i, separator ? i + 2 : i);
    }

    static boolean wholeLine(String name, String rest) {
        String lower = name.toLowerCase(Locale.ROOT);
        return WHOLE_LINE.contains(lower) || PIPE.contains(lower) && rest.stripLeading().startsWith("|");
    }

    private static int nameEnd(String text, int start, int limit) {
        int i = start + 1;
        // psql also takes \!ls for a command; nothing else may stick to the exclamation mark
        if (i < limit && text.charAt(i) == '!') {
            return i + 1;
        }
        while (i < limit && !SqlLexer.isSpace(text.charAt(i)) && text.charAt(i) != '\\') {
            i++;
        }
        return i;
    }

    /** The index after the closing quote; quotes of arguments end with the line at the latest. */
    static int quoteEnd(String text, int start, int limit) {
        char quote = text.charAt(start);
        int i = start + 1;
        while (i < limit) {
            char c = text.charAt(i);
            if (c == '\\' && quote == '\'') {
                i += 2;
            } else if (c == quote) {
                return i + 1;
            } else {
                i++;
            }
        }
        return limit;
    }
}
