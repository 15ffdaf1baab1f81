package dev.stepmark.session.bash;

import dev.stepmark.session.CancelReport;
import dev.stepmark.session.CannotOpen;
import dev.stepmark.session.Console;
import dev.stepmark.session.Opened;
import dev.stepmark.session.Outcome;
import dev.stepmark.session.OutputSink;
import dev.stepmark.session.Request;
import dev.stepmark.session.Session;
import dev.stepmark.session.Snapshot;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A local bash whose state lives on between blocks.
 *
 * <p>An interactive bash reads its script from a pipe; standard output and standard error are pipes too, and a
 * pseudo-terminal is only its controlling terminal, for password prompts and for the interrupt. Where there is no
 * setsid(1) or no pseudo-terminal the shell has none, and says so in its identity ({@code terminal} is {@code none}).
 *
 * <p>Processes that a block leaves in the background live on until {@link #close}. After a cancel or a time-out
 * nothing that the block started is left. A process that runs with an empty environment in a session of its own
 * ({@code env -i setsid}) cannot be found again.
 */
public final class BashSession implements Session {

    private final Way way;
    private final Shell shell;
    private final Opened opened;
    private final SyntaxCheck syntax;
    private final UserTraps traps = new UserTraps();
    private volatile ShellState state;
    private final WaitingJobs jobs = new WaitingJobs();
    private int lastStatus;
    private Execution running;
    private String over = "";
    private boolean closed;

    /**
     * How a shell is opened.
     *
     * @param directory   where it starts
     * @param environment the whole environment of the shell, without secrets: other processes of the user can read it
     * @param secrets     variables that are exported in the shell without ever being an argument or part of the
     *                    environment that it starts with
     * @param cookie      names the run in the environment of everything that the shell starts ({@code STEPMARK_RUN});
     *                    empty for none
     */
    public record Options(Path directory, Map<String, String> environment, Map<String, String> secrets,
            String cookie) {

        /** Copies the maps. */
        public Options {
            environment = Map.copyOf(environment);
            secrets = Map.copyOf(secrets);
        }
    }

    /**
     * The way to a shell.
     *
     * @param label   for people
     * @param trusted whether the exit status of the program that leads there is the shell's own
     */
    record Way(String label, boolean trusted) {

        static final Way DIRECT = new Way("the shell", true);
    }

    private BashSession(Shell shell, Opened opened, SyntaxCheck syntax, ShellState state, Way way) {
        this.way = way;
        this.shell = shell;
        this.opened = opened;
        this.syntax = syntax;
        this.state = state;
    }

    /**
     * Opens a shell.
     *
     * @throws CannotOpen when there is no bash, no such directory, or the shell does not answer
     */
    public static BashSession open(Options options) throws CannotOpen {
        return open(options, UnaryOperator.identity());
    }

    /** Opens a shell by a choice of the programs that the machine has, as if it were another machine. */
    static BashSession open(Options options, UnaryOperator<Programs> choice) throws CannotOpen {
        BashOpening.Opening opening = new BashOpening(options).open(choice);
        return new BashSession(opening.shell(), opening.opened(), opening.syntax(), opening.state(), Way.DIRECT);
    }

    /** The same session for a shell of another place. */
    static BashSession of(BashOpening.Opening opening, Way way) {
        return new BashSession(opening.shell(), opening.opened(), opening.syntax(), opening.state(), way);
    }

    @Override
    public Opened opened() {
        return opened;
    }

    @Override
    public List<String> framing(Request request) {
        return request.attached() ? List.of(BashScript.ATTACHED) : List.of();
    }

    @Override
    public Outcome run(Request request, OutputSink sink) {
        return run(request, sink, Console.nobody());
    }

    @Override
    public Outcome run(Request request, OutputSink sink, Console console) {
        if (request.attached() && (!console.attended() || !shell.terminalReaches())) {
            return new Outcome.Refused("it wants a terminal, and " + (console.attended() ? "this shell has none"
                    : "nobody is there") + "; nothing was run");
        }
        Execution execution;
        synchronized (this) {
            if (running != null) {
                return new Outcome.Refused("another block is running in this shell; nothing was run");
            }
            if (!alive()) {
                return new Outcome.Refused("the shell is gone (" + reason() + "); nothing was run");
            }
            execution = new Execution(shell, request.timeout());
            running = execution;
        }
        try {
            Optional<String> refusal = syntax.refusal(request.text());
            if (refusal.isPresent()) {
                return new Outcome.Refused(refusal.get());
            }
            if (request.attached()) {
                return new Attached(shell, console).run(request, sink, shown -> run(execution, request, shown));
            }
            Said said = new Said(sink);
            execution.watch(new TerminalWatch(shell, said, console));
            return run(execution, request, said);
        } finally {
            synchronized (this) {
                running = null;
            }
        }
    }

    private Outcome run(Execution execution, Request request, OutputSink sink) {
        List<String> names = List.copyOf(request.secretEnv().keySet());
        Frame frame = shell.frames().begin(sink);
        Optional<String> problem = new Secrets(shell).export(request.secretEnv());
        if (problem.isPresent()) {
            return new Outcome.Refused(problem.get());
        }
        Framing captured = traps.framing(request.text());
        Framing framing = request.attached() ? captured.withTerminal() : captured;
        execution.typeInterrupt(!traps.mayTrapInterrupt(request.text()));
        shell.write(shell.script().block(frame.number, request.text(), framing, lastStatus, names));
        Execution.End end = execution.await(frame);
        Outcome outcome = switch (end) {
            case COMPLETE -> complete(execution, frame, request, framing);
            case EXITED -> exited(execution);
            case LEFT -> left(execution.asked());
        };
        frame.throwSinkFailure();
        return outcome;
    }

    private Outcome complete(Execution execution, Frame frame, Request request, Framing framing) {
        if (!frame.refusal().isEmpty()) {
            return new Outcome.Refused(frame.refusal());
        }
        List<String> survivors = List.of();
        if (execution.stopped()) {
            survivors = execution.settle(frame.sink(), List.copyOf(request.secretEnv().keySet()));
            if (survivors == null) {
                return execution.asked() == Execution.Ask.CLOSE ? left(Execution.Ask.CLOSE) : silent();
            }
        }
        shell.restoreTerminal();
        lastStatus = frame.status();
        if (frame.end() != null) {
            traps.after(request.text(), framing, frame.end(), execution.stopped());
        }
        Frame.End last = Optional.ofNullable(execution.lastFrame().end()).orElse(frame.end());
        Optional<Outcome.Change> change = change(last, request);
        if (execution.wanted() != null) {
            return execution.wanted();
        }
        Optional<String> suspended = jobs.after(frame);
        if (suspended.isPresent()) {
            return new Outcome.Stopped(suspended.get(), Outcome.Stopped.Why.SUSPENDED);
        }
        if (execution.stopped() && !frame.normal()) {
            return new Outcome.Cancelled("130", execution.timedOut(), survivors, Outcome.Transaction.NONE);
        }
        return new Outcome.Done(frame.status(), Problems.read(frame.failures(), request.text()), List.of(),
                Outcome.Transaction.NONE, change);
    }

    private Optional<Outcome.Change> change(Frame.End end, Request request) {
        if (end == null || end.state() == null) {
            return Optional.empty();
        }
        ShellState before = state;
        state = end.state().after(before);
        List<String> names = state.changedSince(before).stream()
                .filter(name -> !request.secretEnv().containsKey(name)).toList();
        String cwd = state.directory().equals(before.directory()) ? "" : state.directory();
        return names.isEmpty() && cwd.isEmpty() ? Optional.empty()
                : Optional.of(new Outcome.Change(cwd, names, "", List.of()));
    }

    private Outcome exited(Execution execution) {
        Optional<Integer> said = way.trusted() ? Optional.of(shell.exitStatus())
                : Optional.ofNullable(shell.frames().goodbye()).map(Integer::valueOf);
        if (said.isEmpty()) {
            over = "its connection was lost";
            return execution.stopped() && execution.asked() == Execution.Ask.KILL ? new Outcome.Lost(way.label()
                    + " was ended; what ran there may go on") : new Outcome.Lost(way.label() + " ended with exit "
                    + shell.exitStatus() + " before the end of the block was seen");
        }
        int status = said.get();
        over = how(status);
        if (execution.wanted() != null) {
            shell.reach().sweep(execution.since());
            return execution.wanted();
        }
        if (execution.stopped()) {
            List<String> survivors = shell.reach().sweep(execution.since());
            return new Outcome.Cancelled(Integer.toString(status), execution.timedOut(), survivors,
                    Outcome.Transaction.NONE);
        }
        return new Outcome.Ended(status, over);
    }

    private Outcome left(Execution.Ask ask) {
        if (ask == Execution.Ask.CLOSE) {
            return new Outcome.Lost("the session was closed while the block ran");
        }
        shell.abandon();
        return new Outcome.Lost("left running in the shell with pid " + shell.pid());
    }

    private Outcome silent() {
        over = "it stopped answering";
        shell.kill();
        return new Outcome.Lost("the shell did not answer after the interrupt");
    }

    /** Bash itself cannot tell {@code exit 137} from a death by signal 9; some signals end a shell, others never do. */
    private static String how(int status) {
        boolean fatal = List.of(1, 3, 4, 6, 7, 8, 9, 11, 31).contains(status - 128);
        return fatal ? "killed by signal " + (status - 128) : "exit " + status;
    }

    @Override
    public CancelReport cancel() {
        return stop(Execution.Ask.CANCEL, "interrupt to the block in the shell with pid ");
    }

    @Override
    public CancelReport kill() {
        return stop(Execution.Ask.KILL, "KILL to everything that the block started in the shell with pid ");
    }

    private synchronized CancelReport stop(Execution.Ask ask, String means) {
        if (running == null || closed) {
            return CancelReport.NOTHING;
        }
        running.ask(ask);
        return new CancelReport(true, means + shell.pid());
    }

    @Override
    public synchronized void abandon() {
        if (running != null && !closed) {
            over = "it was left running";
            running.ask(Execution.Ask.ABANDON);
        }
    }

    @Override
    public Optional<Snapshot> snapshot() {
        ShellState current = state;
        return Optional.of(new Snapshot(current.directory(), current.exported()));
    }

    @Override
    public synchronized boolean alive() {
        return !closed && over.isEmpty() && shell.running();
    }

    private String reason() {
        if (closed) {
            return "the session was closed";
        }
        return over.isEmpty() ? how(shell.exitStatus()) + " between two blocks" : over;
    }

    @Override
    public void close() {
        boolean busy;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            busy = running != null;
            if (busy) {
                running.ask(Execution.Ask.CLOSE);
            }
            if (over.equals("it was left running")) {
                // What was left running on purpose is not ended: its output is read and dropped until its end.
                return;
            }
        }
        shell.close(busy);
    }
}
