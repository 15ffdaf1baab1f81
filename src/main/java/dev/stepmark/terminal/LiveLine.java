package dev.stepmark.terminal;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The one line that is redrawn: what runs, for how long, and how to cancel it. It appears after a second, is the last
 * line of the screen and is erased before anything else is printed. On a screen without cursor movement it is a remark
 * from time to time; without a terminal there is none.
 */
final class LiveLine {

    private static final int REDRAW_MILLIS = 200;
    private static final int FIRST_MILLIS = 1000;
    private static final int REMARK_MILLIS = 30_000;
    /** Carriage return and "erase in line" (ECMA-48, 8.3.41). */
    private static final String ERASE = "\r\u001b[K";

    private final Screen screen;
    private final String label;
    private final LongSupplier millis;
    private final long began;
    private String drawn = "";
    private volatile String note = "";
    private long nextRemark = REMARK_MILLIS;
    private ScheduledExecutorService timer;

    private LiveLine(Screen screen, String label, LongSupplier millis) {
        this.screen = screen;
        this.label = Neutral.line(label);
        this.millis = millis;
        this.began = millis.getAsLong();
    }

    static LiveLine none() {
        return new LiveLine(null, "", () -> 0);
    }

    static LiveLine on(Screen screen, String label, LongSupplier millis) {
        return new LiveLine(screen, label, millis);
    }

    void start(Runnable tick) {
        timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "stepmark-clock");
            thread.setDaemon(true);
            return thread;
        });
        timer.scheduleAtFixedRate(tick, FIRST_MILLIS, REDRAW_MILLIS, TimeUnit.MILLISECONDS);
    }

    void stop() {
        if (timer != null) {
            timer.shutdownNow();
        }
    }

    /** Words about how far it is. */
    void note(String words) {
        note = Neutral.line(words);
    }

    long elapsedMillis() {
        return Math.max(0, millis.getAsLong() - began);
    }

    /** Draws the line when something in it changed. */
    void tick(long lines, Transfer transfer) {
        if (screen == null) {
            return;
        }
        if (screen.dumb()) {
            remark(transfer);
        } else if (elapsedMillis() >= FIRST_MILLIS) {
            draw(text(lines, transfer, screen.columns()));
        }
    }

    private void remark(Transfer transfer) {
        if (elapsedMillis() >= nextRemark) {
            screen.remark(label + " still running, " + Amounts.clock(elapsedMillis())
                    + (!note.isEmpty() ? ", " + note : transfer == null ? "" : ", " + transfer.text(elapsedMillis())));
            nextRemark = (elapsedMillis() / REMARK_MILLIS + 1) * REMARK_MILLIS;
        }
    }

    private void draw(String text) {
        if (!text.equals(drawn)) {
            screen.raw((drawn.isEmpty() ? "" : ERASE) + text);
            drawn = text;
        }
    }

    /** The longest form that leaves the last column free: a full line would make some terminals wrap. */
    private String text(long lines, Transfer transfer, int width) {
        String head = "running " + label + "  " + Amounts.clock(elapsedMillis());
        String printed = lines > LiveOutput.FIRST ? "  " + Amounts.of(lines, "line") : "";
        String count = transfer == null ? printed : "  " + transfer.shortText();
        String soFar = soFar(count, transfer);
        String cancel = "  ^C cancels";
        for (String form : List.of(head + soFar + cancel, head + count + cancel, head + cancel)) {
            if (form.length() < width) {
                return form;
            }
        }
        return Wrap.cut(head, Math.max(1, width - 1));
    }

    private String soFar(String count, Transfer transfer) {
        if (!note.isEmpty()) {
            return "  " + note;
        }
        if (transfer != null) {
            return "  " + transfer.text(elapsedMillis());
        }
        return count.isEmpty() ? "" : count + " so far";
    }

    void erase() {
        if (!drawn.isEmpty()) {
            screen.raw(ERASE);
            drawn = "";
        }
    }
}
