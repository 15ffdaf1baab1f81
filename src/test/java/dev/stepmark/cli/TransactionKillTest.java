package dev.stepmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.journal.Envelope;
import dev.stepmark.journal.Event;
import dev.stepmark.journal.JournalReader;
import dev.stepmark.journal.JournalVerifier;
import dev.stepmark.journal.RunState;
import dev.stepmark.testing.EmbeddedServer;
import dev.stepmark.testing.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program is killed with signal 9 after every single record of a run with a transaction across steps, and started
 * again: the transaction happened once and whole, and nobody was asked what became of it, because the server knows.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class TransactionKillTest {

    private static final int KILLED = 137;
    private static final String STEPS = """
            # Move

            1. Connect:

               ```console
               $ psql -h HOST -p PORT -U postgres DATABASE
               ```

            2. Take it out

               ```sqlNAMED
               BEGIN;
               DELETE FROM stock WHERE place = 'a';
               ```

            3. Put it in

               ```sqlNAMED
               INSERT INTO stock VALUES ('b', 7);
               COMMIT;
               ```

            4. Look

               ```sql
               SELECT count(*) FROM stock;
               ```
            """;

    @TempDir
    private Path directory;

    @Test
    void named() throws Exception {
        sweep("named", STEPS.replace("NAMED", " {transaction=move}").replace("   BEGIN;\n", "").replace("   COMMIT;\n", ""),
                EmbeddedServer.get().host());
    }

    @Test
    void writtenByTheDocument() throws Exception {
        sweep("written", STEPS.replace("NAMED", ""), EmbeddedServer.get().host());
    }

    @Test
    void throughPsql() throws Exception {
        Assumptions.assumeTrue(Programs.onPath("psql"), "needs psql on the path");
        sweep("psql", STEPS.replace("NAMED", " {transaction=move}").replace("   BEGIN;\n", "").replace("   COMMIT;\n", ""),
                EmbeddedServer.get().sockets().toString());
    }

    private void sweep(String name, String text, String host) throws Exception {
        EmbeddedServer server = EmbeddedServer.get();
        int records = Integer.MAX_VALUE;
        int decided = 0;
        for (int after = 0; after < records; after++) {
            String database = server.freshDatabase();
            server.execute(database, "CREATE TABLE stock (place text PRIMARY KEY, amount int)",
                    "INSERT INTO stock VALUES ('a', 7)");
            Path place = Files.createDirectories(directory.resolve(name + after));
            Path runbook = Files.writeString(place.resolve("move.md"), text.replace("HOST", host).replace("PORT",
                    Integer.toString(server.port())).replace("DATABASE", database));
            if (after > 0) {
                assertThat(start(place, runbook, after)).as("killed after %d", after).isEqualTo(KILLED);
            }
            assertThat(start(place, runbook, 0)).as("%s goes on after %d: %s", name, after, output(place)).isZero();
            assertThat(server.query(database, "SELECT string_agg(place || amount, ' ') FROM stock")).as("after %d", after)
                    .isEqualTo("b7");
            List<Envelope> events = events(place);
            records = after == 0 ? events.size() : records;
            decided += (int) events.stream().map(Envelope::event).filter(e -> e instanceof Event.TransactionEnded ended
                    && ended.evidence().startsWith("pg_xact_status")).count();
            assertThat(RunState.of(events).inDoubt()).isEmpty();
            assertThat(Files.readAllLines(place.resolve("questions"))).as("after %d", after).noneMatch(q ->
                    q.contains(".doubt") && !q.startsWith("step-4") && !q.startsWith("step-1"));
        }
        assertThat(records).isGreaterThan(20);
        assertThat(decided).as("a COMMIT without an answer was there, and the server said what became of it").isPositive();
    }

    private static List<Envelope> events(Path place) throws Exception {
        try (Stream<Path> files = Files.list(place.resolve("runs"))) {
            Path run = files.filter(Files::isDirectory).toList().get(0);
            assertThat(JournalVerifier.verify(run).status()).isEqualTo(JournalVerifier.Status.CONSISTENT);
            return JournalReader.read(run.resolve("journal.jsonl")).events();
        }
    }

    private static String output(Path place) throws Exception {
        return Files.exists(place.resolve("out-0")) ? Files.readString(place.resolve("out-0")) : "";
    }

    private static int start(Path place, Path runbook, int deadly) throws Exception {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", "-cp", System.getProperty("java.class.path"),
                CrashingMain.class.getName(), runbook.toString(), place.resolve("runs").toString(), place.resolve("questions")
                        .toString(), Integer.toString(deadly), "-"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(place.resolve("out-"
                + deadly).toFile()).redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().keySet().removeIf(k -> k.startsWith("PG"));
        Process process = builder.start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("it ends").isTrue();
        return process.exitValue();
    }
}
