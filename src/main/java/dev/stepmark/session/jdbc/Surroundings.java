package dev.stepmark.session.jdbc;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a session has on this machine besides its connection.
 *
 * @param directory   where relative paths begin: the document's directory
 * @param environment of the programs that a text starts
 * @param secret      told values that must not be shown or recorded
 */
public record Surroundings(Path directory, Map<String, String> environment, Consumer<char[]> secret) {

    /** The directory and the environment of this process. */
    public static Surroundings ofProcess() {
        return new Surroundings(Path.of("").toAbsolutePath(), System.getenv(), value -> { });
    }

    public Surroundings {
        directory = directory.toAbsolutePath().normalize();
        environment = Map.copyOf(environment);
    }
}
