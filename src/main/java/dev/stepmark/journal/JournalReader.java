package dev.stepmark.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a journal strictly: every record is checked against the one before, over the raw bytes of its line. */
public final class JournalReader {

    private final List<Envelope> events = new ArrayList<>();
    private final List<String> hashes = new ArrayList<>();
    private Damage damage;

    private JournalReader() { }

    /**
     * Where a journal stops being one.
     *
     * @param record position of the first bad record, from 0; its line is one more
     * @param reason why, for people
     */
    public record Damage(long record, String reason) {

        /** {@code record 12 (line 13): ...}. */
        @Override
        public String toString() {
            return "record " + record + " (line " + (record + 1) + "): " + reason;
        }
    }

    /**
     * What was read.
     *
     * @param events   the records up to the first bad one
     * @param hashes   SHA-256 of the bytes of each of their lines; the last is the head
     * @param tornTail the bytes after the last newline: a record that was cut off while it was written
     * @param damage   the first bad record, if any
     */
    public record ReadResult(List<Envelope> events, List<String> hashes, byte[] tornTail, Optional<Damage> damage) {

        /** How many bytes of a torn last record there are. */
        public long tornBytes() {
            return tornTail.length;
        }

        /** Hash of the last good line; 64 zeros when there is none. */
        public String head() {
            return hashes.isEmpty() ? Hashes.ZERO : hashes.get(hashes.size() - 1);
        }
    }

    /**
     * Reads a journal file. Damage is a result and never thrown.
     *
     * @param file the {@code journal.jsonl}
     * @throws dev.stepmark.message.StepmarkException when the file cannot be read at all
     */
    public static ReadResult read(Path file) {
        try {
            return read(Durable.read(file));
        } catch (IOException e) {
            throw JournalErrors.cannotRead(file, e);
        }
    }

    static ReadResult read(byte[] bytes) {
        JournalReader reader = new JournalReader();
        int start = 0;
        for (int i = 0; i < bytes.length && reader.damage == null; i++) {
            if (bytes[i] == '\n') {
                reader.line(bytes, start, i - start);
                start = i + 1;
            }
        }
        byte[] tail = reader.damage == null ? java.util.Arrays.copyOfRange(bytes, start, bytes.length) : new byte[0];
        return new ReadResult(List.copyOf(reader.events), List.copyOf(reader.hashes), tail,
                Optional.ofNullable(reader.damage));
    }

    private void line(byte[] bytes, int offset, int length) {
        try {
            Envelope envelope = EventCodec.decode(text(bytes, offset, length));
            check(envelope);
            events.add(envelope);
            hashes.add(Hashes.hex(bytes, offset, length));
        } catch (EventCodec.NoRecord e) {
            damage = new Damage(events.size(), e.getMessage());
        }
    }

    private static String text(byte[] bytes, int offset, int length) throws EventCodec.NoRecord {
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] >= 0 && bytes[i] < 0x20 || bytes[i] == 0x7f) {
                throw new EventCodec.NoRecord("a control character, which no record has");
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, offset, length)).toString();
        } catch (CharacterCodingException e) {
            throw new EventCodec.NoRecord("not UTF-8");
        }
    }

    private void check(Envelope next) throws EventCodec.NoRecord {
        boolean first = events.isEmpty();
        String expected = first ? Hashes.ZERO : hashes.get(hashes.size() - 1);
        require(next.seq() == events.size(), "its number is " + next.seq());
        require(next.prev().equals(expected), "its hash of the record before does not fit: a record was changed,"
                + " removed or inserted");
        require(first == next.event() instanceof Event.RunStarted, first ? "the first record does not start a run"
                : "the run starts a second time");
        if (first) {
            require(next.epoch() == 1, "the first writer has number " + next.epoch());
            return;
        }
        Envelope before = events.get(events.size() - 1);
        require(next.run().equals(before.run()), "it belongs to run " + next.run());
        int epoch = before.epoch() + (next.event() instanceof Event.RunAttached ? 1 : 0);
        require(next.epoch() == epoch, "its writer has number " + next.epoch() + " in place of " + epoch);
    }

    private static void require(boolean holds, String reason) throws EventCodec.NoRecord {
        if (!holds) {
            throw new EventCodec.NoRecord(reason);
        }
    }
}
