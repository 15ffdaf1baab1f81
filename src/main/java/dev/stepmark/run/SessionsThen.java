package dev.stepmark.run;

import dev.stepmark.journal.Event;
import dev.stepmark.journal.Execution;
import dev.stepmark.journal.RunState;
import dev.stepmark.journal.SessionView;
import dev.stepmark.runbook.Step;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The sessions of a step as they were when it ran, against what they are now: a text that was meant for one database
 * must not reach another because somebody went back to it.
 */
final class SessionsThen {

    private final Desk desk;
    private final Parts parts;

    SessionsThen(Desk desk, Parts parts) {
        this.desk = desk;
        this.parts = parts;
    }

    /** Why a step cannot be gone back to: its session is in another database now. */
    Optional<String> elsewhere(Step step) {
        for (String id : sessions(step)) {
            Optional<SessionView> then = then(step, id);
            Optional<SessionView> now = desk.log().state().session(id);
            if (then.isEmpty() || now.isEmpty()) {
                continue;
            }
            String before = database(then.get());
            String after = now.get().closed() && !Replay.of(desk.log(), id).isPresent()
                    ? then.get().opened().identity().getOrDefault("database", "") : database(now.get());
            if (!before.equals(after)) {
                return Optional.of("Step " + step.id() + " ran in database " + before + ", and session " + id
                        + " is in " + after + " now. Go to the step that changes it first, or type \\c " + before
                        + " here.");
            }
        }
        return Optional.empty();
    }

    /** What else is not as it was, for people. */
    List<String> differences(Step step) {
        List<String> out = new ArrayList<>();
        for (String id : sessions(step)) {
            Optional<SessionView> then = then(step, id);
            Optional<SessionView> now = desk.log().state().session(id);
            if (then.isEmpty() || now.isEmpty()) {
                continue;
            }
            if (parts.pool().live(id).isEmpty() && now.get().closed()) {
                out.add("Session " + id + " was closed since; it is opened anew, without what was set in it.");
            } else if (!then.get().cwd().equals(now.get().cwd())) {
                out.add("Session " + id + " was in " + named(then.get().cwd()) + " then and is in "
                        + named(now.get().cwd()) + " now.");
            } else if (!then.get().settings().equals(now.get().settings())) {
                out.add("Session " + id + " has other settings now than when it ran.");
            }
        }
        return out;
    }

    private static String named(String directory) {
        return directory.isEmpty() ? "the directory where it began" : directory;
    }

    private static String database(SessionView view) {
        return view.database().isEmpty() ? view.opened().identity().getOrDefault("database", "") : view.database();
    }

    private static Set<String> sessions(Step step) {
        Set<String> out = new LinkedHashSet<>();
        step.executables().stream().filter(b -> b.opens().isEmpty()).forEach(b -> out.add(b.session()));
        return out;
    }

    /** The session as it was when the step's last execution began in it. */
    private Optional<SessionView> then(Step step, String session) {
        int at = -1;
        for (Execution execution : desk.log().state().executions()) {
            Event.ExecStarted started = execution.started();
            if (started.origin() == Event.Origin.STEP && started.unit().step().equals(step.id())
                    && started.session().equals(session)) {
                at = position(started);
            }
        }
        return at < 0 ? Optional.empty() : RunState.of(desk.log().events().subList(0, at)).session(session);
    }

    private int position(Event.ExecStarted started) {
        for (int i = desk.log().events().size() - 1; i >= 0; i--) {
            if (desk.log().events().get(i).event().equals(started)) {
                return i;
            }
        }
        return -1;
    }
}
