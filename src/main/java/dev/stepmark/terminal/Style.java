package dev.stepmark.terminal;

import java.util.Map;

/** Whether colour is used, and how a text of a role is coloured. Colour only repeats what the words say. */
public final class Style {

    /** No colour at all: not one escape sequence. */
    public static final Style PLAIN = new Style(false);

    /** In the order of their numbers (ECMA-48, 8.3.117). */
    private static final java.util.List<String> COLORS = java.util.List.of("black", "red", "green", "yellow", "blue",
            "magenta", "cyan", "white");
    private static final int FIRST_COLOR = 30;
    private static final String RESET = "\u001b[0m";

    private final boolean colour;

    private Style(boolean colour) {
        this.colour = colour;
    }

    /**
     * Decides for one stream. An option beats the environment, {@code NO_COLOR} (no-color.org: present and not empty)
     * beats {@code CLICOLOR_FORCE} (bixense.com/clicolors: set and not 0).
     *
     * @param mode     the option
     * @param env      the environment
     * @param terminal whether this stream is a terminal
     */
    public static Style of(ColorMode mode, Map<String, String> env, boolean terminal) {
        return new Style(switch (mode) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO -> auto(env, terminal);
        });
    }

    private static boolean auto(Map<String, String> env, boolean terminal) {
        if (!env.getOrDefault("NO_COLOR", "").isEmpty()) {
            return false;
        }
        String force = env.getOrDefault("CLICOLOR_FORCE", "");
        if (!force.isEmpty() && !force.equals("0")) {
            return true;
        }
        return terminal && !dumb(env);
    }

    /** Whether the environment names a terminal without cursor movement: {@code TERM} is {@code dumb} or missing. */
    static boolean dumb(Map<String, String> env) {
        String term = env.getOrDefault("TERM", "");
        return term.isEmpty() || term.equals("dumb");
    }

    /** Whether escape sequences for colour may be written. */
    public boolean colour() {
        return colour;
    }

    /** The text in the colour of its role, reset at its end. */
    String paint(Role role, String text) {
        if (!colour || role.sgr().isEmpty() || text.isEmpty()) {
            return text;
        }
        return "\u001b[" + role.sgr() + "m" + text + RESET;
    }

    /** A banner: bold, in one of the eight basic colours when it has one. */
    String banner(String color, String text) {
        if (!colour || text.isEmpty()) {
            return text;
        }
        int index = COLORS.indexOf(color);
        return "\u001b[1" + (index < 0 ? "" : ";" + (FIRST_COLOR + index)) + "m" + text + RESET;
    }

    /** Captured output may change the colour; the line's end puts it back. */
    String closed(String text) {
        return text.indexOf('\u001b') >= 0 ? text + RESET : text;
    }

    /** Colour of a risk word. */
    static Role risk(String word) {
        return switch (word) {
            case "write", "schema-change", "unknown" -> Role.CAUTION;
            case "destructive" -> Role.DANGER;
            default -> Role.PLAIN;
        };
    }

    /** Colour of the first word of a closing line. */
    static Role result(String word) {
        return switch (word) {
            case "ok", "done", "committed", "Finished" -> Role.GOOD;
            case "FAILED", "IN DOUBT", "Failed", "In doubt", "error:" -> Role.DANGER;
            default -> Role.CAUTION;
        };
    }
}
