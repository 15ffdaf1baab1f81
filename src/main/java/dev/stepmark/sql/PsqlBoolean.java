package dev.stepmark.sql;

import java.util.Locale;
import java.util.Optional;

/** Booleans as psql reads them: unambiguous beginnings of true, false, yes, no, on and off, and 1 and 0. */
public final class PsqlBoolean {

    private PsqlBoolean() { }

    /** The value, or empty when psql would say {@code Boolean expected}. */
    public static Optional<Boolean> parse(String value) {
        String word = value.toLowerCase(Locale.ROOT);
        if (word.isEmpty()) {
            return Optional.empty();
        }
        if ("true".startsWith(word) || "yes".startsWith(word) || word.equals("on") || word.equals("1")) {
            return Optional.of(true);
        }
        // o alone could be on as well
        boolean off = word.length() > 1 && "off".startsWith(word);
        return "false".startsWith(word) || "no".startsWith(word) || off || word.equals("0") ? Optional.of(false)
                : Optional.empty();
    }
}
