package dev.stepmark.session.psql;

import dev.stepmark.session.Ask;
import dev.stepmark.session.CancelReport;
import dev.stepmark.session.CannotOpen;
import dev.stepmark.session.ConnectionSpec;
import dev.stepmark.session.Opened;
import dev.stepmark.session.Outcome;
import dev.stepmark.session.OutputSink;
import dev.stepmark.session.Request;
import dev.stepmark.session.ServerSide;
import dev.stepmark.session.Session;
import dev.stepmark.session.Snapshot;
import dev.stepmark.session.psql.PsqlChecks.Checked;
import dev.stepmark.sql.MetaCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/** A real psql as a session: one statement or meta-command an execution. */
public final class PsqlSession implements Session {

    /** A cancel that came before its statement has no effect, so it is sent again while the execution goes on. */
    private static final Duration CANCEL_AGAIN = Duration.ofMillis(250);

    private final Psql psql;
    private final Function<String, Optional<char[]>> ask;
    private final PersonCommands person;
    private final ScheduledThreadPoolExecutor clock;
    private volatile Running current;
    private volatile boolean ended;

    /**
     * What a psql is started with.
     *
     * @param directory   where it starts
     * @param environment of the shell that would run it
     * @param password    what is known for this connection, or empty: then psql looks for it where it always does
     * @param ask         asks a person for the password of what it is given; called when the server wants a password
     *                    and nothing has one
     * @param secret      told passwords and other secrets that a person types
     * @param osUser      who runs Stepmark, for explanations
     */
    public record Options(Path directory, Map<String, String> environment, Optional<char[]> password,
            Function<String, Optional<char[]>> ask, Consumer<char[]> secret, String osUser) {

        public Options {
            directory = directory.toAbsolutePath();
            environment = Map.copyOf(environment);
        }
    }

