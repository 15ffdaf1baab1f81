package dev.stepmark.session.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.session.ConnectionSpec;
import dev.stepmark.session.Outcome;
import dev.stepmark.session.Request;
import dev.stepmark.testing.EmbeddedServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A result that is far larger than the heap of the program that reads it. */
class LargeResultTest {

    private final EmbeddedServer server = EmbeddedServer.get();

    @ParameterizedTest
    @ValueSource(strings = {"", "BEGIN"})
    void aMillionRowsPassThroughAHeapOf64Mebibytes(String before) throws Exception {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m", "-XX:+ExitOnOutOfMemoryError", "-cp", System.getProperty("java.class.path"),
                Reader.class.getName(), Integer.toString(server.port()), before).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(printed.strip()).endsWith("SELECT 1000000, 1000 kept, over 100 MB: true");
    }

    /** The program with the small heap. */
    static final class Reader {

        private Reader() { }

        public static void main(String[] arguments) throws Exception {
            ConnectionSpec spec = new ConnectionSpec("localhost", Integer.parseInt(arguments[0]), EmbeddedServer.USER,
                    "postgres", Map.of(), Map.of());
            AtomicLong bytes = new AtomicLong();
            try (JdbcSession session = JdbcSession.open(spec, (char[]) null, Options.DEFAULT)) {
                if (!arguments[1].isEmpty()) {
                    session.run(Request.of(arguments[1]), (stream, buffer, offset, length) -> { });
                }
                Outcome outcome = session.run(
                        Request.of("SELECT g, repeat('x', 100) AS filler FROM generate_series(1, 1000000) g"),
                        (stream, buffer, offset, length) -> bytes.addAndGet(length));
                String told = outcome instanceof Outcome.Done done
                        ? done.results().get(0).tag() + ", " + done.results().get(0).rows().size() + " kept"
                        : outcome.toString();
                System.out.println(told + ", over 100 MB: " + (bytes.get() > 100_000_000));
            }
        }
    }
}
