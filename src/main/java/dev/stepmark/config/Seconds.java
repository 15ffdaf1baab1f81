package dev.stepmark.config;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 90s}, {@code 2m}, {@code 1h}; a plain number is seconds. */
final class Seconds {

    private static final Pattern FORM = Pattern.compile("(\\d{1,6})\\s*(s|m|h)?");

    private Seconds() { }

    /** The seconds, or empty when it is none. */
    static Optional<Integer> of(String text) {
        Matcher matcher = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int unit = matcher.group(2) == null ? 1 : switch (matcher.group(2)) {
            case "h" -> 3600;
            case "m" -> 60;
            default -> 1;
        };
        return Optional.of((int) Math.min(Integer.MAX_VALUE, (long) Integer.parseInt(matcher.group(1)) * unit));
    }
}
