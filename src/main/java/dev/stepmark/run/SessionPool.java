package dev.stepmark.run;

import dev.stepmark.journal.Event;
import dev.stepmark.journal.SessionView;
import dev.stepmark.message.Message;
import dev.stepmark.plan.Questionnaire.ConnectionNeed;
import dev.stepmark.plan.Sessions;
import dev.stepmark.runbook.SessionDeclaration;
import dev.stepmark.session.CannotOpen;
import dev.stepmark.session.ConnectionSpec;
import dev.stepmark.session.Elsewhere;
import dev.stepmark.session.Session;
import dev.stepmark.session.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The sessions of this process. Opening, losing and closing are events; a session that a former process had open is
 * opened again by what opened it and by what the log says changed in it.
 */
final class SessionPool {

    private final Desk desk;
    private final Asking asking;
    private final Values values;
    private final Targets targets;
    private final NestedShells nested;
    private final Map<String, Session> live = new LinkedHashMap<>();
    private String current = "";

    SessionPool(Desk desk, Asking asking, Values values, Targets targets, NestedShells nested) {
        this.nested = nested;
        this.desk = desk;
        this.asking = asking;
        this.values = values;
        this.targets = targets;
    }

    /** The open session, if this process has it open and it is alive. */
    Optional<Session> live(String id) {
        return Optional.ofNullable(live.get(id)).filter(Session::alive);
    }

    /** The session that ad hoc lines go to: the last one used that is SQL, or a shell. */
    Optional<String> current(boolean sql) {
        List<String> ids = new ArrayList<>(live.keySet());
        java.util.Collections.reverse(ids);
        if (!current.isEmpty()) {
            ids.add(0, current);
        }
        return ids.stream().filter(id -> live(id).isPresent()).filter(id -> isSql(id) == sql).findFirst();
    }

    void use(String id) {
        current = id;
    }

    /** Sessions that are open now, with their label. */
    Map<String, String> labels() {
        Map<String, String> out = new LinkedHashMap<>();
        live.forEach((id, session) -> {
            if (session.alive()) {
                out.put(id, session.opened().label());
            }
        });
        return out;
    }

    boolean isSql(String id) {
        return declaration(id).kind() == SessionDeclaration.Kind.PSQL || isClient(id);
    }

    /** Whether it is SQL that a client other than psql takes. */
    boolean isClient(String id) {
        return declaration(id).kind() == SessionDeclaration.Kind.MYSQL;
    }

    /** What will be done to open a session that is not open, for people; empty when it is open. */
    List<String> announce(String id) {
        if (live(id).isPresent()) {
            return List.of();
        }
        List<String> out = new ArrayList<>();
        Optional<Replay> replay = Replay.of(desk.log(), id);
        String opener = isClient(id) && declaration(id).opener().isEmpty() ? desk.options().connection(id).orElse("")
                : declaration(id).opener();
        out.add("Session " + id + (replay.isPresent() ? " is opened again" : " is opened first") + (opener.isEmpty()
                ? "" : ", by: " + opener));
        replay.ifPresent(r -> out.addAll(r.announce()));
        return out;
    }

    /** Opens the session unless it is open. */
    Session ensure(String id) throws CannotOpen {
        Optional<Session> open = live(id);
        if (open.isPresent()) {
            return open.get();
        }
        Optional<Replay> replay = Replay.of(desk.log(), id);
        noteLoss(id, "it was gone when it was needed");
        Session session = isSql(id) ? openSql(id, replay) : openShell(id, replay);
        if (replay.isPresent()) {
            broughtBack(id, session, replay.get());
        }
        live.put(id, session);
        current = id;
        desk.log().append(new Event.SessionOpened(id, declaration(id).parent(), session.opened().kind(),
                declaration(id).opener(), session.opened().identity(), replay.map(Replay::opened).orElse(-1L)));
        return session;
    }

