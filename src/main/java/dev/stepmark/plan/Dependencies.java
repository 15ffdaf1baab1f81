package dev.stepmark.plan;

import dev.stepmark.journal.Event;
import dev.stepmark.journal.RunState;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Condition;
import dev.stepmark.runbook.Placeholder;
import dev.stepmark.runbook.Runbook;
import dev.stepmark.runbook.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a step rests on: results of earlier steps, what its author says that it needs, and the state of its session.
 * Always steps before it in the document, so that there is no circle.
 */
public final class Dependencies {

    private static final Pattern PSQL_VARIABLE = Pattern.compile("\\\\(?:un)?set (\\S+)");
    /** Variables that psql itself obeys. */
    private static final Set<String> OF_PSQL = Set.of("AUTOCOMMIT", "ON_ERROR_ROLLBACK", "ON_ERROR_STOP");

    private final Runbook runbook;
    private final RunState state;
    private RowSources rows;

    /** For a plan and what has happened in its sessions. */
    public Dependencies(Runbook runbook, RunState state) {
        this.runbook = runbook;
        this.state = state;
    }

    /**
     * One reason why a step rests on another.
     *
     * @param on     id of the earlier step
     * @param why    half a sentence for people: {@code its condition looks at the result}
     * @param result whether it is about a result, not about the state of a session
     */
    public record Dependency(String on, String why, boolean result) { }

    /** What a step rests on, one reason for each earlier step, in the order of the document. */
    public List<Dependency> of(Step step) {
        Map<String, Dependency> out = new LinkedHashMap<>();
        Map<String, List<Event.SessionChanged>> changes = changes();
        for (Step earlier : runbook.mainSteps()) {
            if (earlier.id().equals(step.id())) {
                break;
            }
            result(step, earlier).or(() -> session(step, earlier)).or(() -> changed(step, changes.getOrDefault(
                    earlier.id(), List.of()))).ifPresent(why -> out.put(earlier.id(), new Dependency(earlier.id(), why,
                            result(step, earlier).isPresent())));
        }
        return new ArrayList<>(out.values());
    }

    /** Steps that rest on this one. */
    public List<Step> dependents(Step step) {
        return runbook.mainSteps().stream().filter(s -> of(s).stream().anyMatch(d -> d.on().equals(step.id()))).toList();
    }

    /** Read when it is first asked for: most runs go in the order of the document. */
    private boolean takesRowsOf(Step step, Step earlier) {
        rows = rows == null ? RowSources.of(runbook) : rows;
        return step.executables().stream().flatMap(b -> rows.of(b).stream()).anyMatch(r -> r.step().equals(earlier.id()));
    }

    private Optional<String> result(Step step, Step earlier) {
        boolean condition = step.condition().map(Condition::dependsOn).filter(earlier.id()::equals).isPresent();
        String when = step.executables().stream().flatMap(b -> b.attributes().when().stream()).findFirst().orElse("");
        if (condition || mentions(when, "step_" + earlier.id())) {
            return Optional.of("its condition looks at the result");
        }
        for (String capture : earlier.executables().stream().flatMap(b -> b.attributes().capture().stream()).toList()) {
            if (uses(step, capture, when)) {
                return Optional.of("it uses the result " + capture);
            }
        }
        if (takesRowsOf(step, earlier)) {
            return Optional.of("it runs for the rows of the result");
        }
        Set<String> names = Set.of(earlier.id(), earlier.name());
        return step.executables().stream().flatMap(b -> b.attributes().needs().stream()).filter(names::contains)
                .findFirst().map(n -> "needs=" + n);
    }

    private static boolean uses(Step step, String capture, String when) {
        boolean hole = step.executables().stream().flatMap(b -> b.placeholders().stream()).map(Placeholder::name)
                .anyMatch(capture::equals);
        return hole || mentions(when, capture);
    }

    /** What the words of the plan say: who opens, closes or moves a session that the step works in. */
    private Optional<String> session(Step step, Step earlier) {
        for (Block block : earlier.executables()) {
            if (!block.opens().isEmpty() && worksIn(step, block.opens())) {
                return Optional.of("it runs in session " + block.opens() + ", which that step opens");
            }
            Optional<String> change = SessionChanges.of(block).filter(line -> !line.startsWith("export"));
            if (change.isPresent() && runsIn(step, block.session())) {
                return Optional.of("it runs in session " + block.session() + " after: " + change.get());
            }
            if (block.closes() && worksIn(step, block.session())) {
                return Optional.of("it runs in session " + block.session() + ", which that step closes");
            }
        }
        return Stream.of(earlier.opens(), earlier.closes()).filter(s -> !s.isEmpty() && worksIn(step, s)).findFirst()
                .map(s -> "it runs in session " + s);
    }

    /** What really changed: a directory or a database for all that follows, a variable for what speaks of it. */
    private Optional<String> changed(Step step, List<Event.SessionChanged> changes) {
        for (Event.SessionChanged change : changes) {
            String in = "it runs in session " + change.session();
            boolean settings = change.names().isEmpty() && change.settings().stream()
                    .anyMatch(setting -> concerns(step, change.session(), setting));
            if (!change.cwd().isEmpty() || !change.database().isEmpty() || settings) {
                if (runsIn(step, change.session())) {
                    return Optional.of(in + ", which that step changed");
                }
            }
            Optional<String> name = change.names().stream().filter(n -> speaksOf(step, change.session(), n)).findFirst();
            if (name.isPresent()) {
                return Optional.of(in + " and speaks of " + name.get());
            }
        }
        return Optional.empty();
    }

    private Map<String, List<Event.SessionChanged>> changes() {
        Map<String, List<Event.SessionChanged>> out = new LinkedHashMap<>();
        for (Event.SessionChanged change : state.sessionChanges()) {
            state.execution(change.exec()).filter(e -> e.started().origin() == Event.Origin.STEP).ifPresent(e ->
                    out.computeIfAbsent(e.started().unit().step(), s -> new ArrayList<>()).add(change));
        }
        return out;
    }

    /** A setting of the server for all that follows; a variable of psql for what speaks of it; the looks for nothing. */
    private static boolean concerns(Step step, String session, String setting) {
        String command = setting.substring(0, Math.max(0, setting.indexOf('=')));
        if (command.startsWith("\\pset") || command.equals("\\timing")) {
            return false;
        }
        Matcher variable = PSQL_VARIABLE.matcher(command);
        if (!variable.matches() || OF_PSQL.contains(variable.group(1))) {
            return true;
        }
        return step.executables().stream().filter(b -> b.session().equals(session))
                .anyMatch(b -> mentions(b.text(), variable.group(1)));
    }

    /** psql takes its PG variables from the shell that it is opened in. */
    private static boolean speaksOf(Step step, String session, String name) {
        return step.executables().stream().filter(b -> b.session().equals(session)).anyMatch(b ->
                mentions(b.text(), name) || name.startsWith("PG") && !b.opens().isEmpty());
    }

    private static boolean runsIn(Step step, String session) {
        return step.executables().stream().anyMatch(b -> b.session().equals(session));
    }

    private boolean worksIn(Step step, String session) {
        Set<String> family = Sessions.family(runbook, session);
        return step.executables().stream().anyMatch(b -> family.contains(b.session()));
    }

    private static boolean mentions(String text, String name) {
        return !text.isEmpty() && Pattern.compile("(?<![\\w.])" + Pattern.quote(name) + "(?!\\w)").matcher(text).find();
    }
}
