package dev.stepmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.testing.Cli;
import dev.stepmark.testing.EmbeddedServer;
import dev.stepmark.testing.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs in which psql is opened over a Unix socket, also as another user of this machine. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PsqlRunTest {

    private static final String RUNBOOK = """
            # Over the socket

            1. Connect:

               ```console
               $ %s -h %s -p %d -U postgres %s
               ```

            2. Make a table:

               ```sql
               CREATE TABLE plants AS SELECT g AS id, 'plant ' || g AS name FROM generate_series(1, 3) g;
               ```

            3. Look:

               ```sql
               SELECT count(*) FROM plants;
               \\d plants
               ```
            """;

    @TempDir
    Path directory;

    private EmbeddedServer server;
    private String database;

    @BeforeEach
    void needsPsql() {
        Assumptions.assumeTrue(Programs.onPath("psql"), "needs psql");
        server = EmbeddedServer.get();
        database = server.freshDatabase();
    }

    private Cli.Result run(Cli cli, String starter) throws IOException {
        Path runbook = Files.writeString(directory.resolve("run.md"), RUNBOOK.formatted(starter, server.sockets(),
                server.port(), database));
        Path answers = Files.writeString(directory.resolve("answers.yaml"), "step-1.opens-session: \"yes\"\n");
        return cli.run("run", runbook.toString(), "--yes", "--answers", answers.toString());
    }

    @Test
    void runsOverTheSocketAndSaysSo() throws Exception {
        Cli cli = new Cli(directory);
        Cli.Result result = run(cli, "psql");
        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(result.all()).contains("the Unix socket in " + server.sockets()).contains("SELECT 3")
                .contains("through psql ").contains("Table \"public.plants\"");
        assertThat(server.query(database, "SELECT count(*) FROM plants")).isEqualTo("3");
        assertThat(journal(cli)).contains("\"kind\":\"psql\"");
        assertThat(ProcessHandle.current().descendants().map(p -> p.info().commandLine().orElse(""))
                .filter(c -> c.contains("dbname='" + database))).isEmpty();
    }

    @Test
    void runsAsAnotherUserOfThisMachine() throws Exception {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name"))
                && Files.isExecutable(Path.of("/usr/sbin/runuser")), "needs root and runuser");
        Files.setPosixFilePermissions(server.sockets(), java.nio.file.attribute.PosixFilePermissions
                .fromString("rwxr-xr-x"));
        Cli cli = new Cli(directory).with("PATH", System.getenv("PATH") + ":/usr/sbin");
        Cli.Result result = run(cli, "runuser -u nobody -- psql");
        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(result.all()).contains("started by runuser -u nobody --");
        assertThat(server.query(database, "SELECT count(*) FROM plants")).isEqualTo("3");
    }

    private static String journal(Cli cli) throws IOException {
        try (Stream<Path> files = Files.walk(cli.run())) {
            StringBuilder all = new StringBuilder();
            for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).toList()) {
                all.append(Files.readString(file));
            }
            return all.toString();
        }
    }
}