    /** A session is either the one that it was, or none: text meant for one server never reaches another. */
    private void broughtBack(String id, Session session, Replay replay) throws CannotOpen {
        Optional<String> other = replay.differs(session.opened());
        Optional<String> failed = other.isPresent() ? Optional.empty() : replay.apply(session);
        List<String> forgotten = desk.batch() ? replay.forgotten() : List.of();
        Optional<String> doubt = other.isPresent() ? Optional.empty() : replay.doubt(session.opened());
        doubt.filter(d -> !desk.batch()).ifPresent(d -> desk.operator().remark("session " + id + ": " + d));
        String what = other.or(() -> doubt.filter(d -> desk.batch())).orElseGet(() ->
                failed.map(f -> "it could not be brought back: " + f).orElseGet(() ->
                forgotten.isEmpty() ? "" : "nobody is there to restore " + String.join(", ", forgotten)));
        if (!what.isEmpty()) {
            session.close();
            throw new CannotOpen(Message.of("session " + id + " is not as it was: " + what,
                    "Later steps rely on its state. Nothing was run in it.", "stepmark run "
                            + desk.runbook().path() + "   (at a terminal), or by hand: m"), "");
        }
    }

    /** Records that a session was lost, when the log still has it open. */
    private void noteLoss(String id, String reason) {
        if (recordedOpen(id)) {
            desk.log().append(new Event.SessionEnded(id, "lost", reason));
        }
        close(live.remove(id));
    }

    /** Forgets a session that ended as its text said; the caller records it. */
    void ended(String id) {
        for (String inner : List.copyOf(live.keySet())) {
            if (declaration(inner).parent().equals(id) && targets.nested(id)) {
                closeNow(inner, "the shell around it was closed");
            }
        }
        close(live.remove(id));
        if (current.equals(id)) {
            current = "";
        }
    }

    /** Whether the log has it open in this process; what a former process had open is lost without a word. */
    private boolean recordedOpen(String id) {
        return desk.log().state().session(id).map(SessionView::usable).orElse(false);
    }

    /** Closes one session and records it. */
    void closeNow(String id, String reason) {
        boolean recorded = recordedOpen(id);
        ended(id);
        if (recorded) {
            desk.log().append(new Event.SessionEnded(id, "closed", reason));
        }
    }

    /** Closes everything, the youngest first. */
    void closeAll(String reason) {
        List<String> ids = new ArrayList<>(live.keySet());
        java.util.Collections.reverse(ids);
        ids.forEach(id -> closeNow(id, reason));
    }

    /** Ends everything without a record: the journal cannot be written any more. */
    void abandonAll() {
        live.values().forEach(SessionPool::close);
        live.clear();
    }

    SessionDeclaration declaration(String id) {
        boolean version = id.equals(Gates.VERSION_SESSION);
        String connection = desk.runbook().frontMatter().version().connection();
        Optional<SessionDeclaration> told = desk.runbook().session(id);
        if (told.isPresent()) {
            SessionDeclaration d = told.get();
            String parent = d.parent().isEmpty() ? "" : Reroutes.parent(d, desk.runbook(), desk.log());
            return parent.equals(d.parent()) ? d : new SessionDeclaration(d.id(), d.kind(), parent, d.label(), d.openedBy(),
                    d.closedBy(), d.opener(), d.connection());
        }
        return told.orElseGet(() -> version
                ? new SessionDeclaration(id, SessionDeclaration.Kind.PSQL, "", "connection for the version", 0, 0, "",
                        connection)
                : new SessionDeclaration(id, SessionDeclaration.Kind.SHELL, "", "shell", 0, 0, "", ""));
    }

    private Session openShell(String id, Optional<Replay> replay) throws CannotOpen {
        targets.require(id);
        if (targets.nested(id)) {
            return nested.open(declaration(id), around(id), replay);
        }
        return desk.sessions().openShell(replay.map(Replay::cwd).orElse(""), values.exported(),
                values.exportedSecrets(), "stepmark:" + desk.log().runId() + ":" + id);
    }

    /** The shell in which a nested one is opened; one that is nested itself is opened first. */
    private Optional<Session> around(String id) throws CannotOpen {
        String parent = declaration(id).parent();
        boolean first = !parent.isEmpty() && (targets.nested(parent) || Replay.of(desk.log(), parent).isPresent()
                || dev.stepmark.shell.Words.split(declaration(id).opener()).isEmpty());
        return first ? Optional.of(ensure(parent)) : live(parent);
    }

