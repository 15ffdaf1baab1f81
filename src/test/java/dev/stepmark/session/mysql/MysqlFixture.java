package dev.stepmark.session.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.session.CannotOpen;
import dev.stepmark.session.ClientSpec;
import dev.stepmark.session.Outcome;
import dev.stepmark.session.OutputSink.Stream;
import dev.stepmark.session.RecordingSink;
import dev.stepmark.session.Request;
import dev.stepmark.testing.MariaServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A session by the real client on a database of its own. */
final class MysqlFixture implements AutoCloseable {

    final MariaServer server = MariaServer.get();
    final String database = server.freshDatabase();
    final MysqlSession session;
    private RecordingSink sink = new RecordingSink();

    MysqlFixture() throws CannotOpen {
        session = MysqlSession.open(spec(MariaServer.USER, database), options(Optional.empty(), whose -> Optional.empty()));
    }

    static ClientSpec spec(String user, String database) {
        return new ClientSpec(List.of(), "mariadb", List.of("--no-defaults"), List.of(), "127.0.0.1",
                Integer.toString(MariaServer.get().port()), user, "", database, false);
    }

    static MysqlSession.Options options(Optional<char[]> password, Function<String, Optional<char[]>> ask) {
        return new MysqlSession.Options(MariaServer.get().directory(), Map.of("PATH", System.getenv("PATH"), "HOME",
                "/nonexistent", "LC_ALL", "C.UTF-8"), password, ask);
    }

    Path directory() {
        return server.directory();
    }

    Outcome run(String text) {
        return run(Request.of(text));
    }

    Outcome run(Request request) {
        sink = new RecordingSink();
        return session.run(request, sink);
    }

    Outcome.Done done(String text) {
        Outcome outcome = run(text);
        assertThat(outcome).as("%s: %s", text, err()).isInstanceOf(Outcome.Done.class);
        return (Outcome.Done) outcome;
    }

    Outcome.Failed failed(String text) {
        Outcome outcome = run(text);
        assertThat(outcome).as(text).isInstanceOf(Outcome.Failed.class);
        return (Outcome.Failed) outcome;
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
