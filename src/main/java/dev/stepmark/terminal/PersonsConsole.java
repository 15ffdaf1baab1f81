package dev.stepmark.terminal;

import dev.stepmark.run.RunControl;
import dev.stepmark.run.Texts;
import dev.stepmark.session.Console;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;

/** The terminal of the person, lent to what runs: for one line, or whole until it ends. */
final class PersonsConsole implements Console {

    private final Place place;
    private final String label;
    private final LiveOutput output;
    private final RunControl control;
    private final BooleanSupplier closed;
    private volatile Whole whole;

    /** Where the person sits. */
    record Place(Terminal terminal, Screen screen, Keyboard keyboard, KeysIgnored ignored) { }

    /**
     * @param place   the terminal
     * @param label   what runs, for people
     * @param output  waits while a program or a question has the screen
     * @param control ends what runs
     * @param closed  whether Stepmark has let go of the terminal
     */
    PersonsConsole(Place place, String label, LiveOutput output, RunControl control, BooleanSupplier closed) {
        this.place = place;
        this.label = Neutral.line(label);
        this.output = output;
        this.control = control;
        this.closed = closed;
    }

    @Override
    public boolean attended() {
        return true;
    }

    @Override
    public Answer ask(String prompt, boolean echo, BooleanSupplier waits) {
        output.hold();
        try {
            place.ignored.drain();
            String shown = question(prompt.strip(), echo);
            Line line = place.keyboard.read(place.screen::raw, shown, echo, () -> closed.getAsBoolean()
                    || !waits.getAsBoolean());
            if (line instanceof Line.Text text) {
                return new Answer(Answer.Kind.LINE, text.chars());
            }
            if (line instanceof Line.Interrupted) {
                place.screen.say(List.of("cancelling " + label + ", instead of an answer"));
                return Answer.of(Answer.Kind.CANCEL);
            }
            return Answer.of(line instanceof Line.End ? Answer.Kind.END : Answer.Kind.NONE);
        } finally {
            output.release();
        }
    }

    /** The last line of the question; those above it are printed. */
    private String question(String prompt, boolean echo) {
        String words = label + (prompt.isEmpty() ? " waits for a line" : " asks \"" + Neutral.line(prompt) + "\"")
                + (echo ? "" : " (not shown, not logged)") + ":";
        List<String> lines = Wrap.words(words, place.screen.width());
        for (String line : lines.subList(0, lines.size() - 1)) {
            place.screen.raw(place.screen.style().paint(Role.PROMPT, line) + "\n");
        }
        return place.screen.style().paint(Role.PROMPT, lines.get(lines.size() - 1)) + " ";
    }

    @Override
    public Given give(String program, Keys keys) {
        output.give();
        place.ignored.drain();
        place.screen.say(List.of("--- terminal given to " + program + "; its screen is recorded ---"));
        whole = new Whole(keys);
        whole.begin();
        return whole;
    }

    /** The process ends: whatever has the terminal, it is put back. */
    void abort() {
        Whole given = whole;
        if (given != null) {
            given.end();
        }
    }

    /** The whole terminal, while a program has it. */
    private final class Whole implements Given {

        /** Typed three times within a second it ends what does not listen to anything else. */
        private static final int WAY_OUT = 29;
        private static final int TIMES = 3;
        private static final long SECOND_NANOS = 1_000_000_000L;
        private static final int BUFFER = 4096;

        private final Keys keys;
        private final LeftModes modes = new LeftModes();
        private final long began = System.nanoTime();
        private final Thread reader = new Thread(this::read, "stepmark-keys");
        private SignalHandler resized;
        private boolean over;
        private volatile boolean ended;
        private int wayOut;
        private long wayOutAt;

        Whole(Keys keys) {
            this.keys = keys;
        }

        void begin() {
            place.keyboard.raw();
            resized = place.terminal.handle(Signal.WINCH, signal -> size());
            size();
            reader.setDaemon(true);
            reader.start();
        }

        private void size() {
            keys.resized(place.terminal.getColumns(), place.terminal.getRows());
        }

        private void read() {
            byte[] buffer = new byte[BUFFER];
            try {
                while (!ended) {
                    int count = place.keyboard.bytes(buffer);
                    if (count == -1) {
                        return;
                    }
                    if (count > 0 && !ended) {
                        keys.typed(buffer, count);
                        lookForWayOut(buffer, count);
                    }
                }
            } catch (IOException e) {
                // The terminal is gone; whoever ends the process because of that ends the program too.
            } finally {
                java.util.Arrays.fill(buffer, (byte) 0);
            }
        }

        private void lookForWayOut(byte[] buffer, int count) {
            for (int i = 0; i < count; i++) {
                boolean soon = System.nanoTime() - wayOutAt < SECOND_NANOS;
                wayOut = buffer[i] != WAY_OUT ? 0 : soon ? wayOut + 1 : 1;
                wayOutAt = wayOut == 1 ? System.nanoTime() : wayOutAt;
                if (wayOut == TIMES) {
                    control.kill();
                }
            }
        }

        @Override
        public void show(byte[] buffer, int offset, int length) {
            write(buffer, offset, length);
        }

        private synchronized void write(byte[] buffer, int offset, int length) {
            if (over) {
                return;
            }
            modes.add(buffer, offset, length);
            try {
                place.terminal.output().write(buffer, offset, length);
                place.terminal.output().flush();
            } catch (IOException e) {
                ended = true;
            }
        }

        /** Puts the terminal back; only once. */
        private boolean end() {
            ended = true;
            byte[] undo = modes.undo();
            synchronized (this) {
                if (over) {
                    return false;
                }
                write(undo, 0, undo.length);
                over = true;
            }
            place.keyboard.quiet();
            return true;
        }

        @Override
        public void takeBack(String how) {
            boolean first = end();
            try {
                reader.join(SECOND_NANOS / 1_000_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (first) {
                place.terminal.handle(Signal.WINCH, resized);
                place.screen.say(List.of("--- back after " + Texts.duration((System.nanoTime() - began) / 1_000_000)
                        + ", " + how + " ---"));
            }
            output.release();
        }
    }
}
