package dev.stepmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.classify.Reparser;
import dev.stepmark.journal.Event;
import dev.stepmark.message.ExitCode;
import dev.stepmark.plan.PlanCodec;
import dev.stepmark.plan.RunOptions;
import dev.stepmark.run.Desk;
import dev.stepmark.run.Runner;
import dev.stepmark.run.ScriptedOperator;
import dev.stepmark.runbook.Runbook;
import dev.stepmark.runbook.Statement;
import dev.stepmark.testing.EmbeddedServer;
import dev.stepmark.testing.RecordingProxy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What reached bash and the server is the stored plan, byte for byte, framing apart: for every runbook of the project.
 * The server's side is read off the wire, bash's side off its standard input.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class StoredPlanBytesTest {

    /** What Stepmark says to a server on its own account. */
    private static final Pattern FRAMING = Pattern.compile(
            "(?is)\\s*(BEGIN|COMMIT|ROLLBACK|SAVEPOINT |RELEASE |START TRANSACTION|SET |RESET |SHOW |SELECT |DISCARD |WITH RECURSIVE blocked ).*");

    @TempDir
    private Path directory;

    @Test
    void everyRunbookOfTheProjectIsHere() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("runbooks"))) {
            assertThat(new TreeSet<>(files.map(p -> p.getFileName().toString()).filter(n -> !n.endsWith(".setup.md"))
                    .toList())).isEqualTo(new TreeSet<>(
                    Set.of("archive-logs.md", "migrate-ordertable.md", "rotate-reader-role.md", "swap-tables.md")));
        }
    }

    @Test
    void migrateOrdertable() throws Exception {
        String database = EmbeddedServer.get().freshDatabase();
        EmbeddedServer.get().execute(database, "CREATE TABLE ordertable (order_id integer PRIMARY KEY, order_name text,"
                + " asset_id integer, CONSTRAINT ordertable_asset_id_order_id_key UNIQUE (asset_id, order_id))",
                "INSERT INTO ordertable VALUES (1, 'WO-1', 1), (2, 'WO-1', 1)");
        sql("migrate-ordertable.md", database, 7);
    }

    @Test
    void rotateReaderRole() throws Exception {
        String database = EmbeddedServer.get().freshDatabase();
        EmbeddedServer.get().execute(database, "DROP ROLE IF EXISTS report_reader_2", "DROP ROLE IF EXISTS report_reader",
                "CREATE ROLE report_reader LOGIN", "CREATE TABLE daily_output (day date)");
        sql("rotate-reader-role.md", database, 6);
    }

    @Test
    void swapTables() throws Exception {
        String database = EmbeddedServer.get().freshDatabase();
        EmbeddedServer.get().execute(database, "CREATE TABLE events (id serial PRIMARY KEY, what text NOT NULL)",
                "INSERT INTO events (what) VALUES ('one'), ('two')",
                "CREATE TABLE events_next (id serial PRIMARY KEY, what text NOT NULL)");
        sql("swap-tables.md", database, 8);
        assertThat(EmbeddedServer.get().query(database, "SELECT count(*) FROM events_old")).isEqualTo("2");
    }

    private void sql(String name, String database, int atLeast) throws Exception {
        try (RecordingProxy proxy = new RecordingProxy(EmbeddedServer.get().port())) {
            String url = "postgresql://postgres@127.0.0.1:" + proxy.port() + "/" + database;
            List<String> executed = run(name, Map.of("", url), Map.of(), System.getenv());
            assertThat(executed).hasSizeGreaterThanOrEqualTo(atLeast);
            List<String> rest = new ArrayList<>(proxy.statements());
            int from = 0;
            for (String text : executed) {
                int at = rest.subList(from, rest.size()).indexOf(text);
                assertThat(at).as("sent as it stands in the plan: " + text).isNotNegative();
                from += at;
                rest.remove(from);
            }
            assertThat(rest).allSatisfy(text -> assertThat(text).matches(FRAMING));
        }
    }

    @Test
    void archiveLogs() throws Exception {
        Path logs = Files.createDirectories(directory.resolve("logs"));
        Files.writeString(logs.resolve("a.log"), "one\n");
        Path heard = directory.resolve("heard");
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("PATH", listeningBash(heard) + ":" + environment.get("PATH"));
        List<String> executed = run("archive-logs.md", Map.of(), Map.of("LOG_DIR", logs.toString(), "ARCHIVE_DIR",
                directory.resolve("archive").toString()), environment);
        List<String> blocks = blocks(Files.readString(heard));
        assertThat(executed).hasSize(5);
        assertThat(blocks).hasSameSizeAs(executed);
        Set<String> framing = new TreeSet<>();
        for (int i = 0; i < executed.size(); i++) {
            assertThat(blocks.get(i)).contains(executed.get(i));
            framing.add(blocks.get(i).replace(executed.get(i), "TEXT"));
        }
        // two framings for all blocks (with pipes watched and without): nothing of a block leaks into them
        assertThat(framing).hasSizeLessThanOrEqualTo(2).allSatisfy(f -> assertThat(f).startsWith("{ __sm_p; ")
                .doesNotContain("log", "tar", "rm "));
    }

    /** A bash that notes what its interactive self reads. */
    private Path listeningBash(Path heard) throws IOException {
        Path bin = Files.createDirectories(directory.resolve("bin"));
        Path wrapper = bin.resolve("bash");
        Files.writeString(wrapper, "#!/bin/bash\ncase \" $* \" in\n  *' -i '*) exec /bin/bash \"$@\" < <(trap '' INT;"
                + " exec tee -a '" + heard + "') ;;\n  *) exec /bin/bash \"$@\" ;;\nesac\n");
        Files.setPosixFilePermissions(wrapper, PosixFilePermissions.fromString("rwxr-xr-x"));
        return bin;
    }

    /** The quoted texts that bash was given to evaluate, unquoted by bash itself. */
    private List<String> blocks(String heard) throws Exception {
        List<String> out = new ArrayList<>();
        Matcher matcher = Pattern.compile(" __sm_t=('(?:[^']|'\\\\'')*')").matcher(heard);
        while (matcher.find()) {
            Process printf = new ProcessBuilder("bash", "-c", "printf %s " + matcher.group(1)).start();
            out.add(new String(printf.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            assertThat(printf.waitFor()).isZero();
        }
        return out;
    }

    /** Runs it to the end; returns the texts of its executions, checked against the stored plan. */
    private List<String> run(String name, Map<String, String> connect, Map<String, String> set,
            Map<String, String> environment) throws IOException {
        Path runbook = directory.resolve(name);
        Files.copy(Path.of("runbooks", name), runbook);
        App app = new App(new Io(System.in, System.out, System.err, false), environment, Clock.systemUTC());
        RunOptions options = new RunOptions(connect, Map.of(), set, Map.of(), Set.of("rotate-reader-role.md",
                "swap-tables.md").contains(name) ? Optional.empty() : Optional.of("0.9.5"), Optional.empty(), Set.of(), Set.of(), false, false, false,
                Map.of("choice.postgresql-or-mariadb", "postgresql"));
        Desk desk = new RunSetup(app, directory, options).begin(RunSetup.Source.read(runbook), directory.resolve("runs"),
                new ScriptedOperator(), Map.of());
        try {
            assertThat(new Runner(desk, Reparser::reparse).run()).isEqualTo(ExitCode.OK);
            Runbook stored = PlanCodec.read(desk.log().artefact(desk.log().state().started().plan()));
            Set<String> planned = planned(stored);
            List<String> executed = desk.log().state().executions().stream().map(e -> new String(desk.log().artefact(
                    e.started().text()), StandardCharsets.UTF_8)).toList();
            assertThat(planned).containsAll(executed);
            assertThat(desk.log().events().get(0).event()).isInstanceOf(Event.RunStarted.class);
            return executed;
        } finally {
            desk.log().close();
        }
    }

    /** Every text that the stored plan allows to be executed. */
    private static Set<String> planned(Runbook stored) {
        Set<String> out = new TreeSet<>();
        stored.steps().forEach(s -> s.executables().forEach(b -> {
            b.statements().stream().map(Statement::text).forEach(out::add);
            b.attributes().verify().ifPresent(out::add);
        }));
        out.add(stored.frontMatter().version().text().strip());
        return out;
    }
}
