package dev.stepmark.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The first and the last record of a journal, without what is between them: enough to leave most runs aside. A directory
 * holds the runs of years, and reading each of them whole would stand before every start. Nothing is verified here.
 */
final class JournalEnds {

    /** The longest record that is looked for; one that is longer is not found. */
    private static final int LONGEST = 1 << 16;

    private final String first;
    private final String last;

    private JournalEnds(String first, String last) {
        this.first = first;
        this.last = last;
    }

    /** Reads a journal's ends; empty texts for what is not there or cannot be read. */
    static JournalEnds of(Path journal) {
        try (FileChannel file = FileChannel.open(journal, StandardOpenOption.READ)) {
            long size = file.size();
            String head = text(file, 0, size);
            String tail = size <= LONGEST ? head : text(file, size - LONGEST, size);
            int firstEnd = head.indexOf('\n');
            int lastEnd = tail.lastIndexOf('\n');
            int lastStart = lastEnd <= 0 ? -1 : tail.lastIndexOf('\n', lastEnd - 1);
            boolean whole = lastEnd == tail.length() - 1;
            return new JournalEnds(firstEnd < 0 ? "" : head.substring(0, firstEnd),
                    lastEnd < 0 || !whole ? "" : tail.substring(lastStart + 1, lastEnd));
        } catch (IOException e) {
            return new JournalEnds("", "");
        }
    }

    private static String text(FileChannel file, long from, long size) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(LONGEST, size - from));
        while (bytes.hasRemaining() && file.read(bytes, from + bytes.position()) > 0) {
            continue;
        }
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    }

    /** Whether the run was started with a runbook, by its absolute path. A plain path is looked for in the text. */
    boolean of(String runbook) {
        boolean plain = runbook.chars().allMatch(c -> c >= ' ' && c < 0x7f && c != '"' && c != '\\');
        if (plain && !first.contains('"' + runbook + '"')) {
            return false;
        }
        return record(first).map(e -> e instanceof Event.RunStarted started && started.path().equals(runbook)).orElse(false);
    }

    /** How the run ended, when nothing came after that. */
    Optional<Event.RunEnded> ended() {
        return record(last).filter(Event.RunEnded.class::isInstance).map(Event.RunEnded.class::cast);
    }

    private static Optional<Event> record(String line) {
        try {
            return Optional.of(EventCodec.decode(line).event());
        } catch (EventCodec.NoRecord e) {
            return Optional.empty();
        }
    }
}
