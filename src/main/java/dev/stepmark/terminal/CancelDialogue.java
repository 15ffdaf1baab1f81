package dev.stepmark.terminal;

import dev.stepmark.run.RunControl;
import dev.stepmark.session.CancelReport;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Ctrl-C while something runs: the first asks it to stop, the second offers ways out, further ones discard the line.
 * Runs in threads of its own, because the runner's is blocked in the session.
 */
final class CancelDialogue implements AutoCloseable {

    /** Ctrl-C does something visible within this time, whatever the far side does. */
    private static final int PATIENCE_MILLIS = 100;
    private static final int JOIN_MILLIS = 2000;
    private static final String PROMPT = "Wait? [Enter waits, k, q, ?] ";

    private final Screen screen;
    private final Keyboard keyboard;
    private final LiveOutput output;
    private final String label;
    private final RunControl control;
    private final KeysIgnored ignored;
    private Thread last;
    private boolean offering;
    private volatile boolean ended;
    private volatile boolean server;

    CancelDialogue(Screen screen, Keyboard keyboard, LiveOutput output, String label, RunControl control) {
        this.screen = screen;
        this.keyboard = keyboard;
        this.output = output;
        this.label = Neutral.line(label);
        this.control = control;
        this.ignored = new KeysIgnored(screen, keyboard);
    }

    /** A Ctrl-C. Returns at once. While the ways out are offered it is a character that discards the line. */
    synchronized void interrupt() {
        if (ended || offering) {
            return;
        }
        Thread before = last;
        if (before == null) {
            last = new Thread(this::cancel, "stepmark-cancel");
        } else {
            offering = true;
            last = new Thread(() -> offer(before), "stepmark-cancel");
        }
        last.setDaemon(true);
        last.start();
    }

    private void offer(Thread before) {
        try {
            before.join();
            ask();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            synchronized (this) {
                offering = false;
            }
        }
    }

    private void cancel() {
        output.say("^C");
        output.cancelling();
        CompletableFuture<CancelReport> report = CompletableFuture.supplyAsync(control::cancel, CancelDialogue::start);
        String done = "";
        try {
            done = ": " + means(report.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            report.thenAccept(late -> output.remark(means(late)));
        } catch (ExecutionException e) {
            done = ": " + e.getCause().getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        output.say("cancelling " + label + done + ". Ctrl-C again: other ways");
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "stepmark-cancelling");
        thread.setDaemon(true);
        thread.start();
    }

    private String means(CancelReport report) {
        server = report.means().toLowerCase(Locale.ROOT).contains("server");
        return report.means();
    }

    private void ask() {
        output.say("^C");
        output.hold();
        try {
            String kill = server ? "k ends the backend" : "k kills it";
            screen.say(List.of("  Not stopped yet, " + Amounts.clock(output.elapsedMillis()) + ".  " + kill
                    + ", q leaves it running (in doubt)"));
            ignored.drain();
            boolean open = true;
            while (open && !ended) {
                open = again(keyboard.read(screen::raw, screen.style().paint(Role.PROMPT, PROMPT), true, () -> ended));
            }
        } finally {
            output.release();
        }
    }

    /** Whether the question must be asked again. */
    private boolean again(Line line) {
        if (line instanceof Line.Gone || line instanceof Line.Ended) {
            return false;
        }
        if (!(line instanceof Line.Text text)) {
            return true;
        }
        switch (text.string().strip().toLowerCase(Locale.ROOT)) {
            case "" -> {
                return false;
            }
            case "k" -> {
                CancelReport report = control.kill();
                screen.say(List.of("killing " + label + ": " + report.means()));
                return false;
            }
            case "q" -> {
                screen.say(List.of("leaving " + label + " as it runs: nobody will know how it ended"));
                control.abandon();
                return false;
            }
            case "?" -> screen.print(List.of("  Enter  waits on", "  k      ends it by force",
                    "  q      leaves it running: it is in doubt, and its session is given up"));
            default -> screen.say(List.of("not understood; choices: ?"));
        }
        return true;
    }

    /** The execution ended: takes the question from the screen and waits until nothing more is printed by it. */
    @Override
    public void close() {
        Thread running;
        synchronized (this) {
            ended = true;
            running = last;
        }
        if (running == null) {
            return;
        }
        try {
            running.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
