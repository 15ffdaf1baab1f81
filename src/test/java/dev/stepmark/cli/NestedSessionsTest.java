package dev.stepmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.journal.Event;
import dev.stepmark.journal.JournalReader;
import dev.stepmark.journal.JournalVerifier;
import dev.stepmark.testing.Cli;
import dev.stepmark.testing.EmbeddedServer;
import dev.stepmark.testing.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Documents that open shells inside shells and psql in them, as a whole run. A docker and a kubectl of the test's own
 * lead to a place with an environment and no terminal of its own, where a real shell and a real psql are; nothing that is
 * exported here reaches it.
 */
class NestedSessionsTest {

    @TempDir
    Path directory;

    private final EmbeddedServer server = EmbeddedServer.get();
    private final String database = server.freshDatabase();
    private Cli cli;

    @BeforeEach
    void machines() throws IOException {
        Assumptions.assumeTrue(Programs.onPath("psql") && Programs.onPath("setsid"), "needs psql and setsid");
        Path bin = Files.createDirectories(directory.resolve("bin"));
        Path home = Files.createDirectories(directory.resolve("inside"));
        String inside = "exec setsid -w env -i PATH='" + System.getenv("PATH") + "' HOME='" + home + "' PGHOST=localhost"
                + " PGPORT=" + server.port() + " PGUSER=postgres PGDATABASE=" + database + " INSIDE=$place \"$@\"\n";
        script(bin, "docker", "#!/bin/bash\n[ \"$1 $2\" = 'exec -i' ] || { echo \"unknown: $*\" >&2; exit 125; }\n"
                + "place=$3; shift 3\n[ \"$place\" != gone ] || { echo 'Error: No such container: gone' >&2; exit 1; }\n"
                + "cd '" + home + "'; " + inside);
        script(bin, "kubectl", "#!/bin/bash\n[ \"$1 $2\" = 'exec -i' ] || { echo \"unknown: $*\" >&2; exit 125; }\n"
                + "place=$3; [ \"$4\" = -- ] || exit 124; shift 4; cd '" + home + "'; " + inside);
        cli = new Cli(directory).with("PATH", bin + ":" + System.getenv("PATH"));
    }

    private static void script(Path bin, String name, String text) throws IOException {
        Files.writeString(bin.resolve(name), text).toFile().setExecutable(true);
    }

    /** A runbook of blocks, each a step: {@code sql:} before a text makes it SQL. */
    private Path runbook(String... blocks) throws IOException {
        StringBuilder text = new StringBuilder("# Nested\n");
        for (int i = 0; i < blocks.length; i++) {
            boolean sql = blocks[i].startsWith("sql");
            int colon = sql ? blocks[i].indexOf(':') : -1;
            text.append("\n").append(i + 1).append(". Do this.\n\n   ```").append(sql ? blocks[i].substring(0, colon) : "bash").append("\n   ")
                    .append((sql ? blocks[i].substring(colon + 1) : blocks[i]).replace("\n", "\n   ")).append("\n   ```\n");
        }
        return Files.writeString(directory.resolve("nested.md"), text);
    }

    private Cli.Result run(Path runbook, String... further) {
        List<String> arguments = new ArrayList<>(List.of("run", runbook.toString(), "--yes"));
        arguments.addAll(Arrays.asList(further));
        return cli.run(arguments.toArray(String[]::new));
    }

    private <E extends Event> List<E> events(Class<E> type) {
        return JournalReader.read(cli.run().resolve("journal.jsonl")).events().stream().map(e -> e.event())
                .filter(type::isInstance).map(type::cast).toList();
    }

