package dev.stepmark.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.journal.Envelope;
import dev.stepmark.journal.Event;
import dev.stepmark.testing.EmbeddedServer;
import dev.stepmark.testing.Programs;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A person holds a transaction before its COMMIT, over the driver and through a real psql. */
class TransactionDialogueTest {

    private static final String KEY = "\\[[^\\]\\n]*\\?\\]";
    private static final String COMMIT = "Commit 2-3\\? \\[c commit, b roll back, w, q, \\?\\]";

    @TempDir
    Path root;
    private Workplace place;

    @BeforeEach
    void prepare() {
        place = new Workplace(root).withDatabase();
    }

    private Tmux atStep2(DatabaseDialogueTest.Route route, String attribute, String... blocks) {
        Assumptions.assumeTrue(route == DatabaseDialogueTest.Route.DRIVER || Programs.onPath("psql"),
                "needs psql on the path");
        StringBuilder text = new StringBuilder("# Orders\n\n1. Connect:\n\n   ```console\n   $ psql -h " + route.host()
                + " -p " + EmbeddedServer.get().port() + " -U postgres " + Workplace.DATABASE + "\n   ```\n");
        for (int i = 0; i < blocks.length; i++) {
            text.append("\n").append(i + 2).append(". Do it\n\n   ```sql").append(attribute).append("\n   ")
                    .append(blocks[i].replace("\n", "\n   ")).append("\n   ```\n");
        }
        place.with("orders.md", text.toString());
        Tmux terminal = place.terminal(100, 50);
        terminal.type("stepmark run orders.md", KEY);
        terminal.type("y", "Run 1: open the session\\? " + KEY);
        String asked = terminal.type("r", "2-3 in one transaction.*" + KEY);
        assertThat(asked).contains("[2/3]", "[3/3]", "Steps 2, 3 run in one transaction");
        return terminal;
    }

    private <T extends Event> List<T> events(Class<T> type) {
        return place.records().stream().map(Envelope::event).filter(type::isInstance).map(type::cast).toList();
    }

    @ParameterizedTest
    @EnumSource
    void isHeldWithItsCountsAndKept(DatabaseDialogueTest.Route route) {
        try (Tmux terminal = atStep2(route, " {transaction=tidy}", "DELETE FROM ordertable WHERE order_id > 40;",
                "UPDATE ordertable SET order_name = 'x' WHERE order_id < 3;")) {
            String held = terminal.type("delete ordertable", COMMIT);
            assertThat(held).contains("ok 2  3 rows", "not committed yet", "Transaction open on factoryinsight: 00:00:0",
                    "locks on ordertable", "nobody waits", "  2   DELETE 3", "  3   UPDATE 2",
                    "SQL that you type now runs inside it.").doesNotContain("rolls back in");
            assertThat(place.query("SELECT count(*) FROM ordertable")).as("others see nothing of it").containsExactly("43");
            assertThat(terminal.type("SELECT count(*) AS inside FROM ordertable;", COMMIT)).contains("|      40", "ok a1");
            assertThat(terminal.type("SELECT nonsense;", COMMIT)).contains("column \"nonsense\" does not exist", "FAILED a2");
            assertThat(terminal.type("SELECT count(*) AS still FROM ordertable;", COMMIT)).contains("|     40", "ok a3");
            assertThat(terminal.type("COMMIT;", COMMIT)).contains("it was not sent", "c keeps what the transaction did");
            assertThat(terminal.type("ROLLBACK;", COMMIT)).contains("it was not sent");
            assertThat(terminal.type("SELECT 1\\; END;", COMMIT)).contains("it was not sent");
            assertThat(terminal.type("VACUUM ordertable;", COMMIT)).contains("VACUUM cannot run in a transaction",
                    "The statement was not", "c commits first, b rolls back first");
            assertThat(terminal.type("\\i other.sql", COMMIT)).contains("it was not sent");
            assertThat(terminal.type("c", Tmux.SHELL)).containsPattern("committed 2-3  xid \\d+, 00:00:\\d\\d after");
        }
        assertThat(place.query("SELECT count(*) FROM ordertable")).containsExactly("40");
        assertThat(events(Event.TransactionEnding.class)).singleElement().satisfies(e -> {
            assertThat(e.intent()).isEqualTo("commit");
            assertThat(e.xid()).matches("\\d+");
            assertThat(e.systemIdentifier()).matches("\\d+");
            assertThat(e.timeline()).isEqualTo("00000001");
        });
        assertThat(events(Event.TransactionEnded.class)).singleElement().extracting(Event.TransactionEnded::how)
                .isEqualTo("committed");
    }

    @ParameterizedTest
    @EnumSource
    void whoWaitsIsSeenAndARollbackOffersItAgain(DatabaseDialogueTest.Route route) throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (Tmux terminal = atStep2(route, "", "BEGIN;\nLOCK TABLE ordertable IN SHARE ROW EXCLUSIVE MODE;\n"
                + "UPDATE ordertable SET order_name = 'y' WHERE order_id = 1;", "SELECT pg_sleep(0);\nCOMMIT;");
                Connection writer = EmbeddedServer.get().connect(Workplace.DATABASE); Statement statement =
                        writer.createStatement()) {
            String held = terminal.type("r", COMMIT);
            assertThat(held).containsPattern("nobody waits, rolls back in\\s+00:00:30");
            Future<Integer> waiting = other.submit(() -> statement.executeUpdate(
                    "UPDATE ordertable SET order_name = 'z' WHERE order_id = 1"));
            awaitWaiting();
            assertThat(terminal.type("b", "2-3 in one transaction.*" + KEY)).contains("rolled back 2-3  the operator rolled"
                    + " back");
            assertThat(waiting.get()).isOne();
            assertThat(place.query("SELECT order_name FROM ordertable WHERE order_id = 1")).containsExactly("z");
            assertThat(terminal.type("r", COMMIT)).contains("Transaction open on");
            terminal.type("q", "Stop here\\? .*" + KEY);
            assertThat(terminal.type("y", Tmux.SHELL)).contains("rolled back 2-3  the run was stopped", "2 to do");
        } finally {
            other.shutdownNow();
        }
        assertThat(events(Event.TransactionEnded.class)).extracting(Event.TransactionEnded::how).containsExactly(
                "rolled-back", "rolled-back");
    }

    @ParameterizedTest
    @EnumSource
    void aFailureUndoesAllOfIt(DatabaseDialogueTest.Route route) {
        try (Tmux terminal = atStep2(route, " {transaction=tidy}", "UPDATE ordertable SET order_name = 'x' WHERE order_id < 3;",
                "UPDATE ordertable SET order_id = 5 WHERE order_id = 4;")) {
            String failed = terminal.type("r", "2-3 in one transaction.*" + KEY);
            assertThat(failed).contains("ok 2  2 rows", "FAILED 3  ", "23505",
                    "all of the transaction was undone: steps 2, 3; nothing of it was kept");
            assertThat(place.query("SELECT count(*) FROM ordertable WHERE order_name = 'x'")).containsExactly("0");
            assertThat(terminal.type("/list", KEY)).contains("  2  rolled back", "  3  failed");
            terminal.type("s", "Why skip 2-3.*:");
            assertThat(terminal.type("later", Tmux.SHELL)).contains("skipped 2-3", "2 skipped");
        }
    }

    private void awaitWaiting() {
        long end = System.nanoTime() + java.time.Duration.ofSeconds(60).toNanos();
        while (place.query("SELECT 1 FROM pg_locks WHERE NOT granted").isEmpty()) {
            assertThat(System.nanoTime()).as("the other session waits").isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