    /** The place of a psql that is typed in a nested shell; empty for one of this machine. */
    private Optional<Elsewhere> place(SessionDeclaration declaration) throws CannotOpen {
        boolean given = declaration.openedBy() == 0 && desk.options().connection(declaration.connection().isEmpty()
                ? declaration.id() : declaration.connection()).isPresent();
        return given || !targets.nested(declaration.parent()) ? Optional.empty() : Optional.of(nested.place(declaration(
                declaration.parent()), ensure(declaration.parent())));
    }

    /** What a command that opens a psql would connect to; nothing is known of a place that is not open yet. */
    SessionFactory.ConnectionPlan plan(SessionDeclaration declaration, String text) {
        boolean far = targets.nested(declaration.parent());
        try {
            Optional<Elsewhere> place = far && live(declaration.parent()).isPresent() ? place(declaration) : Optional.empty();
            return far && place.isEmpty() ? new SessionFactory.ConnectionPlan(Optional.empty(), List.of(), "",
                    Optional.empty()) : plan(declaration, text, shellEnvironment(declaration), place);
        } catch (CannotOpen e) {
            return new SessionFactory.ConnectionPlan(Optional.empty(), List.of(), e.message().what(), Optional.empty());
        }
    }

    private SessionFactory.ConnectionPlan plan(SessionDeclaration declaration, String text, Map<String, String> environment,
            Optional<Elsewhere> place) {
        if (place.isEmpty()) {
            return desk.sessions().plan(text, environment);
        }
        String user = live(declaration.parent()).map(s -> s.opened().identity().getOrDefault("user", "")).orElse("");
        return desk.sessions().plan(text.isBlank() ? "psql" : text, place.get().environment(), place.get(), user);
    }

    private Session openSql(String id, Optional<Replay> replay) throws CannotOpen {
        targets.require(id);
        String shell = shellOf(declaration(id));
        if (live(shell).isEmpty() && Replay.of(desk.log(), shell).isPresent()) {
            // what psql was typed in is opened again first: its variables say where psql goes
            ensure(shell);
        }
        SessionDeclaration declaration = declaration(id);
        if (isClient(id) && place(declaration).isPresent()) {
            throw new CannotOpen(Message.of(declaration.label() + " cannot be opened inside " + declaration.parent(),
                    "No statement was sent.", "do this part by hand: m"), "");
        }
        if (isClient(id)) {
            return new Clients(desk).open(declaration, opener(declaration, Map.of()), live(shell).flatMap(Session::snapshot),
                    replay.map(Replay::database).orElse(""), this::askPassword);
        }
        Map<String, String> environment = shellEnvironment(declaration);
        String opener = opener(declaration, environment);
        Optional<Elsewhere> place = place(declaration);
        SessionFactory.ConnectionPlan plan = plan(declaration, opener, environment, place);
        if (!plan.problem().isEmpty()) {
            String name = declaration.connection().isEmpty() ? id : declaration.connection();
            throw new CannotOpen(Message.of(declaration.label() + " cannot be opened: " + plan.problem(),
                    "No statement was sent.", declaration.openedBy() == 0
                    ? "--connect " + name + "=postgresql://USER@HOST:5432/DATABASE" : "do this part by hand: m"), "");
        }
        ConnectionSpec spec = plan.spec().isPresent() ? plan.spec().get() : complete(id, opener, plan, environment);
        String database = replay.map(Replay::database).orElse("");
        if (!database.isEmpty()) {
            spec = spec.withDatabase(database);
        }
        environment.put("PWD", directory(declaration));
        if (place.isPresent()) {
            environment.putAll(nested.environment(declaration.parent()));
            Optional.ofNullable(place.get().environment().get("PGPASSWORD")).ifPresent(p -> hide("password there", p));
        }
        String user = spec.user();
        return desk.sessions().openSql(spec, new SessionFactory.PasswordSource(environment, plan.password(),
                this::askPassword, p -> hide("password of " + user, new String(p)),
                desk.operator()::remark));
    }

