package dev.stepmark.cli;

import dev.stepmark.config.ConfigPlaces;
import dev.stepmark.config.Configuration;
import dev.stepmark.config.Key;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * What every command needs of its surroundings.
 *
 * @param io    streams
 * @param env   environment
 * @param clock wall clock
 */
record App(Io io, Map<String, String> env, Clock clock) {

    /** The user's home directory, or null when the environment has none. */
    Path home() {
        String home = env.getOrDefault("HOME", "");
        return home.isEmpty() ? null : Path.of(home);
    }

    /** Where runs are kept: {@code --journal}, else as configured, else the XDG state directory. */
    Path runs(Path journal) {
        return journal != null ? journal : Configuration.load(ConfigPlaces.userOnly(env), env).directory(Key.JOURNAL)
                .orElseGet(() -> state().resolve("runs"));
    }

    /** What is configured for runbooks in a directory. */
    Configuration configuration(Path directory) {
        return Configuration.load(ConfigPlaces.of(env, directory), env);
    }

    /** The tool's state directory (XDG base directory specification). */
    Path state() {
        String xdg = env.getOrDefault("XDG_STATE_HOME", "");
        if (!xdg.isEmpty() && Path.of(xdg).isAbsolute()) {
            return Path.of(xdg, "stepmark");
        }
        Path home = home();
        Path base = home != null ? home.resolve(".local").resolve("state") : Path.of(System.getProperty("java.io.tmpdir"));
        return base.resolve("stepmark");
    }

    /** Who runs the tool. */
    String user() {
        return System.getProperty("user.name", "unknown");
    }

    /** Whether a person can be asked: a terminal, and no CI that says otherwise. */
    boolean attended() {
        String ci = env.getOrDefault("CI", "");
        boolean inCi = !ci.isEmpty() && !ci.equalsIgnoreCase("false") && !ci.equals("0");
        return io.terminal() && !inCi;
    }
}
