package dev.stepmark.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The commit of the repository that a runbook lies in, read from its files: nothing is executed for it. */
final class Git {

    private Git() { }

    /** The commit that HEAD names, or empty when there is no repository or its files are not where they usually are. */
    static String commit(Path file) {
        try {
            for (Path at = file.toAbsolutePath().normalize().getParent(); at != null; at = at.getParent()) {
                Path head = at.resolve(".git").resolve("HEAD");
                if (Files.isRegularFile(head)) {
                    return resolve(at.resolve(".git"), Files.readString(head).strip());
                }
            }
        } catch (IOException e) {
            return "";
        }
        return "";
    }

    private static String resolve(Path git, String head) throws IOException {
        if (!head.startsWith("ref: ")) {
            return head;
        }
        String name = head.substring(5).strip();
        Path ref = git.resolve(name).normalize();
        if (ref.startsWith(git) && Files.isRegularFile(ref)) {
            return Files.readString(ref).strip();
        }
        Path packed = git.resolve("packed-refs");
        if (!Files.isRegularFile(packed)) {
            return "";
        }
        return Files.readString(packed).lines().filter(l -> l.endsWith(" " + name)).map(l -> l.substring(0,
                l.indexOf(' '))).findFirst().orElse("");
    }
}
