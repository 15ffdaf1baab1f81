package dev.stepmark.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Golden files: what came out once and was read by a person. {@code -Dgolden.update=true} writes them anew; the
 * difference is then read in the commit.
 */
public final class Golden {

    /** Where they are. */
    public static final Path DIRECTORY = Path.of("src", "test", "resources", "golden");

    private Golden() { }

    /**
     * Compares with the golden file, or writes it.
     *
     * @param name   path below {@link #DIRECTORY}
     * @param actual what came out, normalised
     */
    public static void check(String name, String actual) {
        Path file = DIRECTORY.resolve(name);
        try {
            if (Boolean.getBoolean("golden.update")) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, actual);
                return;
            }
            assertThat(file).as("run with -Dgolden.update=true once, and read it").exists();
            assertThat(actual).as("%s; when the change is meant: -Dgolden.update=true, and read the difference", file)
                    .isEqualTo(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