    @Test
    void theStackIsOpenedUsedAndClosed() throws IOException {
        Cli.Result result = run(runbook("export COLOUR=blue; cd /", "docker exec -it db bash",
                "echo \"$INSIDE [$COLOUR] $(pwd)\"; export PGOPTIONS='-c work_mem=5MB'", "psql",
                "sql:SHOW work_mem;\nSELECT current_database();", "sql:\\q", "echo \"still $INSIDE\"", "exit",
                "echo \"out [${INSIDE:-}] $COLOUR\""), "--answer", "step-2.opens-session=yes", "--answer",
                "step-4.opens-session=yes");
        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(result.all()).contains("| db [] " + directory.resolve("inside"), "|  5MB\n", database, "| still db",
                "| out [] blue", "Inside docker exec -it db bash (line 12), then psql (line 24)",
                "through psql", "psql1 is closed", "session container is closed");
        assertThat(cli.status()).isEqualTo(JournalVerifier.Status.CONSISTENT);
        assertThat(events(Event.SessionOpened.class)).extracting(Event.SessionOpened::session, Event.SessionOpened::parent)
                .containsExactly(tuple("shell", ""), tuple("container", "shell"), tuple("psql1", "container"));
    }

    private static org.assertj.core.groups.Tuple tuple(Object... values) {
        return org.assertj.core.groups.Tuple.tuple(values);
    }

    @Test
    void aPsqlOfAContainerAndOfAPodIsOpenedByItsOwnCommand() throws IOException {
        for (String opener : List.of("docker exec -it db psql -U postgres", "kubectl exec -it pg-0 -- psql")) {
            Cli own = cli;
            Path runbook = runbook(opener, "sql:CREATE TABLE IF NOT EXISTS shifts (n int);", "sql:INSERT INTO shifts VALUES (1);",
                    "sql:SELECT wrong;");
            Cli.Result result = own.run("run", runbook.toString(), "--yes", "--answer", "step-1.opens-session=yes",
                    "--journal", directory.resolve("runs-" + opener.hashCode()).toString());
            assertThat(result.exit()).as(result.all()).isEqualTo(1);
            assertThat(result.all()).contains("session psql1 is open: " + database + " as postgres on localhost",
                    "SQLSTATE 42703", "it changed nothing");
        }
        assertThat(server.query(database, "SELECT count(*) FROM shifts")).isEqualTo("2");
    }

