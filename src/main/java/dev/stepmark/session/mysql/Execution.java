package dev.stepmark.session.mysql;

import dev.stepmark.session.Outcome;
import dev.stepmark.session.OutputSink;
import dev.stepmark.session.OutputSink.Stream;
import dev.stepmark.session.Result;
import dev.stepmark.sql.MysqlFacts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Runs one statement, or one text of the client, and says how it ended. */
final class Execution {

    private final Client client;
    private final Stopping stopping;
    private final OutputSink sink;

    Execution(Client client, Stopping stopping, OutputSink sink) {
        this.client = client;
        this.stopping = stopping;
        this.sink = sink;
    }

    /**
     * Runs a statement.
     *
     * @param text     with what ends it, or without
     * @param readOnly whether the server is to see to it that nothing changes
     */
    Outcome statement(String text, boolean readOnly) {
        String sql = MysqlFacts.bare(text);
        String verb = sql.split("[\\s;(]+", 2)[0].toLowerCase(Locale.ROOT);
        Results results = new Results(sink, text.strip().endsWith("\\G"), verb);
        Answer answer = new Answer(sql, results);
        Exchange exchange = new Exchange(answer);
        if (readOnly && !frame(Client.READ_ONLY)) {
            stopping.finish();
            return new Outcome.Refused("the server did not begin a read-only transaction; nothing was run");
        }
        ClientProcess.End end = client.process().run(client.process().statement(sql), exchange);
        stopping.finish();
        if (end == ClientProcess.End.COMPLETE) {
            answer.end();
        }
        exchange.rethrow();
        if (readOnly && end == ClientProcess.End.COMPLETE) {
            frame(Client.READ_ONLY_END);
        }
        return outcome(end, exchange, text, results.all());
    }

    private boolean frame(String sql) {
        Server.Asked asked = Server.asking(sql);
        return client.process().run(client.process().statement(sql), asked.exchange()) == ClientProcess.End.COMPLETE
                && ServerError.in(asked.exchange().err()).isEmpty();
    }

    /** Runs a command of the client, which prints as it is. */
    Outcome command(String line) {
        Exchange exchange = new Exchange((buffer, offset, length) -> sink.write(Stream.STDOUT, buffer, offset, length));
        ClientProcess.End end = client.process().run(line + "\n", exchange);
        stopping.finish();
        exchange.rethrow();
        return outcome(end, exchange, "", List.of());
    }

    private Outcome outcome(ClientProcess.End end, Exchange exchange, String text, List<Result> results) {
        String said = exchange.err();
        Optional<ServerError> error = ServerError.in(said);
        if (!said.isBlank()) {
            byte[] bytes = said.getBytes(StandardCharsets.UTF_8);
            sink.write(Stream.STDERR, bytes, 0, bytes.length);
        }
        boolean lost = end != ClientProcess.End.COMPLETE || error.map(ServerError::lost).orElse(false);
        if (lost) {
            client.lose();
            client.process().leave();
            boolean meant = stopping.asked() && !stopping.abandoned();
            return meant ? new Outcome.Cancelled(error.map(ServerError::state).filter(s -> !s.isEmpty()).orElse("ended"),
                    stopping.timedOut(), List.of(), Outcome.Transaction.NONE)
                    : new Outcome.Lost(stopping.abandoned() ? "left running at the server"
                            : error.map(e -> e.text().lines().findFirst().orElse("")).orElse("the client ended: "
                            + said.strip().lines().findFirst().orElse("it said nothing")));
        }
        if (error.isPresent()) {
            client.transactions().failed(error.get());
            Outcome.Transaction state = client.transaction();
            return error.get().interrupted() && stopping.asked()
                    ? new Outcome.Cancelled(error.get().number() + " (" + error.get().state() + ")", stopping.timedOut(),
                            List.of(), state)
                    : new Outcome.Failed(error.get().state(), error.get().text(), state);
        }
        if (!text.isEmpty()) {
            client.transactions().done(text);
        }
        return new Outcome.Done(0, List.of(), results, client.transaction(), Optional.empty());
    }
}
