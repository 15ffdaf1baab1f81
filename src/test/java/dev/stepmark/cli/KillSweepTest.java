package dev.stepmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.journal.JournalVerifier;
import dev.stepmark.testing.EmbeddedServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program is killed with signal 9 after every single record of a run, and started again: records, effects and the
 * questions that are left equal those of the run that nobody disturbed, save for one execution in doubt.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class KillSweepTest {

    private static final int KILLED = 137;

    @TempDir
    private Path directory;

    @Test
    void sqlRunbook() throws Exception {
        Path runbook = copy("migrate-ordertable.md");
        sweep(runbook, name -> new SqlWorld(directory.resolve(name)));
    }

    @Test
    void shellRunbook() throws Exception {
        Path runbook = copy("archive-logs.md");
        sweep(runbook, name -> new ShellWorld(directory.resolve(name)));
    }

    @Test
    void stateOfSessions() throws Exception {
        Path runbook = directory.resolve("session-state.md");
        Files.copy(Path.of("src/test/resources/documents/session-state.md"), runbook);
        sweep(runbook, name -> new SessionWorld(directory.resolve(name)));
    }

    /** The person goes back, does two steps again, passes two over and comes back to them. */
    @Test
    void goingBackAndForward() throws Exception {
        Path runbook = directory.resolve("goes-back.md");
        Files.copy(Path.of("src/test/resources/documents/goes-back.md"), runbook);
        sweep(runbook, name -> new SqlWorld(directory.resolve(name)) {
            @Override
            public Map<String, String> environment() {
                return Map.of(CrashingMain.MOVES, "step-3 0 1,step-3 2 5");
            }
        });
    }

    /** What a run acts on, made afresh for each run of the sweep. */
    interface World {

        void make() throws Exception;

        /** Connection and values for the program. */
        List<String> arguments();

        /** Added to the environment of the program. */
        default Map<String, String> environment() {
            return Map.of();
        }

        /** Everything that the runbook is meant to change. */
        String effects() throws Exception;

        /** Names of this world, to be replaced before comparing. */
        Map<String, String> names();
    }

    private interface Worlds {
        World of(String name) throws Exception;
    }

    private record Outcome(List<String> records, List<String> questions, String effects, int count, int doubts,
            List<String> failures) { }

    private void sweep(Path runbook, Worlds worlds) throws Exception {
        Outcome calm = run(runbook, worlds.of("calm"), "calm", 0);
        assertThat(calm.count()).isGreaterThan(20);
        assertThat(calm.doubts()).isZero();
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            Map<Integer, Future<Outcome>> killed = new TreeMap<>();
            for (int after = 1; after < calm.count(); after++) {
                int deadly = after;
                Callable<Outcome> task = () -> run(runbook, worlds.of("k" + deadly), "k" + deadly, deadly);
                killed.put(after, pool.submit(task));
            }
            for (Map.Entry<Integer, Future<Outcome>> entry : killed.entrySet()) {
                same(calm, entry.getKey(), get(entry.getValue(), entry.getKey()));
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static Outcome get(Future<Outcome> future, int after) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new AssertionError("killed after record " + after, e.getCause());
        }
    }

    private static void same(Outcome calm, int after, Outcome killed) {
        String where = "killed after record " + after + ": " + killed.failures();
        assertThat(killed.effects()).as(where).isEqualTo(calm.effects());
        assertThat(killed.doubts()).as(where).isLessThanOrEqualTo(1);
        assertThat(killed.questions()).as(where).isEqualTo(calm.questions());
        assertThat(killed.records()).as(where).isEqualTo(calm.records());
    }

    private Outcome run(Path runbook, World world, String name, int deadly) throws Exception {
        world.make();
        Path runs = directory.resolve(name + "-runs");
        Path questions = directory.resolve(name + "-questions");
        if (deadly > 0) {
            assertThat(start(runbook, runs, questions, deadly, world)).as("killed after " + deadly).isEqualTo(KILLED);
        }
        assertThat(start(runbook, runs, questions, 0, world)).as("goes on after " + deadly).isZero();
        Path run = onlyRun(runs);
        assertThat(JournalVerifier.verify(run).status()).isEqualTo(JournalVerifier.Status.CONSISTENT);
        Records records = Records.read(run, world.names());
        List<String> asked = new ArrayList<>(Files.readAllLines(questions));
        asked.removeIf(q -> q.contains(".doubt"));
        return new Outcome(records.comparable(), asked, world.effects(), records.count(), records.doubts(),
                records.failures());
    }

    private static Path onlyRun(Path runs) throws IOException {
        try (Stream<Path> files = Files.list(runs)) {
            List<Path> all = files.filter(Files::isDirectory).toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }

    private int start(Path runbook, Path runs, Path questions, int deadly, World world) throws Exception {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java")
                .toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", "-cp",
                System.getProperty("java.class.path"), CrashingMain.class.getName(), runbook.toString(),
                runs.toString(), questions.toString(), Integer.toString(deadly)));
        command.addAll(world.arguments());
        Path output = directory.resolve(runs.getFileName() + "-" + deadly + ".out");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().keySet().removeIf(k -> k.startsWith("PG"));
        builder.environment().putAll(world.environment());
        Process process = builder.start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ends: " + output).isTrue();
        int exit = process.exitValue();
        if (exit != 0 && exit != KILLED) {
            throw new AssertionError("exit " + exit + ":\n" + Files.readString(output));
        }
        return exit;
    }

    private Path copy(String name) throws IOException {
        Path target = directory.resolve(name);
        Files.copy(Path.of("runbooks", name), target);
        return target;
    }

    /** A database with the table of the demonstration. */
    private static class SqlWorld implements World {

        private final String database;

        SqlWorld(Path name) {
            this.database = EmbeddedServer.get().freshDatabase();
        }

        @Override
        public void make() {
            EmbeddedServer.get().execute(database, "CREATE TABLE ordertable (order_id integer PRIMARY KEY, order_name"
                    + " text NOT NULL, asset_id integer NOT NULL,"
                    + " CONSTRAINT ordertable_asset_id_order_id_key UNIQUE (asset_id, order_id))");
            EmbeddedServer.get().execute(database, "INSERT INTO ordertable VALUES (1, 'WO-1', 1), (2, 'WO-2', 1),"
                    + " (3, 'WO-1', 1), (4, 'WO-1', 1), (5, 'WO-1', 2)");
        }

        @Override
        public List<String> arguments() {
            return List.of(EmbeddedServer.get().url(database));
        }

        @Override
        public String effects() {
            return EmbeddedServer.get().query(database, "SELECT string_agg(o::text, ' ' ORDER BY order_id) FROM"
                    + " ordertable o") + "\n" + EmbeddedServer.get().query(database, "SELECT string_agg(o::text, ' '"
                    + " ORDER BY order_id) FROM ordertable_before_key_change o") + "\n" + EmbeddedServer.get().query(
                    database, "SELECT string_agg(conname, ' ' ORDER BY conname) FROM pg_constraint WHERE conrelid ="
                    + " 'ordertable'::regclass");
        }

        @Override
        public Map<String, String> names() {
            return Map.of(database, "DATABASE");
        }
    }

    /** A directory with log files. */
    private static final class ShellWorld implements World {

        private final Path root;

        ShellWorld(Path root) {
            this.root = root;
        }

        @Override
        public void make() throws IOException {
            Path logs = Files.createDirectories(root.resolve("logs"));
            Files.writeString(logs.resolve("a.log"), "first\n");
            Files.writeString(logs.resolve("b.log"), "second\n");
            Files.writeString(logs.resolve("keep.txt"), "kept\n");
        }

        @Override
        public List<String> arguments() {
            return List.of("-", "LOG_DIR=" + root.resolve("logs"), "ARCHIVE_DIR=" + root.resolve("archive"));
        }

        @Override
        public String effects() throws Exception {
            try (Stream<Path> files = Files.walk(root)) {
                StringBuilder out = new StringBuilder();
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    out.append(root.relativize(file)).append(' ').append(file.toString().endsWith(".gz")
                            ? members(file) : Files.readString(file)).append('\n');
                }
                return out.toString();
            }
        }

        private static String members(Path archive) throws Exception {
            Process tar = new ProcessBuilder("tar", "-tzf", archive.toString()).start();
            String out = new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(tar.waitFor()).isZero();
            return out.replace('\n', ' ');
        }

        @Override
        public Map<String, String> names() {
            return Map.of(root.toString(), "ROOT");
        }
    }

    /** A directory and two databases. */
    private static final class SessionWorld implements World {

        private final Path root;
        private final String first = EmbeddedServer.get().freshDatabase();
        private final String second = EmbeddedServer.get().freshDatabase();

        SessionWorld(Path root) {
            this.root = root;
        }

        @Override
        public void make() throws IOException {
            Files.createDirectories(root);
        }

        @Override
        public List<String> arguments() {
            return List.of("-", "WORK_DIR=" + root, "OTHER_DB=" + second);
        }

        @Override
        public Map<String, String> environment() {
            EmbeddedServer server = EmbeddedServer.get();
            return Map.of("PGHOST", server.host(), "PGPORT", Integer.toString(server.port()), "PGUSER", server.user(),
                    "PGDATABASE", first);
        }

        @Override
        public String effects() throws IOException {
            return Files.readString(root.resolve("deep").resolve("shift.txt")) + EmbeddedServer.get().query(second,
                    "SELECT string_agg(name, ' ' ORDER BY name) FROM north.shifts");
        }

        @Override
        public Map<String, String> names() {
            return Map.of(root.toString(), "ROOT", first, "FIRST", second, "SECOND");
        }
    }
}