    @Test
    void whatCannotBeOpenedRunsNowhere() throws IOException {
        Path trace = directory.resolve("trace");
        Cli.Result result = run(runbook("docker exec -it gone bash", "touch " + trace), "--answer",
                "step-1.opens-session=yes");
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.all().replaceAll("\\s+", " ")).contains("No such container: gone", "is run nowhere else");
        assertThat(trace).doesNotExist();
    }

    @Test
    void theOperatorsOwnWordGoesBeforeTheCommand() throws IOException {
        Path trace = directory.resolve("trace");
        Cli.Result result = run(runbook("docker exec -it gone bash", "touch " + trace), "--answer",
                "step-1.opens-session=yes", "--target", "container=local", "--assume-manual");
        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(result.all().replaceAll("\\s+", " ")).contains("you said that its blocks run here");
        assertThat(trace).exists();
    }

    @Test
    void openersInOneBlockAreOpenedOneInsideTheOther() throws IOException {
        Cli.Result result = run(runbook("docker exec -it db bash\npsql", "sql:SELECT 'in', current_database();",
                "sql:\\q", "echo \"$INSIDE\""), "--answer", "step-1.opens-session=yes");
        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(result.all()).contains("session container is open", "session psql1 is open", database, "| db\n");
    }

    @Test
    void aPodWhoseNameAnotherCommandFindsIsReached() throws IOException {
        Cli.Result result = run(runbook("POD=pg-0", "kubectl exec -it $(echo \"$POD\") -- bash", "echo \"in $INSIDE\""),
                "--answer", "step-2.opens-session=yes");
        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(result.all()).contains("| in pg-0\n");
    }

    @Test
    void aLostConnectionIsInDoubtWhateverTheExitCode() throws IOException {
        Cli.Result lost = run(runbook("docker exec -it db bash", "kill -9 $$"), "--answer", "step-1.opens-session=yes",
                "--allow", "destructive");
        assertThat(lost.exit()).as(lost.all()).isEqualTo(5);
        assertThat(lost.all()).contains("IN DOUBT");
        assertThat(events(Event.SessionEnded.class)).anyMatch(e -> e.session().equals("container") && e.how().equals("lost"));
    }

    @Test
    void theStackComesBackByWhatOpenedItWhenTheRunGoesOn() throws IOException {
        Path again = directory.resolve("again");
        Path runbook = runbook("docker exec -it db bash", "mkdir -p sub; cd sub; export PGOPTIONS='-c work_mem=6MB'", "psql",
                "sql:SET search_path TO pg_catalog;", "sql:\\q", "ls " + again, "echo \"$INSIDE $(pwd) $PGOPTIONS\"");
        String[] answers = {"--answer", "step-1.opens-session=yes", "--answer", "step-3.opens-session=yes"};
        assertThat(run(runbook, answers).exit()).isEqualTo(1);
        Files.createFile(again);
        List<String> further = new ArrayList<>(Arrays.asList(answers));
        further.addAll(List.of("--answer", "resume=yes"));
        Cli.Result result = run(runbook, further.toArray(String[]::new));
        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(result.all()).contains("Session container is opened again, by: docker exec -it db bash",
                "| db " + directory.resolve("inside/sub") + " -c work_mem=6MB\n");
        assertThat(cli.status()).isEqualTo(JournalVerifier.Status.CONSISTENT);
    }

    @Test
    void theRestRunsWhereTheOperatorSaysAndThatIsRecorded() throws IOException {
        Path runbook = runbook("pwd", "docker exec -it db bash", "echo \"in $INSIDE\"", "echo \"rest [$INSIDE]\"",
                "echo \"end [$INSIDE]\"");
        Cli.Result wrong = run(runbook, "--answer", "step-2.opens-session=yes", "--answer", "step-4.session=nowhere");
        assertThat(wrong.exit()).as(wrong.all()).isEqualTo(3);
        assertThat(wrong.all().replaceAll("\\s+", " ")).contains("\"nowhere\" is no session for step 4",
                "It can run in shell. Nothing was run.");
        Cli.Result result = run(runbook, "--answer", "step-2.opens-session=yes", "--answer", "step-4.session=shell",
                "--answer", "resume=no");
        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(result.all()).contains("| in db\n", "| rest []\n", "| end []\n");
    }

    @Test
    void aStatementThereIsCancelledBySecondPsqlOfThatPlace() throws IOException {
        Cli.Result result = run(runbook("docker exec -it db bash", "psql", "sql {timeout=1s}:SELECT pg_sleep(300);"), "--answer",
                "step-1.opens-session=yes", "--answer", "step-2.opens-session=yes");
        assertThat(result.exit()).as(result.all()).isEqualTo(1);
        assertThat(result.all()).contains("57014", "cancelled 3");
        assertThat(server.query("postgres", "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(300)%'"
                + " AND pid <> pg_backend_pid()")).isEqualTo("0");
    }

    @Test
    void aPasswordOfThatPlaceIsNoArgument() throws IOException {
        Cli.Result result = run(runbook("docker exec -it db bash", "export PGPASSWORD='" + EmbeddedServer.SCRAM_PASSWORD
                + "' PGUSER=" + EmbeddedServer.SCRAM_USER, "psql", "sql:SELECT 'I am', current_user;", "sql:\\! tr '\\\\0' ' '"
                + " </proc/$PPID/cmdline"), "--answer", "step-1.opens-session=yes", "--answer", "step-3.opens-session=yes");
        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(result.all()).contains(EmbeddedServer.SCRAM_USER, "psql^@-X^@-w");
        assertThat(result.all().substring(result.all().indexOf("psql^@-X^@-w"))).doesNotContain("horse");
    }
}