    /** The text that opens it, with its holes filled; secrets too, because no one else sees it. */
    private String opener(SessionDeclaration declaration, Map<String, String> environment) {
        Optional<String> given = desk.options().connection(
                declaration.connection().isEmpty() ? declaration.id() : declaration.connection());
        if (given.isPresent() && (declaration.openedBy() == 0 || declaration.opener().isEmpty())) {
            return given.get();
        }
        String url = desk.runbook().frontMatter().connections().getOrDefault(declaration.connection(), "");
        String text = declaration.opener().isEmpty() ? url : declaration.opener();
        return targets.fillOpener(text, values);
    }

    private ConnectionSpec complete(String id, String opener, SessionFactory.ConnectionPlan plan,
            Map<String, String> environment) throws CannotOpen {
        Map<String, String> completed = new LinkedHashMap<>(environment);
        for (ConnectionNeed need : plan.needs()) {
            completed.put("PG" + need.field().toUpperCase(java.util.Locale.ROOT), need(id, need));
        }
        SessionFactory.ConnectionPlan second = desk.sessions().plan(opener, completed);
        if (second.spec().isEmpty()) {
            throw new CannotOpen(Message.of("the connection of " + id + " is still incomplete", plan.needs().isEmpty()
                    ? second.problem() : plan.needs().get(0).reason(), "PGHOST and PGUSER in the environment"), "");
        }
        return second.spec().get();
    }

    private String need(String id, ConnectionNeed need) {
        String key = id + "." + need.field();
        Event.ValueBound bound = desk.log().state().values().get(key);
        if (bound != null) {
            return bound.value();
        }
        desk.operator().remark(need.reason());
        String answered = desk.options().answers().getOrDefault(key, "");
        String value = !answered.isBlank() ? answered
                : asking.text(key, need.field() + " for " + declaration(id).label(), need.suggestion(), "a suggestion")
                        .text();
        desk.log().append(new Event.ValueBound(key, "connection", value, "", answered.isBlank() ? "asked" : "answers",
                id));
        return value;
    }

    private Optional<char[]> askPassword(String whose) {
        if (desk.batch()) {
            return Optional.empty();
        }
        return Optional.of(asking.secret("password", "Password of " + whose + " (not shown, not logged)"));
    }

    /** Where psql's relative names begin: where psql was typed, or where the document lies. */
    private String directory(SessionDeclaration declaration) {
        String typed = declaration.openedBy() == 0 ? "" : live(shellOf(declaration)).flatMap(Session::snapshot)
                .map(Snapshot::cwd).orElse("");
        java.nio.file.Path parent = java.nio.file.Path.of(desk.runbook().path()).toAbsolutePath().normalize().getParent();
        return !typed.isEmpty() ? typed : parent == null ? "" : parent.toString();
    }

    /** Each secret has a name of its own: one that comes later must not unmask the one before. */
    private void hide(String name, String value) {
        String unique = name;
        for (int i = 2; desk.secrets().value(unique).map(v -> !v.equals(value)).orElse(false); i++) {
            unique = name + " (" + i + ")";
        }
        desk.secrets().add(unique, value);
    }

    private String shellOf(SessionDeclaration declaration) {
        return declaration.parent().isEmpty() ? "shell" : Sessions.root(desk.runbook(), declaration.parent());
    }

    /** PG* come from the shell in which psql was typed, not from this process. */
    Map<String, String> shellEnvironment(SessionDeclaration declaration) {
        Optional<Snapshot> snapshot = live(shellOf(declaration)).flatMap(Session::snapshot);
        Map<String, String> out = new LinkedHashMap<>(desk.environment());
        snapshot.ifPresent(s -> {
            out.keySet().removeIf(k -> k.startsWith("PG"));
            s.variables().forEach((k, v) -> {
                if (k.startsWith("PG")) {
                    out.put(k, v);
                }
            });
        });
        for (String field : List.of("host", "port", "user")) {
            given(declaration.id() + "." + field).ifPresent(v ->
                    out.putIfAbsent("PG" + field.toUpperCase(java.util.Locale.ROOT), v));
        }
        return out;
    }

    /** What somebody has said about a connection holds, whatever this machine would have used without it. */
    private Optional<String> given(String key) {
        Event.ValueBound bound = desk.log().state().values().get(key);
        return Optional.ofNullable(bound == null ? desk.options().answers().get(key) : bound.value())
                .filter(value -> !value.isBlank());
    }

    private static void close(Session session) {
        if (session != null) {
            session.close();
        }
    }
}
