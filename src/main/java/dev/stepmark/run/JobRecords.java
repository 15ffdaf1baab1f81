package dev.stepmark.run;

import dev.stepmark.journal.Execution;
import dev.stepmark.journal.RunState;
import dev.stepmark.journal.Unit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the log tells of executions in the background. */
final class JobRecords {

    /** Begin of what is recorded of one that did not end by itself. */
    static final String STOPPED = "stopped: ";
    private static final String BY_OPERATOR = STOPPED + "by the operator";

    private JobRecords() { }

    /** Those of which no end is recorded. */
    static List<Execution> open(RunState state) {
        return state.executions().stream().filter(e -> e.started().background() && e.finished().isEmpty()).toList();
    }

    /** The last of each unit, where it was stopped and not by the operator. */
    static List<Execution> stopped(RunState state) {
        Map<Unit, Execution> last = new LinkedHashMap<>();
        state.executions().stream().filter(e -> e.started().background()).forEach(e -> last.put(e.started().unit(), e));
        return last.values().stream().filter(e -> e.finished().map(f -> f.outcome().equals("ended")
                && f.message().startsWith(STOPPED) && !f.message().equals(BY_OPERATOR)).orElse(false)).toList();
    }
}
