package dev.stepmark.terminal;

import java.time.Instant;
import org.jline.reader.impl.history.DefaultHistory;

/** A history that keeps only what it is told to: answers, phrases, reasons and values never come back with Up. */
final class KeptHistory extends DefaultHistory {

    /** The line editor offers every line that was read; none is taken here. */
    @Override
    public void add(Instant time, String line) {
    }

    void keep(String line) {
        super.add(Instant.now(), line);
    }
}
