package dev.stepmark.terminal;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a terminal operator is told from outside.
 *
 * @param env         the environment: TERM, NO_COLOR, CLICOLOR_FORCE, ACCESSIBLE, PAGER, VISUAL, EDITOR, PATH
 * @param history     file of lines typed before, made with mode 0600 when missing; null for none
 * @param color       the option for colour
 * @param completions what Tab offers for a line that begins with {@code /}: commands with their slash
 * @param clock       for the time that something takes
 * @param attention   tells somebody who looks elsewhere
 */
public record Settings(Map<String, String> env, Path history, ColorMode color, Supplier<List<String>> completions,
        Clock clock, Attention attention) {

    public Settings {
        env = Map.copyOf(env);
    }

    /** With a bell after a minute, and no command. */
    public Settings(Map<String, String> env, Path history, ColorMode color, Supplier<List<String>> completions,
            Clock clock) {
        this(env, history, color, completions, clock, Attention.bellOnly());
    }

    /** No cursor movement: a poor terminal, or a reader that speaks ({@code ACCESSIBLE}). */
    boolean dumb() {
        return Style.dumb(env) || !env.getOrDefault("ACCESSIBLE", "").isEmpty();
    }
}
