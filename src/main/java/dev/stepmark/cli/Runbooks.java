package dev.stepmark.cli;

import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.message.StepmarkException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Markdown files in a directory. */
final class Runbooks {

    private static final int MAX_DEPTH = 16;

    private Runbooks() { }

    /** All Markdown files below a directory, hidden directories left out, in order of their paths. */
    static List<Path> in(Path directory) {
        try (Stream<Path> files = Files.walk(directory, MAX_DEPTH)) {
            return files.filter(Files::isRegularFile).filter(p -> isMarkdown(p) && !hidden(directory.relativize(p)))
                    .sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            throw new StepmarkException(ExitCode.USAGE, Message.of("cannot read the directory " + directory,
                    e.getMessage(), "ls -ld " + directory));
        }
    }

    private static boolean isMarkdown(Path file) {
        String name = file.getFileName().toString().toLowerCase(java.util.Locale.ROOT);
        return name.endsWith(".md") || name.endsWith(".markdown") || name.endsWith(".mdx");
    }

    private static boolean hidden(Path relative) {
        for (Path part : relative) {
            if (part.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }
}
