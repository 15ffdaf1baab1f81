package dev.stepmark.terminal;

import dev.stepmark.session.AlternateScreen;
import dev.stepmark.session.OutputSink.Stream;
import java.util.EnumMap;
import java.util.Map;

/**
 * Leaves out of the transcript what a program draws on a screen of its own: it is no text, and it is in the record.
 */
final class FullScreens {

    /** Full-screen programs begin with their screen; a flood is not searched. */
    private static final int SEARCHED = 1 << 20;

    private final Map<Stream, Track> tracks = new EnumMap<>(Stream.class);
    private final Runnable opened;

    /** Takes what is to be shown. */
    interface Range {

        /** Some bytes of the buffer. */
        void show(int offset, int length);
    }

    /** One stream. */
    private static final class Track {

        private final AlternateScreen screen = new AlternateScreen();
        private int left = SEARCHED;
        private boolean inside;
    }

    /** @param opened called when a screen of its own begins */
    FullScreens(Runnable opened) {
        this.opened = opened;
    }

    /** Hands on what is not on a screen of its own. */
    void pass(Stream stream, byte[] buffer, int offset, int length, Range shown) {
        Track track = tracks.computeIfAbsent(stream, s -> new Track());
        if (track.left <= 0 && !track.inside) {
            shown.show(offset, length);
            return;
        }
        track.left -= length;
        int from = offset;
        int end = offset + length;
        for (int at = offset; at < end; at++) {
            AlternateScreen.Seen seen = track.screen.next(buffer[at]);
            if (seen == AlternateScreen.Seen.OPENED && !track.inside) {
                shown.show(from, Math.max(0, at + 1 - track.screen.length() - from));
                track.inside = true;
                opened.run();
            } else if (seen == AlternateScreen.Seen.CLOSED && track.inside) {
                track.inside = false;
                from = at + 1;
            }
        }
        if (!track.inside) {
            shown.show(from, end - from);
        }
    }
}
