package dev.stepmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.sandbox.Sandbox;
import dev.stepmark.testing.Cli;
import dev.stepmark.testing.EmbeddedServer;
import dev.stepmark.testing.Programs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code stepmark test} by the whole program: a real sandbox, a real server, a real bash and, where there is one, psql. */
class TestCommandTest {

    @TempDir
    private Path directory;
    private Path documents;
    private Cli cli;

    @BeforeEach
    void needsNamespaces() throws IOException {
        Optional<String> problem = Sandbox.problem(Files.createDirectories(directory.resolve("trial")));
        Assumptions.assumeTrue(problem.isEmpty(), () -> "no sandbox on this machine: " + problem.orElseThrow());
        documents = Files.createDirectories(directory.resolve("documents"));
        cli = new Cli(directory);
    }

    private Path document(String name, String... lines) throws IOException {
        return Files.writeString(documents.resolve(name), String.join("\n", lines) + "\n");
    }

    private Cli.Result test(String... further) {
        return cli.run(Stream.concat(Stream.of("test", documents.toString()), Stream.of(further)).toArray(String[]::new));
    }

    @Test
    void readsWritesAndDestroysWhereNothingIsLost() throws IOException {
        document("rows.md", "# Rows", "", "1. Make them", "", "   ```sql", "   CREATE TABLE t AS SELECT 1 AS a;", "   ```",
                "", "2. Look", "", "   ```sql {capture=found}", "   SELECT a FROM t;", "   ```", "",
                "3. Remove them", "", "   ```sql {when=\"found.rowCount > 0\"}", "   DROP TABLE t;", "   ```", "",
                "4. Tell somebody");

        Cli.Result result = test();

        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(result.out()).containsPattern("1 +3 +Make them +ok").containsPattern("3 +15 +Remove them +ok")
                .containsPattern("4 +21 +Tell somebody +by hand +taken as done").contains("Sealed: no network")
                .contains("1 document, all as they say; 4 steps: 3 ok, 1 by hand");
        assertThat(cli.runs()).as("runs of the operator").isEmpty();
    }

    @Test
    void aFailureEndsTheDocumentAndNotTheOthers() throws IOException {
        document("a.md", "# A", "", "1. First", "", "   ```bash", "   echo before; ls /nowhere/at-all", "   ```", "",
                "2. Second", "", "   ```bash", "   echo second", "   ```");
        document("b.md", "# B", "", "1. Third", "", "   ```sql", "   SELECT 1;", "   SELECT * FROM missing;", "   ```");
        document("c.md", "# C", "", "```bash", "echo fine", "```");
        Path junit = directory.resolve("reports/docs.xml");

        Cli.Result result = test("--junit", junit.toString());

        assertThat(result.exit()).as(result.all()).isEqualTo(1);
        assertThat(result.out()).containsPattern("1 +3 +First +FAILED +exit 2").contains("line 6: ")
                .containsPattern("2 +9 +Second +not run").containsPattern("1 +3 +Third +FAILED +SQLSTATE 42P01")
                .contains("line 7: SELECT * FROM missing;").contains("relation \"missing\" does not exist")
                .containsPattern("c\\.md +ok").contains("3 documents, 2 not as they say");
        assertThat(junit).content().contains("failures=\"2\"").contains("<skipped message=\"not run");
    }

    @Test
    void noDocumentReachesWhatTheOneBeforeItLeft() throws IOException {
        document("a.md", "# A", "", "```bash", "echo left | tee /tmp/left ~/left ./left", "```", "", "```sql",
                "CREATE ROLE left_behind; CREATE TABLE left_behind ();", "```");
        document("b.md", "# B", "", "```bash", "ls /tmp/left ~/left ./left 2>/dev/null | grep left || echo nothing is left",
                "```", "", "```sql", "CREATE ROLE left_behind; CREATE TABLE left_behind ();", "```");

        Cli.Result result = test();

        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(documents).isDirectoryNotContaining("glob:**left");
    }

