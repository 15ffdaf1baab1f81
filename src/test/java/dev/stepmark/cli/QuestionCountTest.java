package dev.stepmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.classify.Reparser;
import dev.stepmark.message.ExitCode;
import dev.stepmark.plan.RunOptions;
import dev.stepmark.run.Desk;
import dev.stepmark.run.Runner;
import dev.stepmark.run.ScriptedOperator;
import dev.stepmark.testing.EmbeddedServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How often a person is asked in a procedure as found: twelve steps, no annotations, a backup with the wrong label, a
 * psql that stays open. docs/dialogue.md publishes the number.
 */
class QuestionCountTest {

    private static final Path DOCUMENT = Path.of("src/test/resources/documents/key-of-batches.md");

    @TempDir
    Path directory;

    @Test
    void asksAsOftenAsTheDocumentsSay() throws IOException, SQLException {
        EmbeddedServer server = EmbeddedServer.get();
        server.execute("postgres", "DROP DATABASE IF EXISTS plantdata WITH (FORCE)", "CREATE DATABASE plantdata");
        server.execute("plantdata", "CREATE TABLE batches (batch_id integer PRIMARY KEY, label text NOT NULL,"
                        + " machine_id integer NOT NULL, CONSTRAINT batches_machine_id_batch_id_key"
                        + " UNIQUE (machine_id, batch_id))",
                "INSERT INTO batches VALUES (1, 'B-1', 1), (2, 'B-1', 1), (3, 'B-2', 1), (4, 'B-2', 2)");
        ScriptedOperator operator = new ScriptedOperator();
        assertThat(run(server, operator)).as(String.join("\n", operator.shown())).isEqualTo(ExitCode.OK);
        assertThat(operator.problems()).isEmpty();
        try (Connection connection = server.connect("plantdata"); Statement statement = connection.createStatement();
                ResultSet left = statement.executeQuery("SELECT (SELECT count(*) FROM batches), (SELECT string_agg("
                        + "conname, ',') FROM pg_constraint WHERE conrelid = 'batches'::regclass AND contype = 'u')")) {
            left.next();
            assertThat(left.getInt(1)).isEqualTo(3);
            assertThat(left.getString(2)).isEqualTo("batches_machine_id_label_key");
        }
        assertThat(directory.resolve("batches.sql")).hasContent("a dump");
        assertThat(operator.asked()).as("the questions: " + operator.asked()).hasSize(published());
    }

    private static int published() throws IOException {
        Matcher matcher = Pattern.compile("asks\\s+\\*\\*(\\d+) questions\\*\\*").matcher(Files.readString(Path.of(
                "docs/dialogue.md")));
        assertThat(matcher.find()).as("docs/dialogue.md publishes the number of questions").isTrue();
        return Integer.parseInt(matcher.group(1));
    }

    private ExitCode run(EmbeddedServer server, ScriptedOperator operator) throws IOException {
        Map<String, String> environment = Map.of("PATH", programs() + ":/usr/bin:/bin", "HOME", directory.toString(),
                "PGHOST", server.host(), "PGPORT", Integer.toString(server.port()), "PGUSER", server.user());
        RunOptions options = new RunOptions(Map.of(), Map.of("", "local"), Map.of(), Map.of(), Optional.of("0.9.5"),
                Optional.empty(), Set.of(), Set.of(), false, false, false, Map.of());
        App app = new App(new Io(new ByteArrayInputStream(new byte[0]), System.out, System.err, false), environment,
                Clock.systemUTC());
        RunSetup setup = new RunSetup(app, directory, options);
        Desk desk = setup.begin(RunSetup.Source.read(DOCUMENT), directory.resolve("runs"), operator, Map.of());
        try {
            return new Runner(desk, Reparser::reparse).run();
        } finally {
            desk.log().close();
        }
    }

    /** A pg_dump that needs no installation: this test is about questions. */
    private Path programs() throws IOException {
        Path bin = Files.createDirectories(directory.resolve("bin"));
        Path dump = Files.writeString(bin.resolve("pg_dump"), "#!/bin/sh\n"
                + "while [ $# -gt 0 ]; do [ \"$1\" = --file ] && echo 'a dump' > \"$2\"; shift; done\n");
        Files.setPosixFilePermissions(dump, PosixFilePermissions.fromString("rwxr-xr-x"));
        return bin;
    }

    @Test
    void theDocumentHasTheShapeThatIsCounted() {
        assertThat(Loader.load(DOCUMENT).mainSteps()).extracting(s -> s.id()).hasSize(12);
    }
}
