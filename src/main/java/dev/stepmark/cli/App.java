package dev.stepmark.cli;

import dev.stepmark.config.ConfigPlaces;
import dev.stepmark.config.Configuration;
import dev.stepmark.config.Key;
import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.message.StepmarkException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * What every command needs of its surroundings.
 *
 * @param io    streams
 * @param env   environment
 * @param clock wall clock
 */
record App(Io io, Map<String, String> env, Clock clock) {

    /** The user's home directory: HOME, else that of the account; null when there is neither. */
    Path home() {
        return absolute(env.getOrDefault("HOME", "")).or(this::accountHome).orElse(null);
    }

    /** The home of the account, whatever HOME says; empty when it has none. */
    Optional<Path> accountHome() {
        return absolute(System.getProperty("user.home", ""));
    }

    private static Optional<Path> absolute(String text) {
        return text.startsWith("/") ? Optional.of(Path.of(text)) : Optional.empty();
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

    /** The tool's state directory. A directory that everybody can write to, as for temporary files, is none. */
    Path state() {
        return stateIfAny().orElseThrow(() -> new StepmarkException(ExitCode.JOURNAL, Message.of(
                "there is no place for the log: no home directory",
                "HOME is not set, and the account has none. What is not recorded is not run: no step was started.",
                "--journal DIR, or XDG_STATE_HOME=DIR")));
    }

    /**
     * The same by the XDG base directory specification, but never in the home of whoever called sudo; empty when there is
     * no home either.
     */
    Optional<Path> stateIfAny() {
        return absolute(env.getOrDefault("XDG_STATE_HOME", ""))
                .or(() -> ForeignHome.instead(this).or(() -> Optional.ofNullable(home()))
                        .map(home -> home.resolve(".local").resolve("state")))
                .map(base -> base.resolve("stepmark"));
    }

    /** Who runs the tool. */
    String user() {
        return System.getProperty("user.name", "unknown");
    }

    /** Whether a person can be asked: a terminal, and no CI that says otherwise. */
    boolean attended() {
        return io.terminal() && !inCi();
    }

    /** Whether the environment says that this is a build server. */
    boolean inCi() {
        String ci = env.getOrDefault("CI", "");
        return !ci.isEmpty() && !ci.equalsIgnoreCase("false") && !ci.equals("0");
    }
}
