package dev.stepmark.session.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Files that this process has open, also those without a name. */
public final class OpenFiles {

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private OpenFiles() { }

    /** Those whose name holds a text. */
    public static List<String> named(String text) throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(DESCRIPTORS), "needs /proc");
        List<String> out = new ArrayList<>();
        try (Stream<Path> links = Files.list(DESCRIPTORS)) {
            for (Path link : links.toList()) {
                try {
                    String target = Files.readSymbolicLink(link).toString();
                    if (target.contains(text)) {
                        out.add(target);
                    }
                } catch (IOException e) {
                    // closed meanwhile
                    continue;
                }
            }
        }
        return out;
    }
}