    @Test
    void whateverServerItNamesTheStatementsGoToTheThrowawayOne() throws IOException {
        EmbeddedServer real = EmbeddedServer.get();
        String database = real.freshDatabase();
        document("foreign.md", "# Foreign", "", "1. Log in", "", "   ```bash", "   psql -h db7.example.org -U plant factory",
                "   ```", "", "2. Change", "", "   ```sql", "   CREATE TABLE made (a int);",
                "   SELECT current_user || '@' || current_database() AS who;", "   ```", "", "3. Leave", "", "   ```sql",
                "   \\q", "   ```");
        document("named.md", "---", "connections: {near: \"postgresql://postgres@localhost:" + real.port() + "/" + database
                + "\"}", "---", "", "# Near", "", "```sql {connection=near}", "CREATE TABLE made (a int);", "```");

        Cli.Result result = cli.with("PGHOST", real.host()).with("PGPORT", Integer.toString(real.port())).with("PGDATABASE",
                database).run("test", documents.toString(), "--junit", directory.resolve("r.xml").toString());

        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(result.out()).contains("\"psql -h db7.example.org -U plant factory\" went to the throwaway server instead"
                + " of db7.example.org, database factory as plant");
        assertThat(directory.resolve("r.xml")).content().contains("plant@factory");
        assertThat(real.query(database, "SELECT count(*) FROM pg_tables WHERE tablename = 'made'")).isEqualTo("0");
    }

    @Test
    void psqlInAShellReachesTheThrowawayServerAndNoOther() throws IOException {
        Assumptions.assumeTrue(Programs.onPath("psql"), "needs psql");
        EmbeddedServer real = EmbeddedServer.get();
        document("shell.md", "# Shell", "", "1. By itself", "", "   ```bash",
                "   psql -Atc \"SELECT 'by ' || current_user\"", "   ```", "", "2. By the socket", "", "   ```bash",
                "   PGHOST= psql -Atc 'SELECT version()' | grep -o PostgreSQL", "   ```", "", "3. Elsewhere", "",
                "   ```bash", "   psql -h 127.0.0.1 -p " + real.port() + " -U postgres -c 'SELECT 1'", "   ```");

        Cli.Result result = cli.with("PGPORT", Integer.toString(real.port())).run("test", documents.toString());

        assertThat(result.out()).containsPattern("1 +3 +By itself +ok").containsPattern("2 +9 +By the socket +ok")
                .containsPattern("3 +15 +Elsewhere +FAILED").contains("Connection refused");
    }

    @Test
    void aServerOfTheMachineIsNotReachedByCommands() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            document("net.md", "# Net", "", "```bash", "exec 3<>/dev/tcp/127.0.0.1/" + server.getLocalPort(), "```");

            Cli.Result result = test();

