package dev.stepmark.sandbox;

import java.nio.file.Path;

/**
 * Something of the machine that is seen inside a sandbox.
 *
 * @param from     where it is on the machine
 * @param to       where it is seen, an absolute path
 * @param writable whether it can be changed
 */
public record View(Path from, String to, boolean writable) {

    /** Seen where it is, and not changed. */
    public static View of(Path path) {
        return new View(path, path.toString(), false);
    }

    /** Changes are wanted: a directory that was made for the sandbox. */
    public static View writable(Path from, String to) {
        return new View(from, to, true);
    }

    /** Something else than what is there on the machine: a file of our own in its place. */
    public static View instead(Path from, String to) {
        return new View(from, to, false);
    }

    /** Tabs and line ends would be read as others. */
    boolean listable() {
        return (from + to).chars().noneMatch(c -> c == '\t' || c == '\n') && from.isAbsolute() && to.startsWith("/");
    }

    /** One line of the list that the script reads. */
    String line() {
        return (writable ? "rw" : "ro") + "\t" + from + "\t" + to;
    }
}
