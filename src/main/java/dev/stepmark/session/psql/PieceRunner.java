package dev.stepmark.session.psql;

import dev.stepmark.session.Outcome;
import dev.stepmark.session.Outcome.Transaction;
import dev.stepmark.session.OutputSink;
import dev.stepmark.session.Request;
import dev.stepmark.session.Result;
import dev.stepmark.session.jdbc.CommandTag;
import dev.stepmark.session.jdbc.SqlText;
import dev.stepmark.session.psql.PsqlProcess.End;
import dev.stepmark.shell.ShellQuote;
import dev.stepmark.sql.MetaCommand;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Runs one statement or meta-command in psql, and tells from markers, variables and messages how it ended. */
final class PieceRunner {

    /** Meta-commands that run a script, in which ON_ERROR_STOP counts as the user has set it. */
    private static final Set<String> SCRIPTS = Set.of("\\i", "\\ir", "\\include", "\\include_relative", "\\if");
    /** Meta-commands that print what they like on standard error. */
    private static final Set<String> LOUD = Set.of("\\!", "\\warn");
    /** Meta-commands after which psql may be in another transaction than before, or print to a file. */
    private static final Set<String> SENDERS = Set.of("\\g", "\\gx", "\\gset", "\\gexec", "\\gdesc", "\\crosstabview",
            "\\copy", "\\i", "\\ir", "\\include", "\\include_relative", "\\if", "\\watch");

    private static final String BLIND = "data for COPY is sent only when the server waits for it, and the second connection"
            + " that looks could not be opened; nothing was sent";

    private final Psql psql;
    private final Running running;
    private final OutputSink sink;

    PieceRunner(Psql psql, Running running, OutputSink sink) {
        this.psql = psql;
        this.running = running;
        this.sink = sink;
    }

    Outcome statement(SqlText statement, String text, String data, Request request) {
        if (!data.isEmpty() && !new CopyIn(psql, running).possible()) {
            return new Outcome.Refused(BLIND);
        }
        Framing framing = Framing.of(statement, request, psql);
        for (String before : framing.before()) {
            Optional<Outcome> trouble = stopped().or(() -> psql.own(before) ? Optional.empty()
                    : Optional.of(new Outcome.Refused("the connection was lost before this")));
            if (trouble.isPresent()) {
                return trouble.get();
            }
        }
        Optional<Outcome> stopped = stopped();
        if (stopped.isPresent()) {
            tidy(framing);
            return stopped.get();
        }
        // with \\; psql sends several statements as one text, and prints all their results
        boolean together = statement.plain().contains("\\;");
        if (together) {
            psql.transaction().unknown();
        }
        Outcome outcome = psql.readable() && !statement.copiesOut() && !together ? readable(statement, text, data)
                : asPrinted(statement, text, data);
        return ended(outcome, framing);
    }

    private Optional<Outcome> stopped() {
        return running.cancelAsked() ? Optional.of(new Outcome.Cancelled("not sent", running.timedOut(), List.of(),
                psql.transaction().state())) : Optional.empty();
    }

    private Outcome ended(Outcome outcome, Framing framing) {
        if (!framing.readOnly() || !psql.alive()) {
            return outcome;
        }
        boolean kept = outcome instanceof Outcome.Done && psql.own("COMMIT");
        if (!kept) {
            tidy(framing);
        }
        psql.transaction().reset();
        return outcome;
    }

    private void tidy(Framing framing) {
        if (framing.readOnly()) {
            psql.own("ROLLBACK");
        }
    }

    /** In the private format: rows are read, and printed as psql would. */
    private Outcome readable(SqlText statement, String text, String data) {
        LatexReader reader = new LatexReader(sink, psql.state().table(), psql.state().silent());
        try {
            return readable(statement, text, data, reader);
        } finally {
            reader.close();
        }
    }

    private Outcome readable(SqlText statement, String text, String data, LatexReader reader) {
        Said said = new Said(sink);
        Exchange exchange = new Exchange(ClientEncoding.toUtf8(psql.charset(), reader),
                ClientEncoding.toUtf8(psql.charset(), said));
        End end = send(text, data, exchange);
        if (end != End.COMPLETE) {
            return broken(end, said);
        }
        Fields fields = psql.fields(exchange);
        boolean failed = fields.error() || statement.copiesIn() && reader.tag().isEmpty();
        if (!failed) {
            reader.finish(fields.rowCount());
        }
        rethrow(exchange);
        if (failed) {
            return failed(statement, fields, said);
        }
        Rows rows = reader.rows();
        String tag = !reader.tag().isEmpty() ? reader.tag() : Tags.of(statement, rows == null ? fields.rowCount()
                : rows.count(), psql.transaction().state());
        long count = rows == null ? CommandTag.count(tag) : rows.count();
        return done(statement, new Result(tag, rows == null ? List.of() : rows.columns(), rows == null ? List.of()
                : rows.sample(), count, psql.state().expanded()));
    }

    /** In the user's own format: psql's bytes go on as they are. */
    private Outcome asPrinted(SqlText statement, String text, String data) {
        Said said = new Said(sink);
        Exchange exchange = verbatim(said);
        End end = send(psql.userFormat(false) + text, data, exchange);
        if (end != End.COMPLETE) {
            return broken(end, said);
        }
        Fields fields = psql.fields(exchange);
        psql.ownFormat();
        rethrow(exchange);
        if (fields.error() || statement.copiesIn() && said.complains()) {
            return failed(statement, fields, said);
        }
        String tag = Tags.of(statement, fields.rowCount(), psql.transaction().state());
        return done(statement, new Result(tag, List.of(), List.of(), CommandTag.count(tag), false));
    }