            assertThat(result.exit()).isEqualTo(1);
            assertThat(result.out()).contains("Connection refused");
        }
    }

    @Test
    void commandsWorkInACopyAndTheProgramIsOnThePath() throws IOException {
        Path plan = document("plan.md", "# Plan", "", "```console", "$ stepmark plan other.md | head -1",
                "Other                                                            other.md, 1 step", "$ rm plan.md; pwd",
                "/work", "```");
        document("other.md", "# Other", "", "1. By hand");

        Cli.Result result = test();

        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(plan).exists();
    }

    @Test
    void whatTheDocumentShowsIsComparedWithWhatCameOut() throws IOException {
        document("shown.md", "# Shown", "", "1. The same", "", "   ```console", "   $ echo one; echo two", "   one", "   ...",
                "   ```", "", "2. Something else", "", "   ```sql", "   SELECT 'three' AS found;", "   ```", "",
                "   You should see:", "", "   ```", "    found", "   -------", "    four", "   (1 row)", "   ```", "",
                "3. It goes on", "", "   ```bash", "   echo on", "   ```");
        Path junit = directory.resolve("r.xml");

        Cli.Result result = test("--junit", junit.toString());

        assertThat(result.exit()).as(result.all()).isEqualTo(1);
        assertThat(result.out()).containsPattern("1 +3 +The same +ok").containsPattern("2 +11 +Something else +differs")
                .contains("the document shows something else (lines 19-24)").contains("shows four; came three").containsPattern("3 +26 +It goes on +ok").contains("1 document, 1 not as it says");
        assertThat(junit).content().contains("type=\"differs\"");
    }

    @Test
    void whatItExpectsIsMadeByARunbookBesideIt() throws IOException {
        document("stock.md", "# Stock", "", "```sql", "DELETE FROM stock WHERE pieces = <PIECES>;", "```");
        assertThat(test().out()).contains("1 answer is missing").contains("PIECES:").contains("FAILED");
        document("stock.answers.yaml", "PIECES: 7");
        assertThat(test().out()).contains("relation \"stock\" does not exist");

        document("stock.setup.md", "# A stock", "", "```sql", "CREATE TABLE stock AS SELECT 7 AS pieces;", "```");
        Cli.Result result = test();

        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(result.out()).containsPattern("1 +3 +Stock +ok +DELETE 1").contains("1 document,");

        document("stock.setup.md", "# A stock", "", "```sql", "CREATE TABLE stock AS SELECT nonsense;", "```");
        assertThat(test().out()).contains("stock.setup.md, which prepares it, did not come to its end").contains("\"nonsense\" does not exist").containsPattern("stock\\.md +FAILED");
    }

    @Test
    void whatNeverEndsIsEnded() throws IOException {
        document("long.md", "# Long", "", "1. Quick", "", "   ```bash", "   echo quick", "   ```", "", "2. Never", "",
                "   ```bash", "   echo begun; sleep 6000", "   ```");

        Cli.Result result = test("--time-limit", "25");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.out()).contains("it was not done after 25 s").containsPattern("1 +3 +Quick +ok")
                .containsPattern("2 +9 +Never +FAILED");
    }

    @Test
    void aDocumentForCertainVersionsIsTestedWithOneOfThem() throws IOException {
        document("old.md", "---", "minimum_version: 0.9.0", "maximum_version: 0.9.5", "---", "", "# Old", "", "```bash",
                "echo fine", "```");

        assertThat(test().out()).contains("tested as if version 0.9.5 was installed").containsPattern("old\\.md +ok");
        Cli.Result refused = test("--installed-version", "1.0");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.out()).contains("1.0 is installed");
    }

    @Test
    void asJsonForPrograms() throws IOException {
        document("a.md", "# A", "", "```bash", "echo one; false", "```");

        Cli.Result result = test("--format", "json");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.out()).startsWith("{").contains("\"schema\" : \"stepmark-test/1\"").contains(
                "\"verdict\" : \"failed\"").contains("one");
    }

    @Test
    void aForeignConnectionRefuses() throws IOException {
        document("a.md", "# A", "", "```sql", "SELECT 1;", "```");

        Cli.Result result = test("--connect", "postgresql://postgres@localhost:5432/postgres");

        assertThat(result.exit()).isEqualTo(3);
        assertThat(result.err()).contains("a test takes no connection").contains("Nothing was run.");
        assertThat(test("--allow", "destructive").exit()).isEqualTo(2);
        assertThat(cli.run("test", directory.resolve("nowhere.md").toString()).exit()).isEqualTo(2);
    }

    @Test
    void aBrokenDocumentIsAFailureOfItsOwn() throws IOException {
        document("broken.md", "# Broken", "", "```bash", "echo never closed");
        document("good.md", "# Good", "", "```bash", "echo fine", "```");

        Cli.Result result = test();

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.out()).contains("broken.md:3: this fence is never closed").containsPattern("good\\.md +ok");
    }

    @Test
    void theRecordIsKeptWhenItIsWanted() throws IOException {
        document("a.md", "# A", "", "```bash", "echo kept", "```");

        Cli.Result result = test("--keep");

        Path kept = Path.of(result.err().strip().replaceFirst("^Kept: ", ""));
        try (Stream<Path> runs = Files.list(kept.resolve("1/state/runs"))) {
            Path run = runs.findFirst().orElseThrow();
            assertThat(cli.run("verify", run.toString()).exit()).isZero();
            assertThat(cli.run("show", run.toString()).out()).contains("--test sealed").contains("echo kept");
        } finally {
            ThrowawayFiles.remove(kept);
        }
    }

    /** Not an assumption that is skipped: user namespaces are used up, as an administrator would forbid them. */
    @Test
    void withoutASandboxNoCommandRunsUnlessItIsAllowed() throws Exception {
        document("shell.md", "# Shell", "", "```bash", "touch " + documents.resolve("touched"), "```");
        document("sql.md", "# SQL", "", "```sql", "SELECT 1 AS one;", "```");
        document("program.md", "# Program", "", "```sql", "COPY (SELECT 1) TO PROGRAM 'cat';", "```");

        String refused = withoutNamespaces("test", documents.toString());

        assertThat(refused).contains("no sandbox on this machine").contains("shell.md:3: this could change something outside")
                .contains("--allow shell").containsPattern("sql\\.md +ok").contains("program.md:3: this could").endsWith(
                        "exit 1");
        assertThat(documents.resolve("touched")).doesNotExist();

        String allowed = withoutNamespaces("test", documents.resolve("shell.md").toString(), "--allow", "shell");
        assertThat(allowed).contains("NOT SEALED, as --allow shell says").containsPattern("shell\\.md +ok").endsWith("exit 0");
        assertThat(documents.resolve("touched")).exists();
    }

    private String withoutNamespaces(String... arguments) throws Exception {
        Process process = new ProcessBuilder(Stream.concat(Stream.of("unshare", "--user", "--map-root-user", "sh", "-c",
                "echo 1 >/proc/sys/user/max_user_namespaces && exec unshare --user --map-user=1000 --map-group=1000 -- \"$@\";"
                        + " echo none", "sh", "sh", "-c", "\"$@\"; echo exit $?", "sh"), Stream.concat(
                        new ProgramFiles().command(Path.of(System.getProperty("java.io.tmpdir"))).stream(),
                        Stream.of(arguments))).toList()).redirectErrorStream(true).redirectInput(new java.io.File(
                                "/dev/null")).start();
        String said = new String(process.getInputStream().readAllBytes()).strip();
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    @Test
    void whatReachesBeyondAServerIsFoundInTheText() throws IOException {
        List<String> harmless = List.of("SELECT a || b FROM t WHERE c = 'x'", "\\d t", "\\x", "INSERT INTO t VALUES (1)",
                "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'", "\\timing on");
        List<String> beyond = List.of("COPY t TO PROGRAM 'x'", "\\! ls", "\\copy t from 'x'", "COPY t FROM '/etc/passwd'",
                "SELECT * FROM dblink('host=x', 'y')", "CREATE EXTENSION postgres_fdw", "\\c - - other.example.org",
                "CREATE FUNCTION f() RETURNS int LANGUAGE plperlu AS ''", "\\set x `ls`", "SELECT pg_read_file('x')",
                "ALTER SYSTEM SET archive_command = 'x'", "SELECT lo_export(1, 'x')", "\\o | cat", "\\i other.sql");
        for (String sql : harmless) {
            assertThat(reaching(sql)).as(sql).isFalse();
        }
        for (String sql : beyond) {
            assertThat(reaching(sql)).as(sql).isTrue();
        }
    }

    private boolean reaching(String sql) throws IOException {
        return !DatabasePrograms.reachingOut(Loader.load(document("one.md", "# One", "", "```sql", sql + (sql.startsWith(
                "\\") ? "" : ";"), "```"))).isEmpty();
    }
}
