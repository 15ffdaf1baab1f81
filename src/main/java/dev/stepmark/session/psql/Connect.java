package dev.stepmark.session.psql;

import dev.stepmark.session.Outcome;
import dev.stepmark.session.Outcome.Transaction;
import dev.stepmark.session.OutputSink;
import dev.stepmark.session.psql.PsqlProcess.End;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * {@code \c}. A psql that is not at a terminal gives up its connection when the new one fails, and then itself; so a second
 * psql tries first, and the session keeps what it has, as it would at a terminal.
 */
final class Connect {

    private static final String PASSWORD_WANTED = "no password supplied";

    private final Psql psql;
    private final OutputSink sink;
    private final Function<String, Optional<char[]>> ask;

    Connect(Psql psql, OutputSink sink, Function<String, Optional<char[]>> ask) {
        this.psql = psql;
        this.sink = sink;
        this.ask = ask;
    }

    Outcome run(String text) {
        if (psql.transaction().state() != Transaction.NONE) {
            return new Outcome.Refused("\\c would end the connection and roll back the open transaction; "
                    + "COMMIT or ROLLBACK first");
        }
        String command = text.strip();
        SecondPsql.Said tried = psql.second().run(command + "\n");
        if (!tried.ended() && tried.err().contains(PASSWORD_WANTED)) {
            Optional<char[]> asked = ask.apply("the connection that " + command + " opens");
            if (asked.isPresent()) {
                command = psql.start().with(asked.get(), command);
                tried = psql.second().run(command + "\n");
            }
        }
        return tried.ended() ? go(command) : kept(tried);
    }

    private Outcome kept(SecondPsql.Said tried) {
        String text = tried.err() + "\nPrevious connection kept\n";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        sink.write(OutputSink.Stream.STDERR, bytes, 0, bytes.length);
        return new Outcome.Failed("", text.stripTrailing(), Transaction.NONE);
    }

    private Outcome go(String commands) {
        Said said = new Said(sink);
        Exchange exchange = new Exchange((buffer, offset, length) -> sink.write(OutputSink.Stream.STDOUT, buffer,
                offset, length), said);
        if (psql.process().run(psql.userFormat(false) + commands + "\n", psql.charset(), exchange) != End.COMPLETE) {
            return new Outcome.Lost(said.firstLine());
        }
        psql.fields(exchange);
        psql.readState(false);
        psql.went(commands);
        if (!psql.identify()) {
            return new Outcome.Lost("the new connection does not answer");
        }
        return new Outcome.Done(0, List.of(), List.of(), Transaction.NONE, Optional.of(new Outcome.Change("", List.of(),
                psql.opened().identity().get("database"), List.of())));
    }
}
