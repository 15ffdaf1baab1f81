package dev.stepmark.journal;

import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.message.StepmarkException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** Texts and outputs of a run, each in a file named by the SHA-256 of its bytes. Safe for use by several threads. */
public final class ArtefactStore {

    private final Path directory;

    ArtefactStore(Path directory) {
        this.directory = directory;
    }

    /**
     * Keeps bytes, durably before it returns; the same bytes again change nothing.
     *
     * @return the SHA-256 in hex, the name
     * @throws StepmarkException with exit code 74 when it cannot be written
     */
    public String put(byte[] bytes) {
        String hash = Hashes.hex(bytes);
        if (!Files.exists(directory.resolve(hash))) {
            Path temporary = directory.resolve("new-" + UUID.randomUUID() + ".tmp");
            try {
                Durable.write(temporary, bytes);
                adopt(temporary, hash);
            } catch (IOException e) {
                discard(temporary);
                throw JournalErrors.cannotAppend(directory.toAbsolutePath().getParent(), e);
            }
        }
        return hash;
    }

    /** Half a file is of no use, and on a full disk it takes the place of what is. */
    private static void discard(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            // Then it stays; no name of an artefact leads to it.
        }
    }

    /** Keeps a text in UTF-8. */
    public String put(String text) {
        return put(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Takes over a file whose bytes are on disk already and have this hash. */
    void adopt(Path file, String hash) throws IOException {
        Path target = directory.resolve(hash);
        if (Files.exists(target)) {
            Files.delete(file);
        } else {
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        }
        Durable.syncDirectory(directory);
    }

    /**
     * The bytes of an artefact.
     *
     * @throws StepmarkException with exit code 1 when it is missing or its bytes do not have the hash
     */
    public byte[] get(String hash) {
        byte[] bytes;
        try {
            bytes = Durable.read(path(hash));
        } catch (IOException e) {
            throw damaged("artefact " + hash + " cannot be read: " + JournalErrors.plain(e));
        }
        if (!Hashes.hex(bytes).equals(hash)) {
            throw damaged("artefact " + hash + " was changed: its bytes do not have this hash");
        }
        return bytes;
    }

    /** The text of an artefact; see {@link #get}. */
    public String text(String hash) {
        return new String(get(hash), StandardCharsets.UTF_8);
    }

    private StepmarkException damaged(String what) {
        String run = RunDirectory.shortId(directory.toAbsolutePath().getParent().getFileName().toString());
        return new StepmarkException(ExitCode.FAILED, Message.of(what, "The record of run " + run + " is damaged.",
                "stepmark verify " + run));
    }

    /**
     * The file of an artefact, which may be missing.
     *
     * @throws IllegalArgumentException when the name is no hash, so that no other file is ever reached by it
     */
    public Path path(String hash) {
        if (!Hashes.isHash(hash)) {
            throw new IllegalArgumentException("no SHA-256: " + hash);
        }
        return directory.resolve(hash);
    }
}
