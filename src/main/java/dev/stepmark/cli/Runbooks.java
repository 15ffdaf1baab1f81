package dev.stepmark.cli;

import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.message.StepmarkException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Markdown files in a directory. */
final class Runbooks {

    private static final int MAX_DEPTH = 16;

    private Runbooks() { }

    /**
     * All Markdown files below a directory, hidden directories left out, in order of their paths. A link to a directory
     * can be given; links below it are not followed, because they may go round.
     */
    static List<Path> in(Path directory) {
        List<Path> out = new ArrayList<>();
        try {
            Path start = Files.isSymbolicLink(directory) ? directory.toRealPath() : directory;
            Files.walkFileTree(start, Set.of(), MAX_DEPTH, new Visitor(start, out));
            return out.stream().map(p -> directory.resolve(start.relativize(p))).sorted().toList();
        } catch (AccessDeniedException e) {
            throw unreadable(e.getFile(), "It may not be read.");
        } catch (NoSuchFileException e) {
            throw unreadable(e.getFile(), "It is not there.");
        } catch (IOException e) {
            throw unreadable(directory.toString(), String.valueOf(e.getMessage()));
        }
    }

    private static StepmarkException unreadable(String directory, String why) {
        return new StepmarkException(ExitCode.USAGE, Message.of("cannot read the directory " + directory, why
                + " Nothing was run.", "ls -ld " + directory));
    }

    /** Collects; what is hidden is left out, whether it can be read or not. */
    private static final class Visitor extends SimpleFileVisitor<Path> {

        private final Path start;
        private final List<Path> out;

        Visitor(Path start, List<Path> out) {
            this.start = start;
            this.out = out;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return hidden(start.relativize(directory)) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (isMarkdown(file) && !hidden(start.relativize(file)) && Files.isRegularFile(file)) {
                out.add(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (hidden(start.relativize(file))) {
                return FileVisitResult.CONTINUE;
            }
            throw e;
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
