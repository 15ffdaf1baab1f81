package dev.stepmark.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.journal.Envelope;
import dev.stepmark.journal.Event;
import dev.stepmark.testing.EmbeddedServer;
import dev.stepmark.testing.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A person at a database, over the driver and through a real psql: Ctrl-C, a crash, questions of psql's language. */
class DatabaseDialogueTest {

    private static final String RUN = "stepmark run orders.md";
    private static final String KEY = "\\[[^\\]\\n]*\\?\\]";
    private static final String CTRL_C = "\u0003";
    private static final String PASSWORD = "Str0ng-pw-4711";
    private static final String ROLE = "dialogue_role";

    @TempDir
    Path root;
    private Workplace place;

    /** How the database is reached. */
    enum Route {
        DRIVER, PSQL;

        String host() {
            return this == DRIVER ? EmbeddedServer.get().host() : EmbeddedServer.get().sockets().toString();
        }

        String kind() {
            return this == DRIVER ? "jdbc" : "psql";
        }
    }

    @BeforeEach
    void prepare() {
        place = new Workplace(root).withDatabase();
    }

    private Tmux atStep2(Route route, String... blocks) {
        Assumptions.assumeTrue(route == Route.DRIVER || Programs.onPath("psql"), "needs psql on the path");
        StringBuilder text = new StringBuilder("# Orders\n\n1. Connect:\n\n   ```console\n   $ psql -h " + route.host()
                + " -p " + EmbeddedServer.get().port() + " -U postgres " + Workplace.DATABASE + "\n   ```\n");
        for (int i = 0; i < blocks.length; i++) {
            text.append("\n").append(i + 2).append(". Do it\n\n   ```sql\n   ").append(blocks[i].replace("\n", "\n   "))
                    .append("\n   ```\n");
        }
        place.with("orders.md", text.toString());
        Tmux terminal = place.terminal(100, 40);
        terminal.type(RUN, KEY);
        terminal.type("y", "Run 1: open the session\\? " + KEY);
        terminal.type("r", "Run 2 .*" + KEY);
        assertThat(place.records().stream().map(Envelope::event).filter(Event.SessionOpened.class::isInstance)
                .map(e -> ((Event.SessionOpened) e).kind())).containsExactly(route.kind());
        return terminal;
    }

    @ParameterizedTest
    @EnumSource
    void ctrlCReachesTheServerAndTheSessionLivesOn(Route route) {
        try (Tmux terminal = atStep2(route, "SET statement_timeout = '55s';\nSELECT pg_sleep(60);", "SHOW statement_timeout;")) {
            int from = terminal.line();
            terminal.keys("r\r");
            terminal.seen(from, "running 2  00:00:0");
            awaitSleeping(1);
            terminal.keys(CTRL_C);
            String cancelled = terminal.await(from + 1, "What now\\? " + KEY);
            assertThat(cancelled).contains("asked the server (pid ", "cancelled 2", "57014");
            awaitSleeping(0);
            terminal.type("s", "Why skip 2.*:");
            terminal.type("seen enough", "Run 3 .*" + KEY);
            assertThat(terminal.type("r", Tmux.SHELL)).contains("|  55s", "ok 3");
        }
    }

    @ParameterizedTest
    @EnumSource
    void afterAKillTheStatementIsInDoubtAndTheSessionIsOpenedAgain(Route route) {
        try (Tmux terminal = atStep2(route, "\\set who it", "SELECT pg_sleep(60);", "SELECT :'who' || ' lives' AS says;")) {
            terminal.type("r", "Run 3 .*" + KEY);
            int from = terminal.line();
            terminal.keys("r\r");
            terminal.seen(from, "running 3  00:00:0");
            awaitSleeping(1);
            assertThat(terminal.program().destroyForcibly()).as("signal 9 was sent").isTrue();
            terminal.await(from + 1, Tmux.SHELL);
            terminal.type("stty sane", Tmux.SHELL);
            assertThat(terminal.type(RUN, "Go on with run [a-z0-9]{4}\\? \\[y,n,q,\\?\\]")).contains("in doubt: 3");
            String doubt = terminal.type("y", "\\[[^\\]\\n]*\\?\\]");
            assertThat(doubt).contains("IN DOUBT 3", "pg_sleep");
            assertThat(place.records().stream().map(Envelope::event).filter(Event.ExecStarted.class::isInstance)
                    .map(e -> ((Event.ExecStarted) e).unit().step())).filteredOn(s -> s.equals("3")).hasSize(1);
            terminal.type("m", "Why is 3 done\\? .*:");
            terminal.type("it only waited", "Type \"done 3\" to mark it done " + KEY);
            terminal.type("done 3", "Run 4 .*" + KEY);
            assertThat(terminal.type("r", Tmux.SHELL)).as("psql's variables are back").contains("|  it lives", "ok 4");
        } finally {
            EmbeddedServer.get().execute("postgres",
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatPsqlAsksIsAskedHereAndAPasswordIsNowhere(Route route) throws IOException {
        EmbeddedServer server = EmbeddedServer.get();
        server.execute("postgres", "DROP ROLE IF EXISTS " + ROLE, "CREATE ROLE " + ROLE);
        try (Tmux terminal = atStep2(route, "\\prompt 'Which order? ' name\nSELECT :'name' || '!' AS picked;",
                "\\prompt 'Token: ' api_token\nSELECT length(:'api_token') AS long;", "\\password " + ROLE)) {
            terminal.type("r", "Which order\\?\\s*:?");
            assertThat(terminal.type("WO-17", "Run 3 .*" + KEY)).contains("|  WO-17!", "ok 2");
            terminal.type("r", "Token: .*:");
            assertThat(terminal.type(PASSWORD, "Run 4 .*" + KEY)).contains("|    14", "ok 3");
            terminal.type("r", "Enter new password for user \"" + ROLE + "\": .*:");
            terminal.type(PASSWORD, "Enter it again: .*:");
            assertThat(terminal.type("something else", "What now\\? " + KEY)).contains("Passwords didn't match.", "FAILED 4");
            terminal.type("r", "Enter new password for user .*:");
            terminal.type(PASSWORD, "Enter it again: .*:");
            assertThat(terminal.type(PASSWORD, Tmux.SHELL)).contains("ok 4", "Finished");
            assertThat(terminal.all()).doesNotContain(PASSWORD, "something else");
        }
        assertThat(server.query("postgres", "SELECT rolpassword FROM pg_authid WHERE rolname = '" + ROLE + "'"))
                .startsWith("SCRAM-SHA-256$");
        server.execute("postgres", "DROP ROLE " + ROLE);
        assertThat(kept()).isNotEmpty().allMatch(text -> !text.contains(PASSWORD) && !text.contains("something else"));
    }

    private List<String> kept() throws IOException {
        try (Stream<Path> files = Files.walk(root.resolve("home"))) {
            return files.filter(Files::isRegularFile).map(file -> {
                try {
                    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }).toList();
        }
    }

    private void awaitSleeping(int count) {
        String query = "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'SELECT pg_sleep(60)%'";
        long end = System.nanoTime() + java.time.Duration.ofSeconds(60).toNanos();
        while (!EmbeddedServer.get().query("postgres", query).equals(Integer.toString(count))) {
            assertThat(System.nanoTime()).as("%d statements sleep at the server", count).isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
