package dev.stepmark.journal;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The directory of one run: {@code journal.jsonl}, {@code artefacts/SHA256}, {@code outputs/x1.stdout} while an
 * execution goes on, {@code lock}, and {@code torn-N} for what was cut off. Only its owner can read it.
 *
 * @param path the directory; its name is the run's id
 */
public record RunDirectory(Path path) {

    /** Letters and digits that are not mistaken for one another, also when read out. */
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";
    private static final int RANDOM_CHARACTERS = 4;
    private static final int TRIES = 50;
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmm", Locale.ROOT).withZone(ZoneOffset.UTC);

    /**
     * Makes the directory of a new run, durably.
     *
     * @param runs  the directory of all runs; made when it is missing
     * @param clock for the date in the id, which is in UTC
     * @throws dev.stepmark.message.StepmarkException with exit code 74 when it cannot be written
     */
    public static RunDirectory create(Path runs, Clock clock) {
        return create(runs, clock, new SecureRandom());
    }

    static RunDirectory create(Path runs, Clock clock, RandomGenerator random) {
        try {
            Durable.createDirectories(runs);
            for (int i = 0; i < TRIES; i++) {
                RunDirectory made = new RunDirectory(runs.resolve(newId(clock, random)));
                if (made.make()) {
                    return made;
                }
            }
            throw new IOException("no free run id was found");
        } catch (IOException e) {
            throw JournalErrors.cannotCreate(runs, e);
        }
    }

    private boolean make() throws IOException {
        try {
            Durable.createDirectory(path);
        } catch (FileAlreadyExistsException e) {
            return false;
        }
        Durable.createDirectory(artefactFiles());
        Durable.createDirectory(outputs());
        Durable.syncDirectory(path);
        Durable.syncDirectory(path.toAbsolutePath().getParent());
        return true;
    }

    private static String newId(Clock clock, RandomGenerator random) {
        StringBuilder id = new StringBuilder(STAMP.format(clock.instant())).append('-');
        for (int i = 0; i < RANDOM_CHARACTERS; i++) {
            id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }

    /** The last part of an id: {@code k7qd} of {@code 20261120-0211-k7qd}. */
    public static String shortId(String id) {
        return id.substring(id.lastIndexOf('-') + 1);
    }

    /** The run's id. */
    public String id() {
        return path.toAbsolutePath().normalize().getFileName().toString();
    }

    /** The last part of the id. */
    public String shortId() {
        return shortId(id());
    }

    /** The events. */
    public Path journal() {
        return path.resolve("journal.jsonl");
    }

    /** Texts and outputs. */
    public ArtefactStore artefacts() {
        return new ArtefactStore(artefactFiles());
    }

    Path artefactFiles() {
        return path.resolve("artefacts");
    }

    /** Partial outputs of executions that go on, or that nobody saw end. */
    public Path outputs() {
        return path.resolve("outputs");
    }

    Path lock() {
        return path.resolve("lock");
    }

    /** Who writes this run at the moment, {@code pid 4711 on ops-2}; empty when nobody does. */
    public Optional<String> writer() {
        return RunLock.holder(lock());
    }

    /** Whether there is a journal here. */
    public boolean exists() {
        return Files.isRegularFile(journal());
    }
}
