package dev.stepmark.session.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.session.ConnectionSpec;
import dev.stepmark.session.Outcome;
import dev.stepmark.session.OutputSink.Stream;
import dev.stepmark.session.Request;
import dev.stepmark.sql.SqlSplitter;
import dev.stepmark.testing.EmbeddedServer;
import dev.stepmark.testing.RecordingProxy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Scripts that were written for this, run by psql 15 and by a session, each through a proxy that notes what goes over
 * the wire: the same statements reach the server in the same order, and both print the same.
 */
class PsqlCorpusTest {

    private static final Path CORPUS = Path.of("src/test/resources/psql");
    private static final Path FILES = CORPUS.resolve("files");
    private static final int LEAST = 40;

    /**
     * What is ours alone: a transaction around a query that stands alone, so that its rows can be read in parts. It has
     * no semicolon, and the statement in it is the next one that psql sent as well.
     */
    private static final Set<String> FRAMING = Set.of("BEGIN", "COMMIT", "ROLLBACK");

    @TempDir
    Path directory;

    /** What came of a script. */
    private record Ran(List<String> statements, String out, String err, boolean good) { }

    static List<String> scripts() throws IOException {
        try (java.util.stream.Stream<Path> files = Files.list(CORPUS)) {
            return files.map(p -> p.getFileName().toString()).filter(n -> n.endsWith(".sql")).sorted().toList();
        }
    }

    @Test
    void thereAreEnoughScripts() throws IOException {
        assertThat(scripts()).hasSizeGreaterThan(LEAST);
    }

    @BeforeAll
    static void needsPsql() throws Exception {
        Assumptions.assumeTrue(version().startsWith("psql (PostgreSQL) 15"), "needs psql 15");
    }

    private static String version() throws InterruptedException {
        try {
            Process process = new ProcessBuilder("psql", "--version").redirectErrorStream(true).start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return text;
        } catch (IOException e) {
            return "";
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void theServerSeesTheSameAndTheSameIsPrinted(String script) throws Exception {
        Ran psql = psql(script);
        Ran mine = mine(script);
        assertThat(withoutFraming(mine.statements(), psql.statements())).as("statements").isEqualTo(psql.statements());
        assertThat(mine.good()).as("success").isEqualTo(psql.good());
        assertThat(mine.out()).as("stdout").isEqualTo(psql.out());
        assertThat(mine.err()).as("stderr").isEqualTo(psql.err());
    }

    /** Leaves framing out where psql sent another statement at that place. */
    private static List<String> withoutFraming(List<String> mine, List<String> psql) {
        List<String> out = new ArrayList<>();
        Iterator<String> expected = psql.iterator();
        String next = expected.hasNext() ? expected.next() : null;
        int begun = 0;
        for (String statement : mine) {
            if (statement.equals(next)) {
                out.add(statement);
                next = expected.hasNext() ? expected.next() : null;
            } else if (FRAMING.contains(statement)) {
                begun += statement.equals("BEGIN") ? 1 : -1;
                assertThat(begun).as("framing is closed before the next one").isBetween(0, 1);
            } else {
                out.add(statement);
            }
        }
        assertThat(begun).as("framing is closed at the end").isZero();
        return out;
    }

    private Path workplace(String name) throws IOException {
        Path place = Files.createDirectories(directory.resolve(name));
        try (java.util.stream.Stream<Path> files = Files.walk(FILES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = place.resolve(FILES.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
        return place;
    }

    private Ran psql(String script) throws Exception {
        EmbeddedServer server = EmbeddedServer.get();
        String database = server.freshDatabase();
        Path place = workplace("psql");
        Files.copy(CORPUS.resolve(script), place.resolve(script));
        try (RecordingProxy proxy = new RecordingProxy(server.port())) {
            Path out = directory.resolve("psql.out");
            Path err = directory.resolve("psql.err");
            ProcessBuilder builder = new ProcessBuilder("psql", "-X", "-w", "-v", "ON_ERROR_STOP=1", "-h", "localhost",
                    "-p", Integer.toString(proxy.port()), "-U", server.user(), "-d", database, "-f", script)
                    .directory(place.toFile()).redirectOutput(out.toFile()).redirectError(err.toFile())
                    .redirectInput(Path.of("/dev/null").toFile());
            builder.environment().clear();
            builder.environment().putAll(environment());
            Process process = builder.start();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            String said = Files.readString(err).replaceAll("(?m)^psql:" + java.util.regex.Pattern.quote(script)
                    + ":\\d+: ", "");
            return new Ran(plain(proxy.statements(), Set.of(), database), text(Files.readString(out), database),
                    text(said, database), process.exitValue() == 0);
        }
    }

    private Ran mine(String script) throws Exception {
        EmbeddedServer server = EmbeddedServer.get();
        String database = server.freshDatabase();
        Path place = workplace("mine");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (RecordingProxy proxy = new RecordingProxy(server.port())) {
            ConnectionSpec spec = new ConnectionSpec("localhost", proxy.port(), server.user(), database, Map.of(),
                    Map.of());
            boolean good = true;
            List<String> opening;
            try (JdbcSession session = JdbcSession.open(spec, Passwords.none(), Options.DEFAULT,
                    new Surroundings(place, environment(), value -> { }))) {
                opening = proxy.statements();
                for (SqlSplitter.Piece piece : SqlSplitter.split(Files.readString(CORPUS.resolve(script)))) {
                    Outcome outcome = session.run(Request.of(piece.text()), (stream, bytes, offset, length) -> {
                        if (stream != Stream.SENT) {
                            (stream == Stream.STDERR ? err : out).write(bytes, offset, length);
                        }
                    });
                    if (outcome instanceof Outcome.Refused refused) {
                        err.writeBytes((refused.reason() + "\n").getBytes(StandardCharsets.UTF_8));
                    }
                    good = outcome instanceof Outcome.Done done && done.problems().isEmpty();
                    if (!good) {
                        break;
                    }
                }
            }
            List<String> sent = proxy.statements();
            return new Ran(plain(sent.subList(opening.size(), sent.size()), Set.copyOf(opening), database),
                    text(out.toString(StandardCharsets.UTF_8), database),
                    text(err.toString(StandardCharsets.UTF_8), database), good);
        }
    }

    private static Map<String, String> environment() {
        return Map.of("PATH", System.getenv("PATH"), "PGCLIENTENCODING", "UTF8", "LANG", "C.UTF-8");
    }

    /**
     * Statements in a form that can be compared: white space at the ends does not count, nor within a COPY that the
     * client put together; what opens a connection, what the client asks to name types for {@code \gdesc} and
     * the change to the encoding that holds already are no statements of the script.
     */
    private static List<String> plain(List<String> statements, Set<String> opening, String database) {
        List<String> out = new ArrayList<>();
        for (String statement : statements) {
            String text = statement.strip();
            boolean own = opening.contains(statement) || text.contains("pg_catalog.format_type(t")
                    || text.equals("set client_encoding to 'UTF8'") || text.replace(";", "").isBlank();
            if (!own) {
                out.add((text.startsWith("COPY ") && !text.endsWith(";") ? text.replaceAll("\\s+", "") : text)
                        .replace(database, "DATABASE"));
            }
        }
        return out;
    }

    private static String text(String printed, String database) {
        return printed.replace(database, "DATABASE").replaceAll("(?m)^((?:psql:\\S+:\\d+: )?)(?:error|warning): ", "$1");
    }
}
