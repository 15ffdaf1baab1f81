package dev.stepmark.run;

import dev.stepmark.journal.Envelope;
import dev.stepmark.journal.Event;
import dev.stepmark.journal.Execution;
import dev.stepmark.session.Opened;
import dev.stepmark.session.OutputSink;
import dev.stepmark.session.Request;
import dev.stepmark.session.Session;
import dev.stepmark.shell.ShellQuote;
import dev.stepmark.sql.MetaCommand;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What brings a session back to where it was: the directory, the database and the literal settings that the log has.
 * Effects are never run again; what the log cannot bring back is said.
 */
final class Replay {

    private static final String NOT_KEPT = "(not kept)";
    private static final String SET = "\\set ";
    /** RESET ALL and DISCARD ALL as the log has them. */
    private static final Set<String> ALL = Set.of("all", "discard all");
    private static final String UNSET = "\\unset ";

    private final long opened;
    private final Event.SessionOpened first;
    private final boolean sql;
    private boolean elsewhere;
    private String cwd = "";
    private String database = "";
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final Set<String> forgotten = new LinkedHashSet<>();
    private final RolledBack undone = new RolledBack(settings, forgotten);

    private Replay(long opened, Event.SessionOpened first) {
        this.opened = opened;
        this.first = first;
        this.sql = !first.kind().equals("bash") && !first.kind().equals("sh") && !first.kind().equals("fake");
    }

    /** What a former opening of this session left behind; empty when it was never open, or was closed on purpose. */
    static Optional<Replay> of(Log log, String session) {
        Replay replay = null;
        for (Envelope envelope : log.events()) {
            Event event = envelope.event();
            if (replay != null) {
                replay.undone.see(event, session);
            }
            if (event instanceof Event.SessionOpened e && e.session().equals(session)) {
                replay = e.replaces() >= 0 && replay != null ? replay : new Replay(envelope.seq(), e);
            } else if (event instanceof Event.SessionEnded e && e.session().equals(session)) {
                replay = e.how().equals("lost") || e.reason().equals(Ends.STOPPED) ? replay : null;
            } else if (event instanceof Event.SessionChanged e && e.session().equals(session) && replay != null) {
                replay.changed(e);
                replay.elsewhere |= !e.database().isEmpty() && log.state().execution(e.exec())
                        .map(x -> toAnotherServer(log, x)).orElse(false);
            }
        }
        if (replay != null) {
            // what was open is rolled back by the end of its connection
            replay.undone.lost();
        }
        return Optional.ofNullable(replay);
    }

    /** {@code \\c database user host port}: the log keeps the database only. */
    private static boolean toAnotherServer(Log log, Execution execution) {
        String text = new String(log.artefact(execution.started().text()), StandardCharsets.UTF_8);
        MetaCommand command = MetaCommand.parse(text);
        boolean connects = command.name().equals("\\c") || command.name().equals("\\connect");
        // a connection string can say anything, and a script can go anywhere
        return !connects || command.arguments().stream().anyMatch(a -> a.contains("=") || a.contains("://"))
                || command.arguments().stream().skip(1).anyMatch(a -> !a.equals("-"));
    }

    private void changed(Event.SessionChanged change) {
        cwd = change.cwd().isEmpty() ? cwd : change.cwd();
        if (!change.database().isEmpty()) {
            database = change.database();
            // psql's own settings outlive a connection
            settings.keySet().removeIf(name -> !ofPsql(name));
        }
        Set<String> literal = new LinkedHashSet<>();
        for (String setting : change.settings()) {
            int equals = setting.indexOf('=');
            if (ALL.contains(setting.substring(0, equals))) {
                settings.keySet().removeIf(name -> !ofPsql(name));
                forgotten.removeIf(name -> !ofPsql(name));
                continue;
            }
            if (setting.startsWith(UNSET)) {
                forget(SET + setting.substring(UNSET.length(), equals));
                continue;
            }
            if (setting.endsWith("=" + NOT_KEPT)) {
                forgotten.add(setting.substring(0, equals));
                settings.remove(setting.substring(0, equals));
                continue;
            }
            settings.put(setting.substring(0, equals), setting.substring(equals + 1));
            literal.add(setting.substring(0, equals));
        }
        change.names().stream().filter(n -> !literal.contains(n)).forEach(forgotten::add);
        forgotten.removeAll(literal);
    }

    private void forget(String name) {
        settings.remove(name);
        forgotten.remove(name);
    }

    /** A command of psql up to its argument, {@code \\set table}, and not the name of a setting of the server. */
    static boolean ofPsql(String name) {
        return name.startsWith("\\");
    }

    long opened() {
        return opened;
    }

    String cwd() {
        return cwd;
    }

    String database() {
        return database;
    }

    /** What will be done, and what cannot be, for people. */
    List<String> announce() {
        List<String> out = new ArrayList<>();
        if (!cwd.isEmpty()) {
            out.add("then in the directory " + cwd);
        }
        if (!database.isEmpty()) {
            out.add("then on the database " + database);
        }
        settings.forEach((name, value) -> out.add("then " + text(name, value)));
        if (!forgotten.isEmpty()) {
            out.add("not restored, since the log has no values: " + String.join(", ", forgotten));
        }
        return out;
    }

    /** Names whose values nobody knows any more. */
    List<String> forgotten() {
        return List.copyOf(forgotten);
    }

    /** In what the session that was opened now is another one than before, for people. */
    Optional<String> differs(Opened now) {
        if (elsewhere) {
            return Optional.of("it had gone to another user or server with \\c, which is not repeated");
        }
        return sql ? SameServer.differs(first.identity(), now.identity()) : Optional.empty();
    }

    /** What somebody should judge before the session is used again. */
    Optional<String> doubt(Opened now) {
        return sql ? SameServer.doubt(first.identity(), now.identity()) : Optional.empty();
    }

    /** Brings the settings back; the directory and the database are part of opening. Returns what failed, if anything. */
    Optional<String> apply(Session session) {
        List<Map.Entry<String, String>> all = new ArrayList<>(settings.entrySet());
        // AUTOCOMMIT off would open a transaction around the settings of the server
        all.sort(java.util.Comparator.comparing(e -> ofPsql(e.getKey())));
        for (Map.Entry<String, String> setting : all) {
            String text = text(setting.getKey(), setting.getValue());
            if (!Outcomes.succeeded(session.run(Request.of(text), OutputSink.none()))) {
                return Optional.of(text);
            }
        }
        return Optional.empty();
    }

    private String text(String name, String value) {
        if (ofPsql(name)) {
            return (name + " " + value).strip();
        }
        if (sql && name.equals("timezone")) {
            // LOCAL and INTERVAL are words of this form only
            return "SET TIME ZONE " + value;
        }
        if (sql && name.equals("session characteristics")) {
            return "SET SESSION CHARACTERISTICS AS TRANSACTION " + value;
        }
        return sql ? "SET " + name + " TO " + value : "export " + name + "=" + ShellQuote.word(value);
    }
}
