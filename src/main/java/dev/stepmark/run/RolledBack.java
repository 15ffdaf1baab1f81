package dev.stepmark.run;

import dev.stepmark.journal.Event;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Takes settings of the server back that were made in a transaction which was rolled back: SET is undone with it. */
final class RolledBack {

    private final Map<String, String> settings;
    private final Set<String> forgotten;
    private Kept beforeText;
    private Kept beforeTransaction;
    private String transaction = "";

    /** What stood before. */
    private record Kept(Map<String, String> settings, Set<String> forgotten) { }

    /**
     * @param settings  of the session; changed here
     * @param forgotten names without a known value; changed here
     */
    RolledBack(Map<String, String> settings, Set<String> forgotten) {
        this.settings = settings;
        this.forgotten = forgotten;
        this.beforeText = now();
    }

    private Kept now() {
        return new Kept(new LinkedHashMap<>(settings), new LinkedHashSet<>(forgotten));
    }

    /** Takes an event before the session's own changes by it are noted. */
    void see(Event event, String session) {
        if (event instanceof Event.ExecStarted e && e.session().equals(session)) {
            beforeText = now();
        } else if (event instanceof Event.TransactionOpened e && e.session().equals(session)) {
            // what the text that opened it has set is recorded before this
            beforeTransaction = beforeText;
            transaction = e.transaction();
        } else if (event instanceof Event.TransactionEnded e && e.transaction().equals(transaction)) {
            ended(e.how());
        }
    }

    private void ended(String how) {
        if (how.equals("unknown")) {
            settings.forEach((name, value) -> {
                if (!Replay.ofPsql(name) && !value.equals(beforeTransaction.settings().get(name))) {
                    forgotten.add(name);
                }
            });
            settings.keySet().removeIf(name -> forgotten.contains(name) && !Replay.ofPsql(name));
        } else if (!how.equals("committed")) {
            restore();
        }
        transaction = "";
    }

    /** The connection is gone, and what was open with it. */
    void lost() {
        if (!transaction.isEmpty()) {
            restore();
            transaction = "";
        }
    }

    private void restore() {
        settings.keySet().removeIf(name -> !Replay.ofPsql(name));
        forgotten.removeIf(name -> !Replay.ofPsql(name));
        beforeTransaction.settings().forEach((name, value) -> {
            if (!Replay.ofPsql(name)) {
                settings.put(name, value);
            }
        });
        beforeTransaction.forgotten().stream().filter(name -> !Replay.ofPsql(name)).forEach(forgotten::add);
    }
}
