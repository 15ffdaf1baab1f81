package dev.stepmark.markdown;

import dev.stepmark.message.Nearest;
import dev.stepmark.message.StepmarkException;
import dev.stepmark.runbook.FrontMatter;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads a Markdown document: checks that it is text, takes the front matter off, parses the rest.
 *
 * <p>Every problem is a {@link StepmarkException} with exit code USAGE that names file, line and a way out. Nothing is
 * decided here about what a block means; that is the classifier's part.
 */
public final class DocumentReader {

    /** The largest file that is read, in bytes: 5 MiB. */
    public static final int MAX_BYTES = 5 * 1024 * 1024;

    private DocumentReader() {
    }

    /**
     * Reads a file.
     *
     * @throws StepmarkException when it is missing, a directory, unreadable, or no runbook
     */
    public static Document read(Path file) {
        return read(file.toString(), bytes(file));
    }

    /**
     * Reads a document whose bytes are at hand.
     *
     * @param path how messages name it
     * @throws StepmarkException when the bytes are no runbook
     */
    public static Document read(String path, byte[] bytes) {
        Source source = TextDecoder.decode(path, bytes);
        RawFrontMatter raw = RawFrontMatter.cut(source);
        FrontMatter frontMatter = FrontMatterReader.read(source, raw);
        Complexity.check(source, raw.bodyLine());
        List<Node> nodes = parse(source, raw.bodyLine());
        return new Document(path, sha256(bytes), frontMatter, nodes, source.lines());
    }

    /** The parser's patterns recurse once for each piece of a line, so one line can use up the stack. */
    private static List<Node> parse(Source source, int bodyLine) {
        try {
            return new TreeBuilder(source, bodyLine).build();
        } catch (StackOverflowError e) {
            throw TextDecoder.refuse(source.path() + ": a line is too long or nested too deep for the Markdown parser",
                    "It has no place that can be pointed at. Nothing was run.",
                    "shorter lines: an HTML tag, a table or a line across the page of many thousand characters");
        }
    }

    /**
     * The bytes of a document, for who keeps them as well.
     *
     * @throws StepmarkException when it is missing, a directory, unreadable, or too large
     */
    public static byte[] bytes(Path file) {
        if (Files.isDirectory(file)) {
            throw TextDecoder.refuse(file + " is a directory", "A runbook is one Markdown file.",
                    "stepmark list " + file + "     (shows the runbooks in it)");
        }
        try {
            long size = Files.size(file);
            if (size > MAX_BYTES) {
                throw TextDecoder.tooLarge(file.toString(), size);
            }
            try (var in = Files.newInputStream(file)) {
                return in.readNBytes(MAX_BYTES + 1); // a pipe or a growing file has no size that can be trusted
            }
        } catch (NoSuchFileException e) {
            throw missing(file);
        } catch (AccessDeniedException e) {
            throw TextDecoder.refuse("cannot read " + file + ": permission denied", "Nothing was run.",
                    "ls -l " + file);
        } catch (IOException e) {
            throw TextDecoder.refuse("cannot read " + file + ": " + e.getMessage(), "Nothing was run.", "");
        }
    }

    private static StepmarkException missing(Path file) {
        if (file.toString().equals("-")) {
            return TextDecoder.refuse("there is no runbook -", "It does not stand for standard input. Nothing was run.",
                    "a file; stepmark plan /dev/stdin looks at what comes through a pipe");
        }
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            return TextDecoder.refuse("there is no runbook " + file, "The directory " + parent + " does not exist. Nothing was run.",
                    "stepmark list     (shows the runbooks in this directory)");
        }
        Optional<String> nearest = nearest(file, parent);
        if (nearest.isEmpty()) {
            return TextDecoder.refuse("there is no runbook " + file, "Nothing was run.",
                    "stepmark list " + (file.getParent() == null ? "." : file.getParent()));
        }
        return TextDecoder.refuse("there is no runbook " + file, "Nothing was run.",
                "stepmark run " + file.resolveSibling(nearest.get()) + "     (the nearest name in this directory)");
    }

    private static Optional<String> nearest(Path file, Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            List<String> names = entries.filter(Files::isRegularFile).map(p -> p.getFileName().toString()).sorted()
                    .toList();
            return Nearest.to(file.getFileName().toString(), names);
        } catch (IOException e) {
            return Optional.empty(); // the suggestion is a courtesy; the error is told without it
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
