package dev.stepmark.run;

import dev.stepmark.session.OutputSink;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The last output of something that runs in the background; for a moment it is shown as well. */
final class Tail implements OutputSink {

    /** So much is kept for a look; all of it is in the record. */
    private static final int MOST = 256 * 1024;

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private OutputSink shown;
    private boolean cut;

    /** @param shown gets the output too, until {@link #hide} */
    Tail(OutputSink shown) {
        this.shown = shown;
    }

    @Override
    public synchronized void write(Stream stream, byte[] buffer, int offset, int length) {
        if (kept.size() + length > MOST) {
            String last = kept.toString(StandardCharsets.ISO_8859_1).substring(kept.size() / 2);
            kept.reset();
            byte[] half = last.substring(last.indexOf('\n') + 1).getBytes(StandardCharsets.ISO_8859_1);
            kept.write(half, 0, half.length);
            cut = true;
        }
        kept.write(buffer, offset, Math.min(length, MOST));
        if (shown != null) {
            shown.write(stream, buffer, offset, length);
        }
    }

    /** Nothing is shown from now on. */
    synchronized void hide() {
        shown = null;
    }

    /** What came last. */
    synchronized String text() {
        String text = kept.toString(StandardCharsets.UTF_8);
        return (cut ? "(what came before is in the record)\n" : "") + (text.isEmpty() ? "(no output yet)\n" : text);
    }
}
