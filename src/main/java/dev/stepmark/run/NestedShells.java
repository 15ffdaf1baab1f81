package dev.stepmark.run;

import dev.stepmark.journal.Event;
import dev.stepmark.message.Message;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.SessionDeclaration;
import dev.stepmark.session.CancelReport;
import dev.stepmark.session.CannotOpen;
import dev.stepmark.session.Elsewhere;
import dev.stepmark.session.OutputSink;
import dev.stepmark.session.Request;
import dev.stepmark.session.Session;
import dev.stepmark.session.Snapshot;
import dev.stepmark.shell.ShellOpener;
import dev.stepmark.shell.ShellQuote;
import dev.stepmark.shell.Words;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Shells that a command of the text opens inside another: of another user, another host, a container. */
final class NestedShells {

    /** Variables of a shell that a program which is started there has of its own, or must not have. */
    private static final Set<String> OWN = Set.of("STEPMARK_SHELL", "STEPMARK_RUN", "SHLVL", "PWD", "OLDPWD", "_", "TERM",
            "PS1", "PS2");

    private final Desk desk;
    private final Values values;
    private final Targets targets;
    private final Interruption interruption;
    private final Map<String, Way> ways = new HashMap<>();

    /**
     * How further commands get to where a session is.
     *
     * @param command     the words here that start a command there; empty where there is no way
     * @param environment of the program here that leads there
     * @param directory   where it is started
     * @param trusted     whether its exit status is that of the shell
     * @param label       for people: {@code ssh db1 sudo -i}
     */
    private record Way(Function<List<String>, Optional<List<String>>> command, Map<String, String> environment,
            String directory, boolean trusted, String label) { }

    NestedShells(Desk desk, Values values, Targets targets, Interruption interruption) {
        this.desk = desk;
        this.values = values;
        this.targets = targets;
        this.interruption = interruption;
    }

    /** Opens it from inside its parent, which is open unless it is this machine's own. */
    Session open(SessionDeclaration declaration, Optional<Session> parent, Optional<Replay> replay) throws CannotOpen {
        String text = targets.fillPlain(declaration.opener(), values);
        ShellOpener opener = words(text, parent).flatMap(ShellOpener::of).orElseThrow(() -> cannot(declaration,
                "nobody knows how " + text + " opens a shell", "do this part by hand: m"));
        Optional<Snapshot> around = parent.flatMap(Session::snapshot);
        Way outer = ways.get(declaration.parent());
        Way way;
        List<String> words;
        String preamble = "";
        if (outer == null) {
            way = new Way(opener::command, around.map(Snapshot::variables).orElse(Map.of()), around.map(Snapshot::cwd)
                    .orElse(""), opener.here(), text);
            words = opener.shell();
        } else {
            way = new Way(further -> opener.command(further).flatMap(outer.command), outer.environment, outer.directory,
                    outer.trusted && opener.here(), outer.label + ", then " + text);
            Elsewhere place = place(desk.runbook().session(declaration.parent()).orElseThrow(), parent.orElseThrow());
            Elsewhere start = opener.keepsEnvironment() ? place : new Elsewhere(place.command(), Map.of(),
                    place.directory(), place.label());
            words = start.start();
            preamble = start.preamble(opener.shell(), Map.of());
        }
        Session session = opened(declaration, new SessionFactory.Nested(words, preamble, opener.asksOnInput() && outer == null,
                way.command, way.trusted, way.directory, way.environment, mentioned(declaration.id()), "stepmark:"
                        + desk.log().runId() + ":" + declaration.id(), text));
        boolean good = false;
        try {
            theSame(declaration, session, replay);
            good = true;
        } finally {
            if (!good) {
                session.close();
            }
        }
        ways.put(declaration.id(), way);
        return session;
    }

    private Session opened(SessionDeclaration declaration, SessionFactory.Nested nested) throws CannotOpen {
        AtomicBoolean stopped = new AtomicBoolean();
        RunControl control = new RunControl() {
            @Override
            public CancelReport cancel() {
                stopped.set(true);
                return new CancelReport(true, "opening " + declaration.label());
            }

            @Override
            public CancelReport kill() {
                return cancel();
            }

            @Override
            public void abandon() {
                stopped.set(true);
            }
        };
        interruption.running(control);
        try (Running running = desk.operator().running(declaration.id(), control)) {
            RecordedConsole console = new RecordedConsole(desk, running.console(), declaration.id());
            return desk.sessions().openNested(nested, console, () -> !stopped.get());
        } finally {
            interruption.running(null);
        }
    }

