package dev.stepmark.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StyleTest {

    @ParameterizedTest
    @CsvSource({
        // mode, NO_COLOR, CLICOLOR_FORCE, TERM, terminal, colour
        "AUTO,,,xterm,true,true",
        "AUTO,,,xterm,false,false",
        "AUTO,,,dumb,true,false",
        "AUTO,,,,true,false",
        "AUTO,1,,xterm,true,false",
        "AUTO,'',,xterm,true,true",
        "AUTO,,1,xterm,false,true",
        "AUTO,,0,xterm,false,false",
        "AUTO,1,1,xterm,true,false",
        "ALWAYS,1,,dumb,false,true",
        "NEVER,,1,xterm,true,false"
    })
    void theOptionBeatsNoColorWhichBeatsForce(ColorMode mode, String noColor, String force, String term,
            boolean terminal, boolean colour) {
        Map<String, String> env = new java.util.HashMap<>();
        putIfGiven(env, "NO_COLOR", noColor);
        putIfGiven(env, "CLICOLOR_FORCE", force);
        putIfGiven(env, "TERM", term);

        assertThat(Style.of(mode, env, terminal).colour()).isEqualTo(colour);
    }

    private static void putIfGiven(Map<String, String> env, String name, String value) {
        if (value != null) {
            env.put(name, value);
        }
    }

    @Test
    void paintsOnlyWithColour() {
        Style colour = Style.of(ColorMode.ALWAYS, Map.of(), true);

        assertThat(colour.paint(Role.DANGER, "FAILED")).isEqualTo("\u001b[1;31mFAILED\u001b[0m");
        assertThat(colour.paint(Role.PLAIN, "text")).isEqualTo("text");
        assertThat(colour.banner("red", "=== LIVE ===")).isEqualTo("\u001b[1;31m=== LIVE ===\u001b[0m");
        assertThat(colour.banner("", "=== LIVE ===")).isEqualTo("\u001b[1m=== LIVE ===\u001b[0m");
        assertThat(Style.PLAIN.banner("red", "=== LIVE ===")).isEqualTo("=== LIVE ===");
        assertThat(Style.PLAIN.paint(Role.DANGER, "FAILED")).isEqualTo("FAILED");
    }
}
