package dev.stepmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.journal.Envelope;
import dev.stepmark.journal.Event;
import dev.stepmark.journal.JournalReader;
import dev.stepmark.journal.JournalVerifier;
import dev.stepmark.journal.RunDirectory;
import dev.stepmark.testing.Cli;
import dev.stepmark.testing.EmbeddedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** psql's language in a whole run: what is shown, asked, recorded and kept from the record. */
class PsqlInARunTest {

    private static final String RUNBOOK = """
            # Names

            1. Give names

               ```sql
               \\set table shifts
               CREATE TABLE shifts (name text, pin text);
               INSERT INTO :table VALUES ('early', 'secret-4711');
               SELECT name, pin AS api_token FROM shifts \\gset
               ```

            2. Use them

               ```sql
               UPDATE :table SET name = :'name' || ' shift' WHERE pin = :'api_token';
               \\i more.sql
               ```

            3. Ask

               ```sql
               \\prompt 'Which one? ' which
               INSERT INTO :"table" VALUES (:'which');
               ```
            """;

    @TempDir
    Path directory;

    private final EmbeddedServer server = EmbeddedServer.get();
    private final String database = server.freshDatabase();
    private Cli cli;
    private Path runbook;

    @BeforeEach
    void write() throws IOException {
        cli = new Cli(directory);
        runbook = Files.writeString(directory.resolve("names.md"), RUNBOOK);
        Files.writeString(directory.resolve("more.sql"), "INSERT INTO :table VALUES ('from a file');\n");
    }

    private Cli.Result run(String... further) {
        List<String> arguments = new ArrayList<>(List.of("run", runbook.toString(), "--connect", server.url(database),
                "--yes"));
        arguments.addAll(List.of(further));
        return cli.run(arguments.toArray(String[]::new));
    }

    @Test
    void whatWasSentIsShownAndRecorded() throws IOException {
        Cli.Result result = run("--answer", "prompt.which=late");
        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(server.query(database, "SELECT string_agg(name, ', ' ORDER BY name) FROM shifts"))
                .isEqualTo("early shift, from a file, late");
        assertThat(result.all()).contains("with :table = shifts").doesNotContain("pin = 'secret-4711'");
        assertThat(cli.status()).isEqualTo(JournalVerifier.Status.CONSISTENT);
        assertThat(texts()).contains("INSERT INTO shifts VALUES ('early', 'secret-4711');",
                "UPDATE shifts SET name = 'early' || ' shift' WHERE pin = '***';", "\\i more.sql",
                "INSERT INTO \"shifts\" VALUES ('late');");
        assertThat(artefacts()).contains("INSERT INTO shifts VALUES ('from a file');\n");
    }

    @Test
    void whatIsAskedMustBeAnsweredBeforehand() {
        Cli.Result result = run();
        assertThat(result.exit()).isEqualTo(3);
        assertThat(result.all()).contains("prompt.which");
        assertThat(cli.runs()).isEmpty();
        assertThat(cli.run("plan", runbook.toString(), "--questions").out()).contains("prompt.which:",
                "\\prompt asks for which");
    }

    private List<String> texts() {
        RunDirectory run = new RunDirectory(cli.run());
        List<String> texts = new ArrayList<>();
        for (Envelope envelope : JournalReader.read(cli.run().resolve("journal.jsonl")).events()) {
            if (envelope.event() instanceof Event.ExecStarted started) {
                texts.add(new String(run.artefacts().get(started.text()), java.nio.charset.StandardCharsets.UTF_8));
            }
        }
        return texts;
    }

    private List<String> artefacts() throws IOException {
        try (java.util.stream.Stream<Path> files = Files.walk(cli.run())) {
            List<String> out = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.add(Files.readString(file));
            }
            return out;
        }
    }
}