    private PsqlSession(Psql psql, Options options) {
        this.psql = psql;
        this.ask = options.ask();
        this.person = new PersonCommands(psql, options.secret());
        this.clock = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "stepmark-psql-timer");
            thread.setDaemon(true);
            return thread;
        });
        clock.setRemoveOnCancelPolicy(true);
    }

    /**
     * Opens a session.
     *
     * @param spec    what to connect to, with the psql that does it
     * @param options surroundings
     * @throws CannotOpen nothing was opened; the message says why and what to do
     */
    public static PsqlSession open(ConnectionSpec spec, Options options) throws CannotOpen {
        return new PsqlSession(new PsqlOpening(spec, options).open(), options);
    }

    @Override
    public Opened opened() {
        return psql.opened();
    }

    @Override
    public List<String> framing(Request request) {
        return !alive() ? List.of() : PsqlChecks.check(request.text(),
                psql.standardStrings(request.text())).statement()
                .map(statement -> new OwnTransaction(psql).shown(request, statement, Framing.of(statement, request, psql)
                        .shown())).orElse(List.of());
    }

    @Override
    public List<Ask> asks(Request request) {
        return alive() ? person.asks(PsqlChecks.check(request.text(),
                psql.standardStrings(request.text()))) : List.of();
    }

    @Override
    public void answer(Map<String, char[]> answers) {
        person.answers(answers);
    }

    @Override
    public Optional<Outcome.Change> unfinished() {
        return psql.unfinished();
    }

    @Override
    public Outcome run(Request request, OutputSink sink) {
        psql.unfinished(Optional.empty());
        if (!alive()) {
            return new Outcome.Refused("the session is closed");
        }
        Checked text = PsqlChecks.check(request.text(), psql.standardStrings(request.text()));
        if (text.refusal().isPresent()) {
            return new Outcome.Refused(text.refusal().get());
        }
        if (text.empty()) {
            // comments only: psql sends nothing
            return new Outcome.Done(0, List.of(), List.of(), psql.transaction().state(), Optional.empty());
        }
        if (!psql.charset().newEncoder().canEncode(request.text())) {
            return new Outcome.Refused("the text holds a character that client_encoding " + psql.charset().name()
                    + " does not have");
        }
        Running running = new Running();
        current = running;
        ScheduledFuture<?> alarm = request.timeout().map(time -> clock.schedule(
                () -> cancel(running, true), time.toNanos(), TimeUnit.NANOSECONDS)).orElse(null);
        try (CopyWatch watch = CopyWatch.begin(text, psql, sink, clock)) {
            return run(request, text, running, sink);
        } finally {
            if (alarm != null) {
                alarm.cancel(false);
            }
            running.finish();
            current = null;
            person.answers(Map.of());
        }
    }

    private Outcome run(Request request, Checked text, Running running, OutputSink sink) {
        PieceRunner runner = new PieceRunner(psql, running, sink);
        OwnTransaction own = new OwnTransaction(psql);
        Optional<Outcome> refused = own.begin(request);
        if (refused.isPresent()) {
            return refused.get();
        }
        if (text.statement().isPresent()) {
            psql.lastQuery(text.text());
            return own.statement(request, text.statement().get(), () -> runner.statement(text.statement().get(),
                    text.text(), text.data(), request));
        }
        MetaCommand command = text.command().orElseThrow();
        if (command.quits()) {
            end();
            return new Outcome.Ended(0, "\\q");
        }
        if (command.name().equals("\\c") || command.name().equals("\\connect")) {
            return new Connect(psql, sink, ask).run(text.text());
        }
        if (command.name().equals("\\watch")) {
            return new Watching(psql, running, runner).run(command, request);
        }
        return PersonCommands.has(command.name()) ? person.run(command, request, runner, sink)
                : own.command(request, command, () -> runner.command(command, text.text(), text.data()));
    }

    @Override
    public CancelReport cancel() {
        Running running = current;
        return running == null ? CancelReport.NOTHING : cancel(running, false);
    }

    private CancelReport cancel(Running running, boolean byTimeout) {
        CancelReport report = running.cancel(byTimeout, this::askToCancel);
        if (report.asked() && !clock.isShutdown()) {
            clock.schedule(() -> {
                if (!running.over()) {
                    cancel(running, byTimeout);
                }
            }, CANCEL_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        }
        return report;
    }

    /** The server is asked for this very backend: another one may have its number by now. */
    private CancelReport askToCancel() {
        String pid = psql.backendPid();
        Optional<String> sent = psql.second().ask("SELECT pg_catalog.pg_cancel_backend(pid)" + psql.itsBackend());
        if (sent.filter("t"::equals).isPresent()) {
            return new CancelReport(true, "asked the server (pid " + pid + ") by a second psql");
        }
        // a script has gone elsewhere, or nobody lets a second psql in: psql itself knows where it is
        boolean told = psql.process().interrupt();
        return new CancelReport(true, told ? "interrupted psql, which asks its server and ends"
                : "the server could not be asked: " + (sent.isEmpty() ? "a second psql has no connection"
                        : "psql has gone to another connection, and cannot be interrupted"));
    }

    @Override
    public CancelReport kill() {
        Running running = current;
        return running == null ? CancelReport.NOTHING : running.kill(this::terminate);
    }

    private CancelReport terminate() {
        String pid = psql.backendPid();
        if (psql.second().ask("SELECT pg_catalog.pg_terminate_backend(pid)" + psql.itsBackend())
                .filter("t"::equals).isPresent()) {
            return new CancelReport(true, "ended the backend (pid " + pid + ")");
        }
        psql.process().leave();
        return new CancelReport(true, "ended psql; the backend (pid " + pid + ") could not be ended and may go on");
    }

    @Override
    public void abandon() {
        Running running = current;
        if (running != null) {
            running.abandon();
            psql.process().leave();
        }
    }

    @Override
    public Optional<ServerSide> server() {
        return Optional.of(new OwnTransaction(psql));
    }

    @Override
    public Optional<Snapshot> snapshot() {
        return Optional.empty();
    }

    @Override
    public boolean alive() {
        return !ended && psql.alive();
    }

    @Override
    public void close() {
        Running running = current;
        if (running == null) {
            end();
            return;
        }
        ended = true;
        clock.shutdownNow();
        running.cancel(false, this::askToCancel);
        running.abandon();
        psql.process().leave();
    }

    private void end() {
        ended = true;
        clock.shutdownNow();
        psql.process().close();
    }
}
