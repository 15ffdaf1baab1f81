package dev.stepmark.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.journal.StepState;
import dev.stepmark.testing.Cli;
import dev.stepmark.testing.EmbeddedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers that cannot be reached, that refuse, and that go away. */
class ServersTest extends BadInput {

    private final EmbeddedServer server = EmbeddedServer.get();

    private String threeStatements(String second) {
        return document("# Work", "", "## First", "", "```sql {connection=orders}",
                "CREATE TABLE first AS SELECT 1 AS a;", "```", "", "## Second", "", "```sql {connection=orders}", second,
                "```", "", "## Third", "", "```sql {connection=orders}", "CREATE TABLE third AS SELECT 3 AS a;", "```");
    }

    private Cli.Result run(String file, String url, String... more) {
        String[] all = new String[more.length + 5];
        System.arraycopy(new String[] {"run", file, "--yes", "--connect", "orders=" + url}, 0, all, 0, 5);
        System.arraycopy(more, 0, all, 5, more.length);
        return cli.run(all);
    }

    private void nothingStarted(Cli.Result result, String... words) {
        says(result, REFUSED, words);
        says(result, REFUSED, "No step was started", "Try: ");
        log(StepState.PENDING, StepState.PENDING, StepState.PENDING);
    }

    @Test
    void nothingListens() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        nothingStarted(run(threeStatements("SELECT 2;"), "postgresql://postgres@localhost:" + port + "/orders"),
                "cannot reach the database: connection to localhost:" + port + " was refused", "Nothing listens there");
    }

    @Test
    void thePasswordIsWrong() {
        cli.with("PGPASSWORD", "not the right one");
        Cli.Result result = run(threeStatements("SELECT 2;"), "postgresql://" + EmbeddedServer.SCRAM_USER
                + "@localhost:" + server.port() + "/postgres");
        nothingStarted(result, "refused the password for user " + EmbeddedServer.SCRAM_USER, "28P01");
        assertThat(result.all()).doesNotContain("not the right one");
    }

    @Test
    void thePasswordIsMissing() {
        nothingStarted(run(threeStatements("SELECT 2;"), "postgresql://" + EmbeddedServer.SCRAM_USER + "@localhost:"
                + server.port() + "/postgres"), "wants a password for user " + EmbeddedServer.SCRAM_USER,
                "none was found", "~/.pgpass");
    }

    @Test
    void theDatabaseIsMissing() {
        nothingStarted(run(threeStatements("SELECT 2;"), server.url("there_is_none")),
                "there is no database there_is_none on localhost:" + server.port(), "3D000");
    }

    @Test
    void theServerIsTooOld() {
        String file = document("---", "requires: {postgresql: \">=99\"}", "---", "", "# Work", "",
                "```sql {connection=orders}", "SELECT 1;", "```");
        says(run(file, server.url(server.freshDatabase())), REFUSED, "99", "15");
        log(StepState.PENDING);
    }

    @Test
    void aStatementFails() {
        String database = server.freshDatabase();
        says(run(threeStatements("INSERT INTO nowhere VALUES (1);"), server.url(database)), FAILED, "FAILED 2",
                "relation \"nowhere\" does not exist", "42P01", "the server undid this statement");
        log(StepState.DONE, StepState.FAILED, StepState.PENDING);
        assertThat(tables(database)).isEqualTo("first");
    }

    @Test
    @Timeout(120)
    void theConnectionIsLostInTheMiddleOfAStatement() throws Exception {
        String database = server.freshDatabase();
        String file = threeStatements("INSERT INTO first SELECT 2 FROM pg_sleep(600);");
        CompletableFuture<Cli.Result> running = CompletableFuture.supplyAsync(() -> run(file, server.url(database)));
        terminate(database, running);
        Cli.Result result = running.get(60, TimeUnit.SECONDS);
        says(result, IN_DOUBT, "IN DOUBT 2", "57P01", "it may have happened, or not: look before you decide",
                "Go on stepmark run");
        log(StepState.DONE, StepState.IN_DOUBT, StepState.PENDING);
        assertThat(tables(database)).isEqualTo("first");

        says(run(file, server.url(database)), REFUSED, "is not finished", "--answer resume=yes");
        says(run(file, server.url(database), "--answer", "resume=yes"), IN_DOUBT, "2");
        assertThat(tables(database)).as("what is in doubt is never run again by itself").isEqualTo("first");
        says(run(file, server.url(database), "--answer", "resume=yes", "--answer", "step-2.doubt=done"), DONE, "ok 3");
        assertThat(tables(database)).isEqualTo("first third");
        log(StepState.DONE, StepState.DONE, StepState.DONE);
    }

    /** Waits for the statement to be running, then ends its backend. */
    private void terminate(String database, CompletableFuture<?> running) throws Exception {
        String find = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + database
                + "' AND query LIKE 'INSERT INTO first%' AND state = 'active'";
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        try (Connection connection = server.connect("postgres"); Statement statement = connection.createStatement()) {
            while (System.nanoTime() < deadline) {
                try (ResultSet rows = statement.executeQuery(find)) {
                    if (rows.next()) {
                        return;
                    }
                }
                try {
                    running.get(50, TimeUnit.MILLISECONDS);
                    return; // it ended early: the assertions say how
                } catch (TimeoutException e) {
                    continue;
                }
            }
        }
        throw new AssertionError("the statement never ran");
    }

    private String tables(String database) {
        try (Connection connection = server.connect(database); Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT coalesce(string_agg(relname, ' ' ORDER BY relname), '')"
                        + " FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
