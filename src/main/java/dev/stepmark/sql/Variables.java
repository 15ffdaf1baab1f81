package dev.stepmark.sql;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The variables of a psql session. Those that psql itself reads have a default instead of being unset, and take only
 * the values that psql takes.
 */
public final class Variables {

    private static final List<String> ECHO = List.of("none", "errors", "queries", "all");
    private static final List<String> ON_OFF_INTERACTIVE = List.of("on", "off", "interactive");

    private final Map<String, String> values = new TreeMap<>();

    /**
     * A variable that psql reads.
     *
     * @param value   what it has at first, and when it is unset
     * @param empty   what the empty value stands for
     * @param kind    what it takes
     * @param choices the words it takes, for {@link Kind#WORD}
     */
    private record Special(String value, String empty, Kind kind, List<String> choices) {

        static Special bool(String value) {
            return new Special(value, "on", Kind.BOOLEAN, List.of());
        }

        static Special number(String value) {
            return new Special(value, "", Kind.INTEGER, List.of());
        }

        static Special word(String value, String... choices) {
            return new Special(value, "", Kind.WORD, List.of(choices));
        }
    }

    private enum Kind { BOOLEAN, INTEGER, WORD }

    private static final Map<String, Special> SPECIAL = Map.ofEntries(
            Map.entry("AUTOCOMMIT", Special.bool("on")),
            Map.entry("ON_ERROR_STOP", Special.bool("off")),
            Map.entry("QUIET", Special.bool("off")),
            Map.entry("SINGLELINE", Special.bool("off")),
            Map.entry("SINGLESTEP", Special.bool("off")),
            Map.entry("HIDE_TABLEAM", Special.bool("off")),
            Map.entry("HIDE_TOAST_COMPRESSION", Special.bool("off")),
            Map.entry("SHOW_ALL_RESULTS", Special.bool("on")),
            Map.entry("FETCH_COUNT", Special.number("0")),
            Map.entry("HISTSIZE", Special.number("500")),
            Map.entry("IGNOREEOF", Special.number("0")),
            Map.entry("ECHO", new Special("none", "", Kind.WORD, ECHO)),
            Map.entry("ECHO_HIDDEN", new Special("off", "on", Kind.WORD, List.of("on", "off", "noexec"))),
            Map.entry("ON_ERROR_ROLLBACK", new Special("off", "on", Kind.WORD, ON_OFF_INTERACTIVE)),
            Map.entry("COMP_KEYWORD_CASE", Special.word("preserve-upper", "lower", "upper", "preserve-lower",
                    "preserve-upper")),
            Map.entry("HISTCONTROL", Special.word("none", "none", "ignorespace", "ignoredups", "ignoreboth")),
            Map.entry("VERBOSITY", Special.word("default", "default", "verbose", "terse", "sqlstate")),
            Map.entry("SHOW_CONTEXT", Special.word("errors", "never", "errors", "always")));

    /** Variables as psql has them at its start. */
    public Variables() {
        SPECIAL.forEach((name, special) -> values.put(name, special.value()));
        values.put("LAST_ERROR_MESSAGE", "");
        values.put("LAST_ERROR_SQLSTATE", "00000");
    }

    /** The value, or empty when it is not set. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** Whether a variable that takes a boolean is on. */
    public boolean on(String name) {
        return PsqlBoolean.parse(values.getOrDefault(name, "off")).orElse(false);
    }

    /** Whether psql itself reads it: {@code \gset} must not change it. */
    public static boolean special(String name) {
        return SPECIAL.containsKey(name);
    }

    /** Whether psql takes it as a name. */
    public static boolean validName(String name) {
        return VariableReference.validName(name);
    }

    /**
     * Sets.
     *
     * @return why not, as psql says it; empty when it was set
     */
    public Optional<String> set(String name, String value) {
        if (!validName(name)) {
            return Optional.of("invalid variable name: \"" + name + "\"");
        }
        Special special = SPECIAL.get(name);
        if (special == null) {
            values.put(name, value);
            return Optional.empty();
        }
        String given = value.isEmpty() ? special.empty() : value;
        Optional<String> problem = problem(name, given, special);
        if (problem.isEmpty()) {
            values.put(name, given);
        }
        return problem;
    }

    /** Sets what psql itself keeps: never refused. */
    public void keep(String name, String value) {
        values.put(name, value);
    }

    /** Forgets; a variable that psql reads goes back to its default. */
    public void unset(String name) {
        Special special = SPECIAL.get(name);
        if (special == null) {
            values.remove(name);
        } else {
            values.put(name, special.value());
        }
    }

    /** What {@code \set} without arguments prints. */
    public String list() {
        StringBuilder out = new StringBuilder();
        values.forEach((name, value) -> out.append(name).append(" = '").append(value).append("'\n"));
        return out.toString();
    }

    private static Optional<String> problem(String name, String value, Special special) {
        return switch (special.kind()) {
            case BOOLEAN -> PsqlBoolean.parse(value).isPresent() ? Optional.empty()
                    : Optional.of("unrecognized value \"" + value + "\" for \"" + name + "\": Boolean expected");
            case INTEGER -> value.matches("\\s*[+-]?\\d{1,9}") ? Optional.empty()
                    : Optional.of("invalid value \"" + value + "\" for \"" + name + "\": integer expected");
            case WORD -> word(name, value, special);
        };
    }

    private static Optional<String> word(String name, String value, Special special) {
        boolean known = special.choices().stream().anyMatch(value::equalsIgnoreCase)
                || special.choices().contains("on") && PsqlBoolean.parse(value).isPresent();
        return known ? Optional.empty() : Optional.of("unrecognized value \"" + value + "\" for \"" + name
                + "\"\nAvailable values are: " + String.join(", ", special.choices()) + ".");
    }
}
