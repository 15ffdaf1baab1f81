package dev.stepmark.report;

import dev.stepmark.journal.Event;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What became of transactions, for people. */
final class TransactionLines {

    private final Map<String, Event.TransactionOpened> opened = new HashMap<>();
    private final Map<String, String> xids = new HashMap<>();

    /** One line: the steps of the transaction, how it ended, and what that rests on. */
    record Line(String steps, String word, String text) { }

    /** The line of an event; its beginning and its intent have none of their own. */
    Optional<Line> line(Event event) {
        if (event instanceof Event.TransactionOpened e) {
            opened.put(e.transaction(), e);
        } else if (event instanceof Event.TransactionEnding e && e.xid().matches("\\d+")) {
            xids.put(e.transaction(), e.xid());
        } else if (event instanceof Event.TransactionEnded e) {
            String xid = xids.getOrDefault(e.transaction(), "");
            return Optional.of(new Line(steps(e.transaction()), e.how().replace('-', ' '), e.evidence() + (xid.isEmpty() ? ""
                    : ", xid " + xid)));
        }
        return Optional.empty();
    }

    private String steps(String transaction) {
        Event.TransactionOpened begin = opened.get(transaction);
        List<String> steps = begin == null ? List.of() : begin.units().stream().map(u -> u.step()).distinct().toList();
        return steps.isEmpty() ? transaction : steps.size() == 1 ? steps.get(0) : steps.get(0) + "-"
                + steps.get(steps.size() - 1);
    }
}
