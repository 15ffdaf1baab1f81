package dev.stepmark.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whose files are believed: the operator's, root's, and, under sudo, those of whoever called it. */
final class Owners {

    private static final int ROOT = 0;
    private static final String UID = "unix:uid";

    private Owners() { }

    /** Whether a file is of somebody who is believed; where files have no such owners, it is. */
    static boolean trusted(Path file) {
        try {
            int owner = (Integer) Files.getAttribute(file, UID);
            return owner == ROOT || owner == self() || self() == ROOT && Integer.toString(owner).equals(
                    System.getenv("SUDO_UID"));
        } catch (IOException | UnsupportedOperationException e) {
            return true;
        }
    }

    /** The user of this process: on Linux the owner of its entry in /proc, elsewhere the owner of the home directory. */
    private static int self() throws IOException {
        Path process = Path.of("/proc/self");
        return (Integer) Files.getAttribute(Files.exists(process) ? process : Path.of(System.getProperty("user.home")),
                UID);
    }
}
