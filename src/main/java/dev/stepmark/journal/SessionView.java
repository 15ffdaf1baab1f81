package dev.stepmark.journal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A session as the events tell it.
 *
 * @param opened   how it was opened last
 * @param seq      position of that event
 * @param cwd      directory it went to, or empty
 * @param database database it went to, or empty
 * @param settings settings that were set, {@code name=value}, the last value of each
 * @param names    variables and functions that appeared or changed
 * @param lost     whether it broke, or the process that held it is gone
 * @param closed   whether it was closed as the plan says
 */
public record SessionView(Event.SessionOpened opened, long seq, String cwd, String database, List<String> settings,
        List<String> names, boolean lost, boolean closed) {

    public SessionView {
        settings = List.copyOf(settings);
        names = List.copyOf(names);
    }

    /** Whether text can be run in it now. */
    public boolean usable() {
        return !lost && !closed;
    }

    /** A session opened anew in place of a lost one keeps what is known: it is what must be set up again. */
    static SessionView open(Event.SessionOpened opened, long seq, SessionView before) {
        if (before == null || opened.replaces() < 0) {
            return new SessionView(opened, seq, "", "", List.of(), List.of(), false, false);
        }
        return new SessionView(opened, seq, before.cwd, before.database, before.settings, before.names, false, false);
    }

    SessionView changed(Event.SessionChanged change) {
        Map<String, String> byName = new LinkedHashMap<>();
        settings.forEach(s -> byName.put(nameOf(s), s));
        change.settings().forEach(s -> byName.put(nameOf(s), s));
        Set<String> allNames = new LinkedHashSet<>(names);
        allNames.addAll(change.names());
        return new SessionView(opened, seq, change.cwd().isEmpty() ? cwd : change.cwd(),
                change.database().isEmpty() ? database : change.database(), new ArrayList<>(byName.values()),
                new ArrayList<>(allNames), lost, closed);
    }

    private static String nameOf(String setting) {
        int at = setting.indexOf('=');
        return at < 0 ? setting : setting.substring(0, at).strip();
    }

    SessionView ended(String how) {
        boolean close = how.equals("closed");
        return new SessionView(opened, seq, cwd, database, settings, names, lost || !close, closed || close);
    }
}
