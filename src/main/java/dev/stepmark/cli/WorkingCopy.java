package dev.stepmark.cli;

import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.message.StepmarkException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * A copy of the directory that a document's commands work in, so that they change nothing. In a git work tree what git
 * ignores stays behind, and so does the repository itself.
 */
final class WorkingCopy {

    /** More than a directory of documents has; who means a home directory is told. */
    static final long MAX_BYTES = 256L << 20;
    static final int MAX_FILES = 50_000;

    private final Path from;
    private final Path to;
    private long bytes;
    private int files;

    private WorkingCopy(Path from, Path to) {
        this.from = from;
        this.to = to;
    }

    /** Copies. */
    static void make(Path from, Path to) {
        try {
            Files.createDirectories(to);
            new WorkingCopy(from, to).copy();
        } catch (IOException e) {
            throw new StepmarkException(ExitCode.USAGE, Message.of("the directory " + from + " cannot be copied: " + e,
                    "Commands work in a copy of it. Nothing was run.", "--directory DIR   (another one)"));
        }
    }

    private void copy() throws IOException {
        List<Path> known = inGit();
        if (known.isEmpty()) {
            Files.walkFileTree(from, new Visitor());
            return;
        }
        for (Path file : known) {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectories(target(file).getParent());
                one(file);
            }
        }
    }

    /** What git has or would add; empty outside of a work tree, or without git. */
    private List<Path> inGit() throws IOException {
        Process git;
        try {
            git = new ProcessBuilder("git", "-C", from.toString(), "ls-files", "-z", "--cached", "--others",
                    "--exclude-standard").redirectError(ProcessBuilder.Redirect.DISCARD).start();
        } catch (IOException e) {
            return List.of();
        }
        git.getOutputStream().close();
        String names = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (git.waitFor() != 0) {
                return List.of();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        List<Path> out = new ArrayList<>();
        for (String name : names.split("\0")) {
            if (!name.isEmpty()) {
                out.add(from.resolve(name));
            }
        }
        return out;
    }

    private Path target(Path file) {
        return to.resolve(from.relativize(file).toString());
    }

    private void one(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isRegularFile() && !attributes.isSymbolicLink()) {
            return;
        }
        bytes += attributes.size();
        files++;
        if (bytes > MAX_BYTES || files > MAX_FILES) {
            throw new StepmarkException(ExitCode.USAGE, Message.of("the directory " + from + " is too large to be copied",
                    "Commands work in a copy of it, of at most " + (MAX_BYTES >> 20) + " MiB and " + MAX_FILES
                            + " files. Nothing was run.", "--directory DIR   (a smaller one)"));
        }
        if (attributes.isSymbolicLink() || Files.isReadable(file)) {
            Files.copy(file, target(file), StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        }
    }

    /** Everything but repositories. */
    private final class Visitor extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
            if (directory.endsWith(".git") || directory.equals(to)) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(target(directory));
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            one(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            // what cannot be read is not there for the document either
            return FileVisitResult.CONTINUE;
        }
    }
}
