package dev.stepmark.session.jdbc;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What SET and RESET change for the session: {@code name=value} with the value as it stands in the text. */
final class Settings {

    private static final Pattern SET = Pattern.compile(
            "\\s*SET\\s+(?:SESSION\\s+)?([A-Z_][A-Z_0-9.]*)\\s*(?:=|\\s+TO\\s)\\s*", Pattern.CASE_INSENSITIVE);
    private static final Pattern SET_WORDS = Pattern.compile(
            "\\s*SET\\s+(?:SESSION\\s+)?(TIME\\s+ZONE|ROLE|SESSION\\s+AUTHORIZATION|SCHEMA|NAMES)\\s+",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern RESET = Pattern.compile(
            "\\s*RESET\\s+(SESSION\\s+AUTHORIZATION|[A-Z_][A-Z_0-9.]*)[\\s;]*", Pattern.CASE_INSENSITIVE);
    private static final Pattern CHARACTERISTICS = Pattern.compile(
            "\\s*SET\\s+SESSION\\s+CHARACTERISTICS\\s+AS\\s+TRANSACTION\\s+", Pattern.CASE_INSENSITIVE);
    private static final Pattern DISCARD = Pattern.compile("\\s*DISCARD\\s+ALL[\\s;]*", Pattern.CASE_INSENSITIVE);
    private static final Pattern SECRET = Pattern.compile("(?i).*(passw|secret|token|credential|key).*");

    private Settings() { }

    /**
     * The setting that a statement changes beyond its transaction; empty for SET LOCAL and everything else.
     *
     * @param text  the statement
     * @param plain the same with comments and strings blanked, of equal length
     */
    static Optional<String> changedBy(String text, String plain) {
        Matcher reset = RESET.matcher(plain);
        if (reset.matches()) {
            return Optional.of(name(reset.group(1)) + "=DEFAULT");
        }
        if (DISCARD.matcher(plain).matches()) {
            return Optional.of("discard all=DEFAULT");
        }
        Matcher characteristics = CHARACTERISTICS.matcher(plain);
        if (characteristics.lookingAt()) {
            return Optional.of("session characteristics=" + text.substring(characteristics.end(), end(plain)).strip());
        }
        Matcher set = SET.matcher(plain);
        if (!set.lookingAt()) {
            set = SET_WORDS.matcher(plain);
            if (!set.lookingAt()) {
                return Optional.empty();
            }
        }
        String name = name(set.group(1));
        // the value as it stands, without a comment or semicolon behind it
        String value = text.substring(set.end(), end(plain));
        return Optional.of(name + "=" + (SECRET.matcher(name).matches() ? "(not kept)" : value.strip()));
    }

    private static int end(String plain) {
        int end = plain.length();
        while (end > 0 && (Character.isWhitespace(plain.charAt(end - 1)) || plain.charAt(end - 1) == ';')) {
            end--;
        }
        return end;
    }

    private static String name(String words) {
        String plain = words.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
        return switch (plain) {
            case "time zone" -> "timezone";
            case "session authorization" -> "session_authorization";
            case "schema" -> "search_path";
            case "names" -> "client_encoding";
            default -> plain;
        };
    }
}
