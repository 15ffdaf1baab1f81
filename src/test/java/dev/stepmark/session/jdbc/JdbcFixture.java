package dev.stepmark.session.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.session.CannotOpen;
import dev.stepmark.session.ConnectionSpec;
import dev.stepmark.session.Outcome;
import dev.stepmark.session.OutputSink.Stream;
import dev.stepmark.session.RecordingSink;
import dev.stepmark.session.Request;
import dev.stepmark.testing.EmbeddedServer;
import java.util.Map;

/** A session on a database of its own, and what it printed last. */
final class JdbcFixture implements AutoCloseable {

    final EmbeddedServer server = EmbeddedServer.get();
    final String database = server.freshDatabase();
    final JdbcSession session;
    private RecordingSink sink = new RecordingSink();

    JdbcFixture() throws CannotOpen {
        session = JdbcSession.open(spec(database), (char[]) null, Options.DEFAULT);
    }

    ConnectionSpec spec(String name) {
        return spec(server.user(), name);
    }

    ConnectionSpec spec(String user, String name) {
        return new ConnectionSpec(server.host(), server.port(), user, name, Map.of(), Map.of());
    }

    Outcome run(String text) {
        return run(Request.of(text));
    }

    Outcome run(Request request) {
        sink = new RecordingSink();
        return session.run(request, sink);
    }

    /** Runs what must succeed. */
    Outcome.Done done(String text) {
        Outcome outcome = run(text);
        assertThat(outcome).as(text).isInstanceOf(Outcome.Done.class);
        return (Outcome.Done) outcome;
    }

    RecordingSink sink() {
        return sink;
    }

    String result() {
        return sink.text(Stream.RESULT);
    }

    String out() {
        return sink.text(Stream.STDOUT);
    }

    String err() {
        return sink.text(Stream.STDERR);
    }

    @Override
    public void close() {
        session.close();
    }
}
