package dev.stepmark.session.mysql;

import dev.stepmark.session.CancelReport;
import dev.stepmark.session.CannotOpen;
import dev.stepmark.session.ClientSpec;
import dev.stepmark.session.Opened;
import dev.stepmark.session.Outcome;
import dev.stepmark.session.OutputSink;
import dev.stepmark.session.Request;
import dev.stepmark.session.Session;
import dev.stepmark.session.Snapshot;
import dev.stepmark.sql.MysqlCommand;
import dev.stepmark.sql.MysqlFacts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A real mysql or mariadb as a session: one statement or one command of the client an execution. */
public final class MysqlSession implements Session {

    /** A cancel that came before its statement has no effect, so it is sent again while the execution goes on. */
    private static final Duration CANCEL_AGAIN = Duration.ofMillis(250);

    private final Client client;
    private final ScheduledThreadPoolExecutor clock;
    private volatile Stopping current;
    private volatile boolean ended;

    /**
     * What a client is started with.
     *
     * @param directory   where it starts
     * @param environment of the shell that would run it
     * @param password    what is known for this connection, or empty: then the client looks for it where it always does
     * @param ask         asks a person for the password of what it is given; called when the server refuses without
     */
    public record Options(Path directory, Map<String, String> environment, Optional<char[]> password,
            Function<String, Optional<char[]>> ask) {

        public Options {
            directory = directory.toAbsolutePath();
            environment = Map.copyOf(environment);
        }
    }

    private MysqlSession(MysqlOpening.Connection connection) {
        this.client = new Client(connection);
        this.clock = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "stepmark-mysql-timer");
            thread.setDaemon(true);
            return thread;
        });
        clock.setRemoveOnCancelPolicy(true);
    }

    /**
     * Opens a session.
     *
     * @throws CannotOpen nothing was opened; the message says why and what to do
     */
    public static MysqlSession open(ClientSpec spec, Options options) throws CannotOpen {
        return new MysqlSession(new MysqlOpening(spec, options).open());
    }

    @Override
    public Opened opened() {
        return client.opened();
    }

    @Override
    public List<String> framing(Request request) {
        return enforced(request) ? List.of(Client.READ_ONLY, "...", Client.READ_ONLY_END) : List.of();
    }

    private boolean enforced(Request request) {
        return request.readOnly() && command(request.text()).isEmpty() && client.idle();
    }

    /** A statement as the client itself would take it for a command of its own. */
    private static Optional<MysqlCommand> command(String text) {
        String line = MysqlFacts.bare(text);
        return line.indexOf('\n') >= 0 ? Optional.empty() : MysqlCommand.of(line);
    }

    @Override
    public Outcome run(Request request, OutputSink sink) {
        if (!alive()) {
            return new Outcome.Refused("the session is closed");
        }
        Optional<String> refusal = client.refusal(request.text());
        if (refusal.isPresent()) {
            return new Outcome.Refused(refusal.get());
        }
        if (MysqlFacts.bare(request.text()).isEmpty()) {
            // comments only: the client sends nothing
            return new Outcome.Done(0, List.of(), List.of(), client.transactions().state(), Optional.empty());
        }
        Stopping stopping = new Stopping();
        current = stopping;
        ScheduledFuture<?> alarm = request.timeout().map(time -> clock.schedule(
                () -> cancel(stopping, true), time.toNanos(), TimeUnit.NANOSECONDS)).orElse(null);
        try {
            return run(request, sink, stopping);
        } finally {
            if (alarm != null) {
                alarm.cancel(false);
            }
            current = null;
        }
    }

    private Outcome run(Request request, OutputSink sink, Stopping stopping) {
        Execution execution = new Execution(client, stopping, sink);
        Optional<MysqlCommand> command = command(request.text());
        if (command.isPresent() && command.get().quits()) {
            stopping.finish();
            end();
            return new Outcome.Ended(0, command.get().name());
        }
        return command.isPresent() ? new ClientCommands(client, execution, stopping, sink).run(command.get())
                : execution.statement(request.text(), enforced(request));
    }

    @Override
    public CancelReport cancel() {
        Stopping stopping = current;
        return stopping == null ? CancelReport.NOTHING : cancel(stopping, false);
    }

    private CancelReport cancel(Stopping stopping, boolean byTimeout) {
        CancelReport report = stopping.cancel(byTimeout, () -> client.ask("KILL QUERY "));
        if (report.asked() && !clock.isShutdown()) {
            clock.schedule(() -> {
                if (!stopping.over()) {
                    cancel(stopping, byTimeout);
                }
            }, CANCEL_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        }
        return report;
    }

    @Override
    public CancelReport kill() {
        Stopping stopping = current;
        return stopping == null ? CancelReport.NOTHING : stopping.kill(() -> client.ask("KILL CONNECTION "));
    }

    @Override
    public void abandon() {
        Stopping stopping = current;
        if (stopping != null) {
            stopping.abandon();
            client.process().leave();
        }
    }

    @Override
    public Optional<Snapshot> snapshot() {
        return Optional.empty();
    }

    @Override
    public boolean alive() {
        return !ended && client.alive();
    }

    @Override
    public void close() {
        Stopping stopping = current;
        if (stopping == null) {
            end();
            return;
        }
        ended = true;
        clock.shutdownNow();
        stopping.cancel(false, () -> client.ask("KILL QUERY "));
        stopping.abandon();
        client.process().leave();
    }

    private void end() {
        ended = true;
        clock.shutdownNow();
        client.process().close();
    }
}
