package dev.stepmark.run;

import dev.stepmark.journal.Event;
import dev.stepmark.message.StepmarkException;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Runbook;
import dev.stepmark.runbook.Step;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes what an operator said about a block into its document, as a comment on the line before. Only while the file has
 * the bytes that the plan was made of, only when the new text is read as meant and everything else as before, and whole
 * or not at all.
 */
final class Annotating {

    private static final String OURS = "<!-- stepmark:";

    private final Runbook runbook;
    private final Path file;
    private final byte[] document;
    private final Rereader rereader;

    /** @param document the bytes that the plan was made of */
    Annotating(Runbook runbook, Event.RunStarted started, byte[] document, Rereader rereader) {
        this.runbook = runbook;
        this.file = Path.of(started.path());
        this.document = document;
        this.rereader = rereader;
    }

    /**
     * A change of the document that has been tried in memory.
     *
     * @param before the bytes that it was made of
     * @param after  the new bytes
     * @param shown  the difference, for people
     */
    record Change(byte[] before, byte[] after, List<String> shown) { }

    /** The change that says so; empty where there is none that would be read as meant. */
    Optional<Change> change(Block block, String as) {
        try {
            byte[] before = Files.readAllBytes(file);
            String text = new String(before, StandardCharsets.UTF_8);
            boolean unchanged = Arrays.equals(before, document) && Arrays.equals(text.getBytes(StandardCharsets.UTF_8), before);
            return unchanged ? changed(text, before, block, as) : Optional.empty();
        } catch (IOException | StepmarkException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    private Optional<Change> changed(String text, byte[] before, Block block, String as) {
        List<String> lines = new ArrayList<>(Arrays.asList(text.split("(?<=\n)", -1)));
        int at = block.span().first() - 1;
        String fence = lines.get(at);
        String above = at == 0 ? "" : lines.get(at - 1);
        String ending = fence.endsWith("\r\n") ? "\r\n" : "\n";
        List<String> shown = new ArrayList<>(List.of("  " + runbook.path() + ":" + block.span().first()));
        boolean annotated = above.contains(OURS) && above.contains("-->");
        String comment;
        if (annotated) {
            comment = above.replaceFirst("\\s*-->", " as=" + as + " -->");
            shown.add("  - " + above.stripTrailing());
            lines.set(at - 1, comment);
        } else {
            String prefix = fence.substring(0, fence.length() - fence.replaceFirst("^[\\s>]*", "").length());
            boolean indented = block.syntax() == Block.Syntax.INDENTED;
            comment = (indented ? prefix.substring(0, Math.max(0, prefix.length() - 4)) : prefix) + OURS + " as=" + as + " -->" + ending;
            lines.add(at, comment);
        }
        shown.add("  + " + comment.stripTrailing());
        shown.add("    " + fence.stripTrailing());
        byte[] after = String.join("", lines).getBytes(StandardCharsets.UTF_8);
        return asMeant(after, block, as, annotated ? 0 : 1) ? Optional.of(new Change(before, after, shown)) : Optional.empty();
    }

    /** Whether the new text is read with this block as meant, and with all the others where and what they were. */
    private boolean asMeant(byte[] after, Block block, String as, int moved) {
        List<Block> old = blocks(rereader.read(runbook.path(), document, Map.of()));
        List<Block> now = blocks(rereader.read(runbook.path(), after, Map.of()));
        boolean same = now.size() == old.size();
        for (int i = 0; same && i < now.size(); i++) {
            Block was = old.get(i);
            int shift = was.span().first() >= block.span().first() ? moved : 0;
            boolean self = was.span().equals(block.span());
            same = now.get(i).span().first() == was.span().first() + shift
                    && (self ? now.get(i).attributes().get("as").equals(Optional.of(as))
                            : now.get(i).role() == was.role() && now.get(i).text().equals(was.text()));
        }
        return same;
    }

    private static List<Block> blocks(Runbook runbook) {
        return runbook.steps().stream().map(Step::blocks).flatMap(List::stream).toList();
    }

    /** Writes it whole or not at all; returns a sentence that says what was done. */
    String write(Change change) {
        Path made = null;
        try {
            Path real = file.toRealPath();
            if (!Arrays.equals(Files.readAllBytes(real), change.before())) {
                return "not written: the document has changed since";
            }
            made = Files.createTempFile(real.getParent(), "." + real.getFileName(), ".tmp");
            Files.write(made, change.after());
            PosixFileAttributeView posix = Files.getFileAttributeView(real, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            if (posix != null) {
                Files.setPosixFilePermissions(made, posix.readAttributes().permissions());
            }
            try (FileChannel channel = FileChannel.open(made, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(made, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return "written to " + runbook.path() + "; this run keeps the plan that it began with";
        } catch (IOException | UnsupportedOperationException e) {
            delete(made);
            return "not written: " + e.getMessage();
        }
    }

    private static void delete(Path made) {
        try {
            if (made != null) {
                Files.deleteIfExists(made);
            }
        } catch (IOException e) {
            // what is left over is a hidden file beside the document, and the document is as it was
        }
    }
}
