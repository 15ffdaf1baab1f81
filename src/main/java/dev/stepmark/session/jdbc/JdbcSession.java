package dev.stepmark.session.jdbc;

import dev.stepmark.session.Ask;
import dev.stepmark.session.CancelReport;
import dev.stepmark.session.CannotOpen;
import dev.stepmark.session.ConnectionSpec;
import dev.stepmark.session.Opened;
import dev.stepmark.session.Outcome;
import dev.stepmark.session.OutputSink;
import dev.stepmark.session.Request;
import dev.stepmark.session.Sent;
import dev.stepmark.session.ServerSide;
import dev.stepmark.session.Session;
import dev.stepmark.session.Snapshot;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGNotification;

/**
 * A PostgreSQL connection as a session: one statement or meta-command an execution, printed as psql prints it.
 *
 * <p>The connection stays in autocommit: a document's BEGIN and COMMIT are sent as the statements they are. Statements
 * of our own around a text are told by {@link #framing}. Rows are read in parts, so that a result of any size needs
 * little memory.
 */
public final class JdbcSession implements Session {

    /** A cancel that came before its statement has no effect, so it is sent again while the execution goes on. */
    private static final Duration CANCEL_AGAIN = Duration.ofMillis(250);
    private static final Options SECOND_CONNECTION = Options.DEFAULT.withConnectTimeout(Duration.ofSeconds(3));

    private final Passwords passwords;
    private final Options options;
    private final ScheduledExecutorService clock;
    private final Interpreter interpreter = new Interpreter();
    private final Client client;

    private volatile Connected connected;
    private volatile Execution current;
    private volatile OutputSink sink;
    private volatile boolean ended;

    /** A connection with what belongs to it. */
    record Connected(Wire wire, ConnectionSpec spec, char[] password, Opened opened) { }

