package dev.stepmark.run;

import dev.stepmark.binding.Filler;
import dev.stepmark.journal.Event;
import dev.stepmark.message.Message;
import dev.stepmark.plan.RunOptions;
import dev.stepmark.plan.Sessions;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Executor;
import dev.stepmark.runbook.Placeholder;
import dev.stepmark.runbook.Runbook;
import dev.stepmark.runbook.SessionDeclaration;
import dev.stepmark.session.CannotOpen;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the blocks of a session that Stepmark cannot open by itself go: never to another machine silently. The
 * operator names the place, beforehand or when asked, and the answer is an event.
 */
final class Targets {

    /** Run here, in a shell of this machine. */
    static final String LOCAL = "local";
    /** Run in the shell that a command of the text opens. */
    static final String OPENED = "opened";
    /** A person does them. */
    static final String BY_HAND = "by-hand";

    private final Runbook runbook;
    private final RunOptions options;
    private final Log log;

    Targets(Desk desk) {
        this.runbook = desk.runbook();
        this.options = desk.options();
        this.log = desk.log();
    }

    /** Where the blocks of a session go: {@code local}, {@code by-hand}, or empty when nobody said. */
    Optional<String> of(String session) {
        String place = root(session);
        if (!foreign(place)) {
            return Optional.of(LOCAL);
        }
        Optional<String> answered = log.state().answer("target." + place).map(Event.QuestionAnswered::answer);
        // front matter may say where such blocks belong, but that they run on this machine only the operator can say
        return answered.or(() -> options.target(place)).or(() -> opened(place));
    }

    /** A command opens it: unless a person has taken that upon himself, or what is around it is not here. */
    private Optional<String> opened(String place) {
        SessionDeclaration declaration = runbook.session(place).orElseThrow();
        if (!Sessions.opensShell(declaration) || NestedShells.givenUp(log, runbook, place)) {
            return Optional.empty();
        }
        Optional<String> around = declaration.parent().isEmpty() ? Optional.of(LOCAL) : of(declaration.parent());
        return around.map(a -> a.equals(BY_HAND) ? a : OPENED);
    }

    /** Whether Stepmark itself runs the blocks of a session. */
    boolean runs(String session) {
        return of(session).filter(place -> !place.equals(BY_HAND)).isPresent();
    }

    /** Whether a session is a shell that a command opens inside another one. */
    boolean nested(String session) {
        return runbook.session(session).map(Sessions::opensShell).orElse(false) && of(session).map(OPENED::equals)
                .orElse(false);
    }

    /**
     * The session that decides where this one is: the innermost shell around it that Stepmark did not open by itself
     * (a pod's, an ssh host's, another user's), else the one without a parent.
     */
    String root(String session) {
        String current = session;
        for (int guard = 0; guard <= runbook.sessions().size() && !foreign(current); guard++) {
            String parent = runbook.session(current).map(SessionDeclaration::parent).orElse("");
            if (parent.isEmpty()) {
                return current;
            }
            current = parent;
        }
        return current;
    }

    /** Whether a session is a shell that only words or a command of the document open: never this machine's own. */
    private boolean foreign(String session) {
        return runbook.session(session).map(s -> s.kind() == SessionDeclaration.Kind.REMOTE_SHELL
                || s.kind() == SessionDeclaration.Kind.SHELL && !s.opener().isEmpty()).orElse(false);
    }

    /** Refuses to open a shell here for a session that belongs somewhere else. */
    void require(String session) throws CannotOpen {
        if (!runs(session)) {
            SessionDeclaration declaration = runbook.session(root(session)).orElseThrow();
            throw new CannotOpen(Message.of("nobody said where the " + declaration.label() + " is",
                    "Its blocks are never run somewhere else silently. Nothing was run.",
                    "--target " + declaration.id() + "=local   (runs them in a shell of this machine)"), "");
        }
    }

    /** A command with its plain placeholders filled; secret ones stay as they are. */
    String fillPlain(String text, Values values) {
        List<Placeholder> plain = new ArrayList<>();
        runbook.steps().stream().flatMap(s -> s.blocks().stream()).map(Block::placeholders).forEach(plain::addAll);
        plain.removeIf(Placeholder::secret);
        return Filler.fill(text, Executor.SHELL, plain.stream().distinct().toList(), values::plain, name -> true).text();
    }

    /** The command that opens a session with its placeholders filled, also the secret ones: nobody else sees it. */
    String fillOpener(String text, Values values) {
        List<Placeholder> holes = new ArrayList<>();
        runbook.steps().stream().flatMap(s -> s.blocks().stream()).map(Block::placeholders).forEach(p -> p.forEach(h ->
                holes.add(new Placeholder(h.name(), h.raw(), false))));
        return Filler.fill(text, Executor.SHELL, holes.stream().distinct().toList(), name -> values.secret(name)
                .orElse(values.plain(name)), name -> values.secret(name).isEmpty()).text();
    }
}
