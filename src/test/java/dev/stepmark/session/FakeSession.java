package dev.stepmark.session;

import dev.stepmark.message.Message;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A session without a far side, for every test that needs one. Texts get the answers that a test gives them with
 * {@link #on}; any other text goes to a tiny language: {@code print WORD}, {@code many N}, {@code sleep SECONDS},
 * {@code fail}, {@code set NAME VALUE}, {@code get NAME}, {@code end}, {@code incomplete}, each on the last line of the
 * text.
 */
public final class FakeSession implements Session {

    /** What the fake does for a text. */
    @FunctionalInterface
    public interface Answer {
        /** Writes output and says how it ended. */
        Outcome answer(Request request, OutputSink sink, Running running);
    }

    /** What an answer can wait for. */
    public interface Running {
        /**
         * Sleeps until the time is over or somebody stops the execution.
         *
         * @return empty when the time is over, else the outcome to return
         */
        Optional<Outcome> sleep(Duration time);
    }

    private enum Stop { NO, CANCEL, TIMEOUT, KILL, ABANDON, CLOSE }

    /** What a fake says it is, unless told otherwise. */
    public static final Opened OPENED = new Opened("fake", "a fake session",
            Map.of("host", "fakehost", "user", "nobody"));

    private final Opened opened;
    private final Map<String, Answer> answers = new HashMap<>();
    private final List<Request> requests = new ArrayList<>();
    private final Map<String, String> state = new HashMap<>();
    private Answer otherwise = this::language;
    private Optional<Snapshot> snapshot = Optional.empty();
    private Optional<ServerSide> server = Optional.empty();
    private boolean alive = true;
    private boolean running;
    private Stop stop = Stop.NO;

    /** A fake with the given identity. */
    public FakeSession(Opened opened) {
        this.opened = opened;
    }

    /** A fake that knows only its language and what it is told with {@link #on}. */
    public FakeSession() {
        this(OPENED);
    }

    /** Every text runs until somebody stops it. */
    public static FakeSession hanging() {
        return new FakeSession().otherwise((request, sink, running) ->
                running.sleep(Duration.ofDays(1)).orElseThrow());
    }

    /** The first text loses the session. */
    public static FakeSession dying() {
        return new FakeSession().otherwise((request, sink, running) -> new Outcome.Lost("the far side went away"));
    }

    /** Every text prints this many bytes without a line end, then is done. */
    public static FakeSession flooding(long bytes) {
        return new FakeSession().otherwise((request, sink, running) -> {
            flood(bytes, sink);
            return done(0);
        });
    }

    /** What opening a session on a host that does not exist does. */
    public static FakeSession bogusHost() throws CannotOpen {
        throw new CannotOpen(Message.of("cannot reach bogus.invalid: unknown host",
                "The name does not resolve. Nothing was run.", "check the name of the host"), "08001");
    }

    /** The text (without leading and trailing white space) gets this answer from now on. */
    public FakeSession on(String text, Answer answer) {
        answers.put(text.strip(), answer);
        return this;
    }

    /** The text gets this outcome, without output. */
    public FakeSession on(String text, Outcome outcome) {
        return on(text, (request, sink, running) -> outcome);
    }

    /** The text prints this on standard output and is done with exit status 0. */
    public FakeSession prints(String text, String output) {
        return on(text, (request, sink, running) -> {
            say(sink, OutputSink.Stream.STDOUT, output);
            return done(0);
        });
    }

    /** The text runs until somebody stops it. */
    public FakeSession hangs(String text) {
        return on(text, (request, sink, running) -> running.sleep(Duration.ofDays(1)).orElseThrow());
    }

    /** Every text without an answer of its own gets this one. */
    public FakeSession otherwise(Answer answer) {
        this.otherwise = answer;
        return this;
    }

    /** What {@link #snapshot()} returns from now on. */
    public FakeSession snapshot(Snapshot value) {
        this.snapshot = Optional.of(value);
        return this;
    }

    /** What {@link #server()} returns from now on. */
    public FakeSession server(ServerSide value) {
        this.server = Optional.ofNullable(value);
        return this;
    }

    @Override
    public Optional<ServerSide> server() {
        return server;
    }

    /** Everything that was run (not what was refused because the session was over), in order. */
    public synchronized List<Request> requests() {
        return List.copyOf(requests);
    }

    /** The texts of {@link #requests()}. */
    public List<String> texts() {
        return requests().stream().map(Request::text).toList();
    }

    /** A shell block's or a statement's ordinary end. */
    public static Outcome.Done done(int exit) {
        return new Outcome.Done(exit, List.of(), List.of(), Outcome.Transaction.NONE, Optional.empty());
    }

    /** Writes a text to a sink. */
    public static void say(OutputSink sink, OutputSink.Stream stream, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        sink.write(stream, bytes, 0, bytes.length);
    }

    @Override
    public Opened opened() {
        return opened;
    }

    @Override
    public Outcome run(Request request, OutputSink sink) {
        synchronized (this) {
            if (!alive || running) {
                return new Outcome.Refused(alive ? "another execution is running" : "the session is over");
            }
            running = true;
            stop = Stop.NO;
            requests.add(request);
        }
        Answer answer = answers.getOrDefault(request.text().strip(), otherwise);
        Outcome outcome = null;
        try {
            outcome = answer.answer(request, sink, time -> sleep(time, request.timeout()));
            return outcome;
        } finally {
            finished(outcome);
        }
    }

    private synchronized void finished(Outcome outcome) {
        running = false;
        alive &= !(outcome instanceof Outcome.Ended || outcome instanceof Outcome.Lost);
        notifyAll();
    }

    private synchronized Optional<Outcome> sleep(Duration time, Optional<Duration> timeout) {
        boolean limited = timeout.isPresent() && timeout.get().compareTo(time) < 0;
        long end = System.nanoTime() + (limited ? timeout.get() : time).toNanos();
        while (stop == Stop.NO) {
            long left = end - System.nanoTime();
            if (left <= 0 && !limited) {
                return Optional.empty();
            }
            if (left <= 0) {
                stop = Stop.TIMEOUT;
            } else {
                pause(left);
            }
        }
        return Optional.of(stopped());
    }

    private void pause(long nanos) {
        try {
            wait(nanos / 1_000_000 + 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop = Stop.ABANDON;
        }
    }

    private Outcome stopped() {
        return switch (stop) {
            case CANCEL, TIMEOUT -> new Outcome.Cancelled("130", stop == Stop.TIMEOUT, List.of(),
                    Outcome.Transaction.NONE);
            case KILL -> new Outcome.Ended(137, "killed by signal 9");
            default -> new Outcome.Lost("left running");
        };
    }

    private synchronized CancelReport stop(Stop how) {
        if (!running) {
            return CancelReport.NOTHING;
        }
        stop = how;
        notifyAll();
        return new CancelReport(true, how == Stop.KILL ? "killed the fake" : "asked the fake");
    }

    @Override
    public CancelReport cancel() {
        return stop(Stop.CANCEL);
    }

    @Override
    public CancelReport kill() {
        return stop(Stop.KILL);
    }

    @Override
    public synchronized void abandon() {
        if (running) {
            stop(Stop.ABANDON);
            alive = false;
        }
    }

    @Override
    public Optional<Snapshot> snapshot() {
        return snapshot;
    }

    @Override
    public synchronized boolean alive() {
        return alive;
    }

    @Override
    public synchronized void close() {
        alive = false;
        stop(Stop.CLOSE);
    }

    private Outcome language(Request request, OutputSink sink, Running running) {
        String[] words = request.text().strip().split("\\s+");
        switch (words[0]) {
            case "print" -> say(sink, OutputSink.Stream.STDOUT, words[1] + "\n");
            case "many" -> flood(Long.parseLong(words[1]), sink);
            case "set" -> state.put(words[1], words[2]);
            case "get" -> say(sink, OutputSink.Stream.STDOUT, state.getOrDefault(words[1], "") + "\n");
            case "sleep" -> {
                return running.sleep(Duration.ofSeconds(Long.parseLong(words[1]))).orElseGet(() -> done(0));
            }
            case "end" -> {
                return new Outcome.Ended(0, "exit 0");
            }
            case "incomplete" -> {
                return new Outcome.Refused("the text is incomplete");
            }
            case "fail" -> {
                return done(1);
            }
            default -> {
                say(sink, OutputSink.Stream.STDERR, "fake: " + words[0] + ": command not found\n");
                return done(127);
            }
        }
        return done(0);
    }

    private static void flood(long bytes, OutputSink sink) {
        byte[] buffer = "x".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
        for (long left = bytes; left > 0; left -= buffer.length) {
            sink.write(OutputSink.Stream.STDOUT, buffer, 0, (int) Math.min(left, buffer.length));
        }
    }
}