    /** The words of an opener; where only a shell can tell them, the shell in which it is typed does. */
    private Optional<List<String>> words(String text, Optional<Session> parent) throws CannotOpen {
        Optional<List<String>> plain = Words.split(text);
        if (plain.isPresent() || parent.isEmpty() || !Words.oneCommand(text)) {
            return plain;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        OutputSink sink = (stream, buffer, offset, length) -> {
            if (stream == OutputSink.Stream.STDOUT) {
                synchronized (out) {
                    out.write(buffer, offset, length);
                }
            }
        };
        boolean done = Outcomes.succeeded(parent.get().run(Request.of("printf '%s\\0' " + text.strip()), sink));
        String said = out.toString(StandardCharsets.UTF_8);
        return done && !said.isEmpty() ? Optional.of(List.of(said.split("\0"))) : Optional.empty();
    }

    /** Declared values that a text of the session names: nothing else of the run reaches another place. */
    private Map<String, String> mentioned(String session) {
        Map<String, String> known = new LinkedHashMap<>(values.exported());
        known.putAll(values.exportedSecrets());
        StringBuilder texts = new StringBuilder();
        desk.runbook().steps().stream().flatMap(s -> s.blocks().stream()).filter(b -> b.session().equals(session))
                .map(Block::text).forEach(texts::append);
        known.keySet().removeIf(name -> !Pattern.compile("\\$\\{?" + Pattern.quote(name) + "\\b").matcher(texts).find());
        return known;
    }

    /** A shell that is opened again is the same user's on the same host, in the directory where it was. */
    private void theSame(SessionDeclaration declaration, Session session, Optional<Replay> replay) throws CannotOpen {
        if (replay.isEmpty()) {
            return;
        }
        Map<String, String> before = desk.log().state().session(declaration.id()).map(s -> s.opened().identity())
                .orElse(Map.of());
        for (String fact : List.of("host", "user")) {
            String then = before.getOrDefault(fact, "");
            String now = session.opened().identity().getOrDefault(fact, "");
            if (!then.isEmpty() && !then.equals(now)) {
                throw cannot(declaration, "it leads to the " + fact + " " + now + " now, and led to " + then + " before",
                        "look at it by hand: m");
            }
        }
        String cwd = replay.get().cwd();
        if (!cwd.isEmpty() && !Outcomes.succeeded(session.run(Request.of("cd -- " + ShellQuote.word(cwd)),
                OutputSink.none()))) {
            throw cannot(declaration, "its directory " + cwd + " is not there any more", "look at it by hand: m");
        }
    }

    /** Where a program goes that is started in an open nested shell. */
    Elsewhere place(SessionDeclaration declaration, Session session) throws CannotOpen {
        Way way = ways.get(declaration.id());
        if (way == null || way.command.apply(List.of("sh")).isEmpty()) {
            throw cannot(declaration, "nothing else can be started where " + declaration.opener() + " leads",
                    "do this part by hand: m");
        }
        Snapshot snapshot = session.snapshot().orElse(new Snapshot("", Map.of()));
        Map<String, String> environment = new LinkedHashMap<>(snapshot.variables());
        environment.keySet().removeAll(OWN);
        return new Elsewhere(words -> way.command.apply(words).orElseThrow(), environment, snapshot.cwd(), way.label);
    }

    /** The environment of the programs here that lead there. */
    Map<String, String> environment(String session) {
        return Optional.ofNullable(ways.get(session)).map(Way::environment).orElse(Map.of());
    }

    private static CannotOpen cannot(SessionDeclaration declaration, String what, String tryThis) {
        return new CannotOpen(Message.of("the " + declaration.label() + " cannot be opened: " + what,
                "Its blocks are never run somewhere else silently. Nothing was run in it.", tryThis), "");
    }

    /** Whether the log says that a person took the opening of a session upon himself. */
    static boolean givenUp(Log log, dev.stepmark.runbook.Runbook runbook, String session) {
        return runbook.steps().stream().anyMatch(step -> step.blocks().stream().filter(b -> b.opens().equals(session))
                .anyMatch(b -> log.state().lastDecision(dev.stepmark.journal.Unit.block(step.id(), b.id())).map(d ->
                        d.action() == Event.Action.SKIP || d.action() == Event.Action.DONE_BY_HAND
                        || d.action() == Event.Action.ACCEPT).orElse(false)));
    }
}
