package dev.stepmark.session.psql;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How a child gets a terminal session of its own. */
final class Detached {

    private static final List<String> PLACES = List.of("/usr/local/bin", "/usr/bin", "/bin");

    private Detached() { }

    /** Words in front of a command; empty when this machine has no way, and then Ctrl-C reaches the child. */
    static List<String> prefix() {
        for (String place : PLACES) {
            if (Files.isExecutable(Path.of(place, "setsid"))) {
                return List.of(Path.of(place, "setsid").toString());
            }
        }
        for (String place : PLACES) {
            if (Files.isExecutable(Path.of(place, "perl"))) {
                return List.of(Path.of(place, "perl").toString(), "-MPOSIX", "-e", "POSIX::setsid(); exec @ARGV");
            }
        }
        return List.of();
    }
}
