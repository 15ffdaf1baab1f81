package dev.stepmark.session.psql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.session.CannotOpen;
import dev.stepmark.session.ConnectionSpec;
import dev.stepmark.session.Outcome;
import dev.stepmark.session.OutputSink.Stream;
import dev.stepmark.session.PsqlProgram;
import dev.stepmark.session.RecordingSink;
import dev.stepmark.session.Request;
import dev.stepmark.testing.EmbeddedServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** A session through the psql of this machine, over the socket of the embedded server, on a database of its own. */
final class PsqlFixture implements AutoCloseable {

    final EmbeddedServer server = EmbeddedServer.get();
    final String database = server.freshDatabase();
    final PsqlSession session;
    private RecordingSink sink = new RecordingSink();

    PsqlFixture(String... options) throws CannotOpen {
        needsPsql();
        session = PsqlSession.open(spec(EmbeddedServer.USER, database, Map.of(), options), options());
    }

    static void needsPsql() {
        Assumptions.assumeTrue(version().startsWith("psql (PostgreSQL) 15"), "needs psql 15");
    }

    static String version() {
        try {
            Process process = new ProcessBuilder("psql", "--version").redirectErrorStream(true).start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return text;
        } catch (java.io.IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    static ConnectionSpec spec(String user, String database, Map<String, String> parameters, String... options) {
        EmbeddedServer server = EmbeddedServer.get();
        Map<String, String> written = new LinkedHashMap<>();
        written.put("host", server.sockets().toString());
        written.put("port", Integer.toString(server.port()));
        written.put("user", user);
        written.put("dbname", database);
        written.putAll(parameters);
        return new ConnectionSpec(written.get("host"), Integer.parseInt(written.get("port")), user, database,
                parameters, Map.of()).through(new PsqlProgram(List.of(), "psql", false, List.of(options), written,
                "the Unix socket in " + server.sockets()));
    }

    static PsqlSession.Options options() {
        return options(Map.of(), whose -> Optional.empty());
    }

    static PsqlSession.Options options(Map<String, String> environment,
            java.util.function.Function<String, Optional<char[]>> ask) {
        Map<String, String> all = new LinkedHashMap<>(Map.of("PATH", System.getenv("PATH"), "HOME", "/nonexistent",
                "LC_ALL", "C.UTF-8"));
        all.putAll(environment);
        return new PsqlSession.Options(Path.of(""), all, Optional.empty(), ask, Optional::empty, secret -> { }, "tester");
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
        assertThat(outcome).as(text).isInstanceOf(Outcome.Done.class);
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
