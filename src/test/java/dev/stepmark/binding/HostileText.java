package dev.stepmark.binding;

import java.util.List;
import java.util.Random;

/** Strings that want to be something else than a value: seeded, so that a failure can be had again. */
final class HostileText {

    private static final List<String> PIECES = List.of("'", "''", "\"", "\\", "\\\\", "`", "$", "$$", "${HOME}", "$(touch x)",
            "$((1+1))", ";", "; DROP TABLE t; --", "--", "/*", "*/", "*", "?", "[a-z]", "{a,b}", "{1..3}", "~", "~/", "!", "!!",
            "!$", "#", "&", "&&", "|", "||", "<", ">", ">>", "<<EOF", "\nEOF\n", "\n", "\t", " ", "  ", "\r", ":", ":x", ":'x'",
            "::", "%", "%s", "%%", "=", "a=b", "-", "-n", "-e", "e", "E", "U&", "x", "X", "0", "1", "42", "-7", "1.5", "007",
            "select", "Name", "table", "true", "null", "NULL", "\u00e9", "\u65e5\u672c", "\ud83d\ude00", "\u00a0", "\u2028", "\u200b",
            "\u202e", "\\n", "\\u0041", "\\x27", "\\'", "'\\''", "')", "(", ")", "]", ",", ".", "a.b", "@", "^", "+", "\u0001", "\u001b[31m");

    private final Random random;

    HostileText(long seed) {
        this.random = new Random(seed);
    }

    /** Up to nine pieces; the empty string too. */
    String next() {
        StringBuilder out = new StringBuilder();
        int pieces = random.nextInt(10);
        for (int i = 0; i < pieces; i++) {
            out.append(random.nextInt(4) == 0 ? String.valueOf((char) (1 + random.nextInt(126)))
                    : PIECES.get(random.nextInt(PIECES.size())));
        }
        return out.toString();
    }
}