    private Exchange verbatim(Said said) {
        return new Exchange(ClientEncoding.toUtf8(psql.charset(), (buffer, offset, length) ->
                sink.write(OutputSink.Stream.STDOUT, buffer, offset, length)),
                ClientEncoding.toUtf8(psql.charset(), said));
    }

    private End send(String text, String data, Exchange exchange) {
        return data.isEmpty() ? psql.process().run(text + "\n", psql.charset(), exchange)
                : new CopyIn(psql, running).run(text + "\n", data, exchange);
    }

    private Outcome done(SqlText statement, Result result) {
        List<Outcome.Problem> problems = new ArrayList<>();
        if (result.tag().equals("ROLLBACK") && statement.commits()) {
            // COMMIT of a failed transaction succeeds with this tag: nothing of it was kept, and somebody must say
            error("WARNING:  the transaction had failed, so " + statement.verb()
                    + " rolled it back: nothing of it was kept\n");
            problems.add(new Outcome.Problem(0, statement.verb(), "ROLLBACK"));
        }
        psql.transaction().done(statement, result.tag());
        psql.look(!psql.state().commits());
        Optional<Outcome.Change> change = psql.settle(false).or(statement::change);
        return new Outcome.Done(0, problems, result.tag().isEmpty() ? List.of() : List.of(result),
                psql.transaction().state(), change);
    }

    private Outcome failed(SqlText statement, Fields fields, Said said) {
        psql.transaction().failed(statement);
        psql.look(psql.state().savepoint());
        String state = fields.error() ? fields.sqlState() : "";
        if (state.equals("57014") && running.cancelAsked()) {
            return new Outcome.Cancelled(state, running.timedOut(), List.of(), psql.transaction().state());
        }
        return new Outcome.Failed(state, said.error(), psql.transaction().state());
    }

    Outcome command(MetaCommand command, String text, String data) {
        String name = command.name().toLowerCase(Locale.ROOT);
        if (!data.isEmpty() && !new CopyIn(psql, running).possible()) {
            return new Outcome.Refused(BLIND);
        }
        Said said = new Said(sink);
        Exchange exchange = verbatim(said);
        boolean script = SCRIPTS.contains(name);
        String sent = name.equals("\\!") ? shell(command) : text;
        End end = send(psql.userFormat(script) + sent, data, exchange);
        if (end != End.COMPLETE) {
            return broken(end, said);
        }
        Fields fields = psql.fields(exchange);
        psql.redirected(name, text);
        ClientState before = psql.state();
        psql.readState(script || text.contains("ON_ERROR_STOP"));
        Optional<Outcome.Change> set = Remembered.of(command, text, before, psql.state(), script);
        rethrow(exchange);
        if (SENDERS.contains(name)) {
            psql.transaction().unknown();
        }
        Optional<Outcome.Change> elsewhere = psql.settle(script);
        boolean sends = !command.query().isEmpty() || SENDERS.contains(name);
        boolean failed = !LOUD.contains(name) && (said.complains() || sends && !script && !name.equals("\\copy")
                && fields.error());
        if (!failed) {
            return new Outcome.Done(0, List.of(), List.of(), psql.transaction().state(),
                    both(elsewhere, set));
        }
        psql.unfinished(both(elsewhere, set.filter(s -> script)));
        String state = fields.error() && sends ? fields.sqlState() : "";
        return state.equals("57014") && running.cancelAsked()
                || running.cancelAsked() && said.text().contains("canceling statement due to user request")
                ? new Outcome.Cancelled("57014", running.timedOut(), List.of(), psql.transaction().state())
                : new Outcome.Failed(state, said.error(), psql.transaction().state());
    }

    /** What a script has set outlives its way to another connection. */
    private static Optional<Outcome.Change> both(Optional<Outcome.Change> elsewhere, Optional<Outcome.Change> set) {
        return elsewhere.isEmpty() || set.isEmpty() ? elsewhere.or(() -> set) : Optional.of(new Outcome.Change("",
                List.of(), elsewhere.get().database(), set.get().settings()));
    }

    /** A program of {@code \!} would read psql's input, which holds what comes next: it gets none. */
    private static String shell(MetaCommand command) {
        String line = command.arguments().get(0);
        return "\\! eval " + ShellQuote.word(line) + " </dev/null";
    }

    private void rethrow(Exchange exchange) {
        if (exchange.broken() != null) {
            throw exchange.broken();
        }
    }

    private void error(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        sink.write(OutputSink.Stream.STDERR, bytes, 0, bytes.length);
    }

    /** psql ended, or nobody waits for it any more. */
    private Outcome broken(End end, Said said) {
        if (running.abandoned() || end == End.LEFT) {
            return new Outcome.Lost("left running on the server (pid " + psql.backendPid() + ")");
        }
        int code = psql.process().exitCode(1000).orElse(-1);
        String text = said.text();
        if (running.cancelAsked() && text.contains("canceling statement due to user request")) {
            return new Outcome.Cancelled("57014", running.timedOut(), List.of(), Transaction.NONE);
        }
        if (running.killed() && text.contains("terminating connection due to administrator command")) {
            return new Outcome.Cancelled("57P01", running.timedOut(), List.of(), Transaction.NONE);
        }
        if (code == 0) {
            return new Outcome.Ended(0, "\\q");
        }
        if (code == 3) {
            return new Outcome.Failed("", said.error(), Transaction.NONE);
        }
        String first = said.firstLine();
        return new Outcome.Lost(first.isEmpty() ? "psql ended with status " + code : first);
    }
}
