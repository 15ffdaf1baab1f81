package dev.stepmark.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Programs of the machine that a test needs and that need not be there. */
public final class Programs {

    private Programs() { }

    /** Whether the path has it. */
    public static boolean onPath(String name) {
        return search(name).isPresent();
    }

    /** Its whole path. */
    public static Path find(String name) {
        return search(name).orElseThrow(() -> new AssertionError(name + " is not on the path"));
    }

    private static Optional<Path> search(String name) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(File.pathSeparator))
                .filter(directory -> !directory.isEmpty()).map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable).findFirst();
    }
}
