package dev.stepmark.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Files that were made for a test. */
final class ThrowawayFiles {

    private ThrowawayFiles() { }

    /** Removes a directory; links in it are not followed. */
    static void remove(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                // a document may have taken rights away from a directory of its own
                file.toFile().delete();
            });
        } catch (IOException | java.io.UncheckedIOException e) {
            // left to the system's own cleaning of temporary files
            System.getLogger(ThrowawayFiles.class.getName()).log(System.Logger.Level.DEBUG, "removing " + directory, e);
        }
    }
}
