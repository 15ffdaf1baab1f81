package dev.stepmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.testing.Cli;
import dev.stepmark.testing.EmbeddedServer;
import dev.stepmark.testing.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Errors that a document says are safe, from a real pg_restore and a real server. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SafeErrorsRunTest {

    private static final String RUNBOOK = """
            # Move the plant

            ## Schema

            1. Dump what comes after the data:

               ```bash
               pg_dump -U postgres -h 127.0.0.1 -p %1$d -Fc -v --section=post-data -f %4$s/post.dump %2$s
               ```

            2. Restore it:

               ```bash
               pg_restore -U postgres -h 127.0.0.1 -p %1$d --no-owner -Fc -v -d %3$s %4$s/post.dump
               ```

            ### Troubleshooting

            If you see these errors during the migration process, you can safely ignore
            them. The migration still occurs successfully.

            ```
            pg_restore: error: could not execute query: ERROR:  relation "<relation_name>" already exists
            ```

            ## Statistics

            1. Connect:

               ```bash
               psql -h 127.0.0.1 -p %1$d -U plain_reader %3$s
               ```

            2. Update them:

               ```sql
               ANALYZE;
               ```

            ### Troubleshooting

            If you see errors of the following form when you run `ANALYZE`, you can safely
            ignore them:

            ```
            WARNING:  skipping "<TABLE OR INDEX>" --- only superuser can analyze it
            ```
            """;

    @TempDir
    Path directory;

    private EmbeddedServer server;
    private String source;
    private String target;

    @BeforeEach
    void databases() throws IOException {
        Assumptions.assumeTrue(Programs.onPath("pg_restore") && Programs.onPath("pg_dump"), "needs pg_dump and pg_restore");
        server = EmbeddedServer.get();
        source = server.freshDatabase();
        target = server.freshDatabase();
        server.execute(source, "CREATE TABLE tank (id int, name text)", "CREATE INDEX tank_id ON tank (id)",
                "CREATE INDEX tank_name ON tank (name)", "CREATE INDEX tank_both ON tank (id, name)");
        server.execute(target, "CREATE TABLE tank (id int, name text)", "CREATE INDEX tank_id ON tank (id)",
                "CREATE INDEX tank_both ON tank (id, name)", "DO $$ BEGIN CREATE ROLE plain_reader LOGIN; EXCEPTION WHEN duplicate_object"
                + " THEN NULL; END $$",
                "ALTER DATABASE " + target + " OWNER TO plain_reader");
    }

    private Cli.Result run() throws IOException {
        Path runbook = Files.writeString(directory.resolve("run.md"), RUNBOOK.formatted(server.port(), source, target,
                directory));
        Path answers = Files.writeString(directory.resolve("answers.yaml"), "step-4.opens-session: \"yes\"\n");
        return new Cli(directory).run("run", runbook.toString(), "--yes", "--allow", "destructive", "--answers", answers.toString());
    }

    @Test
    void knownErrorsAndWarningsAreTolerated() throws Exception {
        Cli.Result result = run();
        assertThat(result.exit()).as(result.all()).isZero();
        String shown = result.all().replace("\n  . ", " ");
        assertThat(shown).contains("tolerated: run.md:23 says it can be ignored (\"relation <relation_name> already exists\")")
                .contains("2 errors, 2 tolerated, 0 others")
                .contains("tolerated: run.md:46 says it can be ignored")
                .containsPattern("\\d+ warnings, \\d+ tolerated, 0 others");
        assertThat(server.query(target, "SELECT count(*) FROM pg_indexes WHERE tablename = 'tank'")).isEqualTo("3");
    }

    @Test
    void anotherErrorAmongThemFailsTheStepAndIsShownAlone() throws Exception {
        server.execute(target, "ALTER TABLE tank DROP COLUMN name");
        Cli.Result result = run();
        assertThat(result.exit()).as(result.all()).isEqualTo(1);
        assertThat(result.all()).containsPattern("FAILED +2 exit 1").contains("3 errors, 1 tolerated, 2 others");
        String shown = result.all().replace("\n  !+", "");
        assertThat(shown.substring(shown.indexOf("errors ignored on restore: 3"), shown.indexOf("FAILED")).lines().skip(1)
                .filter(l -> l.startsWith("  ! "))).hasSize(2).allMatch(l -> l.endsWith("ERROR:  column \"name\" does not exist"));
        assertThat(result.all()).doesNotContain("ANALYZE;");
    }
}
