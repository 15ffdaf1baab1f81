package dev.stepmark.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.journal.Envelope;
import dev.stepmark.journal.Event;
import dev.stepmark.testing.MariaServer;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person at a MariaDB, through the real client. */
class MysqlDialogueTest {

    private static final String KEY = "\\[[^\\]\\n]*\\?\\]";
    private static final String CTRL_C = "\u0003";
    private static final String RUNBOOK = """
            # Orders

            1. Connect:

               ```console
               $ mysql --no-defaults -h 127.0.0.1 -P %d -u %s -p %s
               ```

            2. Wait:

               ```sql
               SELECT sleep(60) AS slept;
               ```

            3. Look:

               ```sql
               SELECT 'bolt' AS name, 12 AS pieces;
               ```
            """;

    @TempDir
    Path root;
    private MariaServer server;

    @BeforeEach
    void needsMariaDb() {
        server = MariaServer.get();
    }

    @Test
    void thePasswordIsAskedForAndCtrlCReachesTheServerAndTheSessionLivesOn() {
        String database = server.freshDatabase();
        Workplace place = new Workplace(root).with("orders.md", RUNBOOK.formatted(server.port(), MariaServer.SECRET_USER,
                database));
        try (Tmux terminal = place.terminal(100, 40)) {
            terminal.type("stepmark run orders.md", KEY);
            String card = terminal.type("y", "Run 1: open the session\\? " + KEY);
            assertThat(card).contains("Opens", database + " as " + MariaServer.SECRET_USER + " on 127.0.0.1:" + server.port());
            terminal.type("r", "\\(not shown, not logged\\): ?");
            String opened = terminal.type(MariaServer.SECRET, "Run 2 .*" + KEY);
            assertThat(opened).contains("ok 1  session mysql is open: " + database + " as " + MariaServer.SECRET_USER);
            int from = terminal.line();
            terminal.keys("r\r");
            terminal.seen(from, "running 2  00:00:0");
            while (server.query("mysql", "SELECT count(*) FROM information_schema.processlist WHERE info LIKE"
                    + " 'SELECT sleep%'").equals("0")) {
                Thread.onSpinWait();
            }
            terminal.keys(CTRL_C);
            String cancelled = terminal.await(from + 1, "What now\\? " + KEY);
            assertThat(cancelled).contains("asked the server by a second", "KILL QUERY ", "cancelled 2", "1317 (70100)");
            terminal.type("SELECT 'still here' AS words;", "What now\\? " + KEY);
            terminal.type("s", "log\\): ?");
            terminal.type("long enough", "Run 3 .*" + KEY);
            String done = terminal.type("r", "\\$");
            assertThat(done).contains("| bolt |     12 |", "ok 3  1 row");
            assertThat(terminal.all()).contains("| still here |").doesNotContain(MariaServer.SECRET.substring(0, 4));
        }
        assertThat(place.records().stream().map(Envelope::event).filter(Event.SessionOpened.class::isInstance)
                .map(e -> ((Event.SessionOpened) e).kind())).containsExactly("mysql");
    }
}
