package dev.stepmark.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.journal.Event;
import dev.stepmark.journal.Unit;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** SET is undone with the transaction around it; what psql itself was told is not. */
class RolledBackTest {

    private final Map<String, String> settings = new LinkedHashMap<>(Map.of("jit", "off"));
    private final Set<String> forgotten = new LinkedHashSet<>();
    private final RolledBack undone = new RolledBack(settings, forgotten);

    private void text(String... set) {
        see(new Event.ExecStarted("x1", "", Event.Origin.STEP, Unit.RUN, 1, "db", "", "", "", "", false, ""));
        for (String setting : set) {
            settings.put(setting.split("=")[0], setting.split("=")[1]);
        }
    }

    private void see(Event event) {
        undone.see(event, "db");
    }

    private void opens() {
        see(new Event.TransactionOpened("t1", "db", List.of()));
    }

    private void ends(String how) {
        see(new Event.TransactionEnded("t1", how, ""));
    }

    @Test
    void aRollbackTakesBackWhatTheServerWasTold() {
        text("geqo=off");
        opens();
        text("jit=on", "\\set a=1");
        text("\\pset border=2");
        forgotten.add("lock_timeout");
        text();
        ends("rolled-back");
        assertThat(settings).isEqualTo(Map.of("jit", "off", "\\set a", "1", "\\pset border", "2"));
        assertThat(forgotten).isEmpty();
    }

    @Test
    void aCommitKeepsIt() {
        text();
        opens();
        text("jit=on");
        ends("committed");
        undone.lost();
        assertThat(settings).isEqualTo(Map.of("jit", "on"));
    }

    @Test
    void whatIsOpenEndsWithItsConnection() {
        text();
        opens();
        text("jit=on", "geqo=off");
        undone.lost();
        assertThat(settings).isEqualTo(Map.of("jit", "off"));
    }

    @Test
    void whereNobodyKnowsHowItEndedNobodyKnowsTheSetting() {
        text();
        opens();
        text("jit=on");
        ends("unknown");
        assertThat(settings).isEmpty();
        assertThat(forgotten).containsExactly("jit");
    }

    @Test
    void anotherSessionsTransactionIsNone() {
        text("geqo=off");
        see(new Event.TransactionOpened("t1", "other", List.of()));
        ends("rolled-back");
        assertThat(settings).isEqualTo(Map.of("jit", "off", "geqo", "off"));
    }
}
