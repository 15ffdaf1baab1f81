package dev.stepmark.journal;

import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.message.StepmarkException;
import dev.stepmark.secret.Masker;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The record of a run, and the gate of everything that it does: {@link #append} returns when the event is on disk, or
 * not at all. Every text is masked, every line holds the hash of the line before. There is one writer at a time.
 */
public final class Journal implements AutoCloseable {

    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path runDirectory;
    private final Writer writer;
    private final Masker masker;
    private final RunLock lock;
    private final Durable.Appender file;
    private final List<Envelope> events;
    private final long tornBytes;
    private String head;
    private StepmarkException dead;
    private Consumer<Envelope> afterAppend = e -> { };

    /** Who writes: run, epoch, actor, and its clocks. */
    record Writer(String run, int epoch, String actor, Clock clock, LongSupplier nanos, long start) {

        static Writer of(String run, int epoch, String actor, Clock clock, LongSupplier nanos) {
            return new Writer(run, epoch, actor, clock, nanos, nanos.getAsLong());
        }

        private Envelope envelope(long seq, String prev, Event event) {
            return new Envelope(EventCodec.version(event), seq, prev, run, epoch, UTC.format(clock.instant()),
                    (nanos.getAsLong() - start) / 1_000_000, actor, event);
        }
    }

    Journal(Path runDirectory, Writer writer, Masker masker, RunLock lock, Durable.Appender file,
            JournalReader.ReadResult before) {
        this.runDirectory = runDirectory;
        this.writer = writer;
        this.masker = masker;
        this.lock = lock;
        this.file = file;
        this.events = new ArrayList<>(before.events());
        this.head = before.head();
        this.tornBytes = before.tornBytes();
    }

    /**
     * Begins the record of a new run; the first event must be RunStarted.
     *
     * @param runDirectory made by {@link RunDirectory#create}
     * @param runId        the run's id
     * @param actor        who: {@code user@host}
     * @param clock        wall clock
     * @param masker       replaces secrets before anything is written
     * @throws StepmarkException exit code 74 when it cannot be written, 3 when another process writes it
     */
    public static Journal create(Path runDirectory, String runId, String actor, Clock clock, Masker masker) {
        return create(runDirectory, runId, actor, clock, masker, System::nanoTime);
    }

    static Journal create(Path runDirectory, String runId, String actor, Clock clock, Masker masker,
            LongSupplier nanos) {
        RunDirectory run = new RunDirectory(runDirectory);
        return locked(run, runId, lock -> {
            Durable.createFile(run.journal());
            Durable.syncDirectory(runDirectory);
            return new Journal(runDirectory, Writer.of(runId, 1, actor, clock, nanos), masker, lock,
                    Durable.appender(run.journal()), JournalReader.read(new byte[0]));
        });
    }

    /**
     * Goes on with the record of an earlier process. Everything is read and checked first. A torn last line is kept
     * as {@code torn-N} and cut off; {@link #tornBytes} tells its length. The first event must be RunAttached with it.
     *
     * @throws StepmarkException exit code 74 when the record is damaged or cannot be written, 3 when another process
     *     writes it, 2 when there is none
     */
    public static Journal attach(Path runDirectory, String actor, Clock clock, Masker masker) {
        return attach(runDirectory, actor, clock, masker, System::nanoTime);
    }

    static Journal attach(Path runDirectory, String actor, Clock clock, Masker masker, LongSupplier nanos) {
        RunDirectory run = new RunDirectory(runDirectory);
        if (!run.exists()) {
            throw new StepmarkException(ExitCode.USAGE, Message.of("there is no log in "
                    + JournalErrors.home(runDirectory), "", "stepmark runs"));
        }
        return locked(run, run.id(), lock -> {
            JournalReader.ReadResult read = checked(run);
            if (read.tornBytes() > 0) {
                cutTail(run, read.tornTail());
            }
            Envelope last = read.events().get(read.events().size() - 1);
            Writer writer = Writer.of(last.run(), last.epoch() + 1, actor, clock, nanos);
            return new Journal(runDirectory, writer, masker, lock, Durable.appender(run.journal()), read);
        });
    }

    private interface Opening {
        Journal open(RunLock lock) throws IOException;
    }

    private static Journal locked(RunDirectory run, String runId, Opening opening) {
        RunLock lock = null;
        Journal opened = null;
        try {
            lock = RunLock.take(run.lock(), runId);
            opened = opening.open(lock);
            return opened;
        } catch (IOException e) {
            throw JournalErrors.cannotCreate(run.path(), e);
        } finally {
            if (opened == null && lock != null) {
                release(lock);
            }
        }
    }

    private static void release(RunLock lock) {
        try {
            lock.close();
        } catch (IOException e) {
            // the system frees the lock with the process; there is nothing else to mend
        }
    }

    private static JournalReader.ReadResult checked(RunDirectory run) {
        JournalReader.ReadResult read = JournalReader.read(run.journal());
        String id = run.shortId();
        if (read.damage().isPresent()) {
            throw JournalErrors.journal("the log of run " + id + " is damaged at " + read.damage().get(),
                    "What was done after that record is not known for certain, so the run cannot go on.",
                    "stepmark verify " + id);
        }
        if (read.events().isEmpty()) {
            throw JournalErrors.journal("run " + id + " never began: its log holds no complete record",
                    "Nothing was run.", "start the runbook again");
        }
        if (read.events().get(read.events().size() - 1).event() instanceof Event.Sealed) {
            throw JournalErrors.journal("the log of run " + id + " is sealed",
                    "It is complete, and nothing may follow its seal.", "start the runbook again");
        }
        return read;
    }

    /** The torn bytes are on disk under their own name before the journal is made shorter. */
    private static void cutTail(RunDirectory run, byte[] torn) throws IOException {
        int n = 1;
        while (true) {
            try {
                Durable.write(run.path().resolve("torn-" + n), torn);
                break;
            } catch (FileAlreadyExistsException e) {
                n++;
            }
        }
        Durable.syncDirectory(run.path());
        try (RandomAccessFile file = new RandomAccessFile(run.journal().toFile(), "rw")) {
            file.setLength(Files.size(run.journal()) - torn.length);
            file.getFD().sync();
        }
    }

    /** Calls this after each event that is on disk, on the thread that appended it. */
    public synchronized void afterAppend(Consumer<Envelope> hook) {
        afterAppend = hook;
    }

    /**
     * Records an event: masked, written and forced to disk before this returns.
     *
     * @return the record as it is on disk
     * @throws StepmarkException     exit code 74 when it could not be made durable. The journal is dead from then on:
     *     a second fsync may lie about what the first one lost
     * @throws IllegalStateException when a run does not begin with RunStarted, or a later process with RunAttached
     */
    public Envelope append(Event event) {
        Envelope envelope;
        synchronized (this) {
            if (dead != null) {
                throw dead;
            }
            requireOrder(event);
            Event masked = masker.isIdle() ? event : EventCodec.rewrite(event, masker::mask);
            envelope = writer.envelope(events.size(), head, masked);
            byte[] line = (EventCodec.encode(envelope) + "\n").getBytes(StandardCharsets.UTF_8);
            write(line);
            head = Hashes.hex(line, 0, line.length - 1);
            events.add(envelope);
        }
        afterAppend.accept(envelope);
        return envelope;
    }

    private void requireOrder(Event event) {
        boolean first = events.isEmpty();
        if (first != event instanceof Event.RunStarted) {
            throw new IllegalStateException("RunStarted is the first event, and no other");
        }
        boolean newEpoch = !first && events.get(events.size() - 1).epoch() != writer.epoch();
        if (newEpoch != event instanceof Event.RunAttached) {
            throw new IllegalStateException("RunAttached is the first event of a later process, and no other");
        }
    }

    private void write(byte[] line) {
        try {
            file.append(line);
        } catch (IOException e) {
            dead = JournalErrors.cannotAppend(runDirectory, e);
            throw dead;
        }
    }

    /** All records, those of earlier processes too, as they are on disk. */
    public synchronized List<Envelope> events() {
        return List.copyOf(events);
    }

    /** How many bytes of a torn last line were cut off when this process attached. */
    public long tornBytes() {
        return tornBytes;
    }

    /** Hash of the last line: with {@link #events} size the checkpoint that a later check can be held against. */
    public synchronized String head() {
        return head;
    }

    /** The directory of the run. */
    public RunDirectory directory() {
        return new RunDirectory(runDirectory);
    }

    /** Ends writing and frees the lock. What was appended is on disk already. */
    @Override
    public synchronized void close() {
        if (dead == null) {
            dead = JournalErrors.journal("the log is closed", "Nothing further is recorded.", "");
        }
        try {
            file.close();
        } catch (IOException e) {
            // every record was forced when it was appended: closing loses nothing
        } finally {
            if (lock != null) {
                release(lock);
            }
        }
    }
}