    private JdbcSession(Connected connected, Passwords passwords, Options options, Surroundings surroundings) {
        this.client = new Client(surroundings);
        client.connected(connected);
        StartOptions.apply(connected.spec().options(), client);
        this.connected = connected;
        this.passwords = passwords;
        this.options = options;
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "stepmark-jdbc-timer");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        this.clock = timer;
    }

    /**
     * Opens a session.
     *
     * @param spec           what to connect to
     * @param passwordOrNull the password, or null when there is none
     * @param options        time-out and name
     * @throws CannotOpen nothing was opened; the message says why and what to do
     */
    public static JdbcSession open(ConnectionSpec spec, char[] passwordOrNull, Options options) throws CannotOpen {
        return new JdbcSession(connect(spec, passwordOrNull, options), Passwords.none(), options,
                Surroundings.ofProcess());
    }

    /**
     * Opens a session with a password from where psql would take it; a person is asked only when the server wants one.
     *
     * @param spec      what to connect to
     * @param passwords where passwords come from, also for {@code \c}
     * @param options   time-out and name
     * @throws CannotOpen nothing was opened; the message says why and what to do
     */
    public static JdbcSession open(ConnectionSpec spec, Passwords passwords, Options options) throws CannotOpen {
        return open(spec, passwords, options, Surroundings.ofProcess());
    }

    /**
     * As {@link #open(ConnectionSpec, Passwords, Options)}.
     *
     * @param surroundings what it has on this machine
     * @throws CannotOpen nothing was opened; the message says why and what to do
     */
    public static JdbcSession open(ConnectionSpec spec, Passwords passwords, Options options,
            Surroundings surroundings) throws CannotOpen {
        return new JdbcSession(connect(spec, passwords, options), passwords, options, surroundings);
    }

    static Connected connect(ConnectionSpec spec, Passwords passwords, Options options) throws CannotOpen {
        return Hosts.connect(spec, host -> one(host, passwords, options));
    }

    private static Connected one(ConnectionSpec spec, Passwords passwords, Options options) throws CannotOpen {
        char[] found = passwords.find(spec).map(Passwords.Found::password).orElse(null);
        try {
            return one(spec, found, options);
        } catch (CannotOpen e) {
            if (found != null || !e.sqlState().equals(ConnectionErrors.PASSWORD_WANTED)) {
                throw e;
            }
            char[] asked = passwords.ask(spec).orElseThrow(() -> e);
            return one(spec, asked, options);
        }
    }

    private static Connected connect(ConnectionSpec spec, char[] password, Options options) throws CannotOpen {
        return Hosts.connect(spec, host -> one(host, password, options));
    }

    private static Connected one(ConnectionSpec spec, char[] password, Options options) throws CannotOpen {
        Wire wire = JdbcOpener.open(spec, password, options);
        try {
            return new Connected(wire, spec, password, Identity.of(wire, spec));
        } catch (SQLException e) {
            wire.abort();
            throw new ConnectionErrors(spec, password != null, options.connectSeconds()).explain(e, Optional.empty());
        }
    }

    @Override
    public Opened opened() {
        return connected.opened();
    }

    /** What is connected now, with every rule applied; changes with {@code \c}. */
    public ConnectionSpec spec() {
        return connected.spec();
    }

    /**
     * {@inheritDoc}
     *
     * <p>The statements of our own that {@link #run} would send around a request now: first those before it, then, behind
     * an element {@code ...} that stands for the text, those after it. Empty when there is none.
     */
    @Override
    public List<String> framing(Request request) {
        return alive() ? new Preview(this).framing(request) : List.of();
    }

    @Override
    public Sent sent(Request request) {
        return alive() ? new Preview(this).sent(request) : new Sent(request.text(), Map.of());
    }

    @Override
    public List<Ask> asks(Request request) {
        return alive() ? new Preview(this).asks(request) : List.of();
    }

    @Override
    public void answer(Map<String, char[]> answers) {
        client.answers(answers);
    }

    @Override
    public Optional<Outcome.Change> unfinished() {
        return client.unfinished();
    }

    @Override
    public Outcome run(Request request, OutputSink sink) {
        client.begins();
        if (!alive()) {
            return new Outcome.Refused("the session is closed");
        }
        SqlChecks.Checked text = SqlChecks.check(request.text(), connected.wire().standardStrings());
        if (text.refusal().isPresent()) {
            return new Outcome.Refused(text.refusal().get());
        }
        Execution execution = new Execution(connected.wire());
        this.sink = sink;
        current = execution;
        ScheduledFuture<?> alarm = request.timeout().map(time -> clock.schedule(
                () -> cancel(execution, true), time.toNanos(), TimeUnit.NANOSECONDS)).orElse(null);
        try {
            return run(request, text, execution, new Output(sink));
        } finally {
            if (alarm != null) {
                alarm.cancel(false);
            }
            execution.finish();
            current = null;
            this.sink = null;
            client.answers(Map.of());
        }
    }

    private Outcome run(Request request, SqlChecks.Checked text, Execution execution, Output output) {
        Wire wire = execution.wire();
        try {
            printNotifications(output);
        } catch (SQLException e) {
            wire.abort();
            output.err(ServerMessages.error(e, ""));
            return execution.abandoned() ? new Outcome.Lost("left") : new Outcome.Refused(
                    "the connection was lost before this: " + ServerMessages.firstLine(e));
        }
        Optional<Outcome> refused = request.begins() ? new OwnTransaction(this, options).begin() : Optional.empty();
        if (refused.isPresent()) {
            return refused.get();
        }
        Outcome outcome = taken(interpret(text, new Run(this, request, execution, output.to(client.target()), null, 0)), execution);
        try {
            if (!connected.wire().closed()) {
                printNotifications(output);
            }
        } catch (SQLException e) {
            // the outcome is known; that the connection is gone shows in alive()
            connected.wire().abort();
        }
        return outcome;
    }

    /** What {@code \\o} names did not take all before a cancel, or takes nothing since one: that is no success. */
    private Outcome taken(Outcome outcome, Execution execution) {
        boolean lost = client.target() != null && client.target().gaveUp();
        if (!lost || !(outcome instanceof Outcome.Done done)) {
            return outcome;
        }
        List<Outcome.Problem> problems = new ArrayList<>(done.problems());
        problems.add(new Outcome.Problem(0, "\\o", execution.stopAsked() ? "not all of the result was taken before the cancel"
                : "takes nothing since it was cancelled; \\o without a name ends it"));
        return new Outcome.Done(done.exit(), problems, done.results(), done.transaction(), done.change());
    }

    private Outcome interpret(SqlChecks.Checked text, Run run) {
        try {
            return interpreter.piece(text.piece().text(), text.piece().kind(), run);
        } catch (IllegalArgumentException e) {
            return new Outcome.Refused(e.getMessage());
        } finally {
            flush(run);
        }
    }

    /** What {@code \\o} took is in its file when the execution ends: the next step may read it. */
    private void flush(Run run) {
        try {
            if (client.target() != null) {
                client.target().flush();
            }
        } catch (IOException e) {
            run.output().err("\\o: " + FileErrors.text(e) + "\n");
        }
    }

    private void printNotifications(Output output) throws SQLException {
        for (PGNotification n : connected.wire().notifications()) {
            String payload = n.getParameter().isEmpty() ? "" : " with payload \"" + n.getParameter() + "\"";
            output.out("Asynchronous notification \"" + n.getName() + "\"" + payload
                    + " received from server process with PID " + n.getPID() + ".\n");
        }
    }

    @Override
    public CancelReport cancel() {
        Execution execution = current;
        return execution == null ? CancelReport.NOTHING : cancel(execution, false);
    }

    private CancelReport cancel(Execution execution, boolean byTimeout) {
        CancelReport report = execution.cancel(byTimeout);
        if (report.asked() && !clock.isShutdown()) {
            clock.schedule(() -> {
                if (!execution.over()) {
                    cancel(execution, byTimeout);
                }
            }, CANCEL_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        }
        return report;
    }

    @Override
    public CancelReport kill() {
        Execution execution = current;
        return execution == null ? CancelReport.NOTHING : execution.kill(() -> terminate(connected));
    }

    private static CancelReport terminate(Connected target) {
        int pid = target.wire().backendPid();
        try {
            Wire second = JdbcOpener.open(target.spec(), target.password(), SECOND_CONNECTION);
            try {
                second.command("SELECT pg_catalog.pg_terminate_backend(" + pid + ")");
            } finally {
                second.close();
            }
            return new CancelReport(true, "ended the backend (pid " + pid + ")");
        } catch (CannotOpen | SQLException e) {
            target.wire().abort();
            return new CancelReport(true, "cut the connection; the backend (pid " + pid
                    + ") could not be ended and may go on: " + e.getMessage());
        }
    }

    @Override
    public void abandon() {
        Execution execution = current;
        if (execution != null) {
            execution.abandon();
        }
    }

    @Override
    public Optional<ServerSide> server() {
        return Optional.of(new OwnTransaction(this, SECOND_CONNECTION));
    }

    @Override
    public Optional<Snapshot> snapshot() {
        return Optional.empty();
    }

    @Override
    public boolean alive() {
        return !ended && !connected.wire().closed();
    }

    @Override
    public void close() {
        ended = true;
        clock.shutdownNow();
        Execution execution = current;
        if (execution == null) {
            endTarget();
        }
        if (execution == null) {
            connected.wire().close();
        } else {
            execution.cancel(false);
            execution.abandon();
        }
    }

    private void endTarget() {
        Target target = client.target();
        client.target(null);
        if (target != null) {
            target.close();
        }
    }

    /** Says good-bye because the text says so. */
    void end() {
        ended = true;
        endTarget();
        clock.shutdownNow();
        connected.wire().close();
    }

    /** What runs now, or null. */
    Execution execution() {
        return current;
    }

    /** Where output goes now, or null. */
    OutputSink sink() {
        return sink;
    }

    Client client() {
        return client;
    }

    Connected connected() {
        return connected;
    }

    /** Opens another connection and, when that worked, closes the one before. */
    Connected reconnect(ConnectionSpec spec, Optional<String> password) throws CannotOpen {
        ConnectionSpec old = connected.spec();
        boolean same = spec.host().equals(old.host()) && spec.port() == old.port() && spec.user().equals(old.user());
        Connected next = password.isPresent() || same ? connect(spec, password.map(String::toCharArray)
                .orElse(connected.password()), options) : connect(spec, passwords.elsewhere(), options);
        Wire before = connected.wire();
        connected = next;
        Execution execution = current;
        if (execution != null) {
            execution.wire(next.wire());
        }
        client.connected(next);
        before.close();
        return next;
    }
}
