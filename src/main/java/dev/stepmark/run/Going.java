package dev.stepmark.run;

import dev.stepmark.journal.Event;
import dev.stepmark.journal.StepState;
import dev.stepmark.plan.Dependencies;
import dev.stepmark.plan.Progress;
import dev.stepmark.plan.SessionChanges;
import dev.stepmark.runbook.Step;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code /goto 5} and {@code /rerun 5}: another step comes next. Going back undoes nothing, and says so. */
final class Going {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final Desk desk;
    private final Parts parts;
    private Step here;

    Going(Desk desk, Parts parts) {
        this.desk = desk;
        this.parts = parts;
    }

    /** The step that is asked about from now on. */
    void at(Step step) {
        here = step;
    }

    /** Goes to a step, or says why not; does not return when it goes. */
    void run(String argument, boolean rerun, Question question) {
        Optional<Step> to = desk.runbook().step(argument);
        Optional<String> refusal = to.isEmpty() ? Optional.of("There is no step \"" + argument + "\"; /list shows them.")
                : refusal(to.get(), rerun, question);
        if (refusal.isPresent()) {
            desk.operator().say(List.of("  " + refusal.get()));
            return;
        }
        if (!to.get().section().inMainRun()) {
            parts.aside().run(to.get());
            return;
        }
        go(to.get(), rerun);
    }

    private Optional<String> refusal(Step to, boolean rerun, Question question) {
        List<Step> all = desk.runbook().mainSteps();
        boolean settled = Progress.settled(state(to));
        if (!all.contains(to) && (to.section() == Step.Section.ROLLBACK || settled)) {
            return Optional.of("Step " + to.id() + " stands in a section that a plain run leaves out"
                    + (settled ? ", and is done." : "."));
        }
        if (Progress.reading(to)) {
            return Optional.of("Step " + to.id() + " is only to be read: /why " + to.id() + " shows its lines.");
        }
        Optional<String> leftOut = new LeftOut(desk.runbook(), desk.options()).reason(to);
        if (leftOut.isPresent()) {
            return Optional.of("Step " + to.id() + " is left out in this process: " + leftOut.get() + ".");
        }
        if (question.kind() == Question.Kind.IN_DOUBT) {
            return Optional.of("What is in doubt is decided first: look at it here, SQL and !shell can be typed.");
        }
        if (!desk.log().openTransaction().isEmpty()) {
            return Optional.of("A transaction is open; it is ended or undone as a whole first. q rolls it back.");
        }
        if (here != null && to.id().equals(here.id()) && !question.id().equals("remaining")) {
            return Optional.of("Step " + to.id() + " is the one that this question is about.");
        }
        if (all.contains(to) && rerun && (!settled || here != null && all.indexOf(to) > all.indexOf(here))) {
            return Optional.of("Step " + to.id() + " has not run yet: /goto " + to.id() + " goes there.");
        }
        return all.contains(to) ? new SessionsThen(desk, parts).elsewhere(to) : Optional.empty();
    }

    /** Why a step that stands before an open transaction cannot run inside it; empty when it can run. */
    Optional<String> insideTransaction(Step to) {
        List<String> ids = desk.runbook().mainSteps().stream().map(Step::id).toList();
        boolean before = desk.log().state().sessions().keySet().stream().flatMap(s -> desk.log().state()
                .openTransaction(s).stream()).flatMap(t -> t.units().stream()).anyMatch(u -> ids.indexOf(to.id())
                        < ids.indexOf(u.step()));
        return before ? Optional.of("A transaction is open that began after step " + to.id() + ", which would become a"
                + " part of it. q rolls it back.") : Optional.empty();
    }

    private void go(Step to, boolean rerun) {
        boolean again = Progress.settled(state(to));
        List<String> passed = new ArrayList<>(openBefore(to));
        if (rerun) {
            between(to).stream().filter(id -> !passed.contains(id)).forEach(passed::add);
        }
        List<String> lines = lines(to, again, passed);
        desk.operator().say(lines);
        if (again && !parts.asking().yes("goto-" + to.id(), "Do " + to.id() + " again? It " + was(to), 'n',
                Texts.sha256(String.join("\n", lines)))) {
            desk.operator().say(List.of("  Nothing was changed."));
            return;
        }
        desk.log().append(new Event.WentTo(here == null ? "" : here.id(), to.id(), again, passed, "command"));
        throw new GoTo();
    }

    private List<String> lines(Step to, boolean again, List<String> passed) {
        List<String> out = new ArrayList<>();
        if (again) {
            out.add("  Going back undoes nothing: what " + to.id() + " did stays as it is, and stays in the log.");
            List<Step> rest = new Dependencies(desk.runbook(), desk.log().state()).dependents(to).stream()
                    .filter(s -> state(s) == StepState.DONE || state(s) == StepState.NOT_APPLICABLE).toList();
            if (!rest.isEmpty()) {
                out.add("  " + (rest.size() == 1 ? "Becomes" : "Become") + " stale when it runs: " + ids(rest)
                        + ", which " + (rest.size() == 1 ? "rests" : "rest") + " on it.");
            }
            new SessionsThen(desk, parts).differences(to).forEach(d -> out.add("  " + d));
        }
        if (!passed.isEmpty()) {
            out.add("  Passed over, still to do: " + String.join(", ", passed) + ". The run is not finished without"
                    + " them.");
        }
        for (String id : passed) {
            desk.runbook().step(id).filter(s -> state(s) == StepState.PENDING).flatMap(SessionChanges::of).ifPresent(c ->
                    out.add("  Step " + id + " changes the session: " + c + "; look where the next ones run."));
        }
        return out;
    }

    private static String ids(List<Step> steps) {
        return steps.stream().map(Step::id).collect(Collectors.joining(", "));
    }

    private String was(Step step) {
        StepState state = state(step);
        String at = when(step.id());
        return switch (state) {
            case DONE -> "is done" + (at.isEmpty() ? "" : " (" + at + ")");
            default -> "is " + state.name().toLowerCase(Locale.ROOT).replace('_', ' ') + (at.isEmpty() ? "" : " ("
                    + at + ")");
        } + ".";
    }

    /** When a step was carried out last, in local time; empty when it was not. */
    String when(String step) {
        long at = desk.log().state().carriedOut(step);
        return at < 0 ? "" : TIME.format(Instant.parse(desk.log().events().get((int) at).utc())
                .atZone(ZoneId.systemDefault()));
    }

    /** Ids of the steps before this one that somebody has still something to do about. */
    List<String> openBefore(Step step) {
        List<Step> all = desk.runbook().mainSteps();
        return open(all.subList(0, all.indexOf(step)));
    }

    /** Open steps after the one that runs again and before the one that is asked about: they stay passed over. */
    private List<String> between(Step to) {
        List<Step> all = desk.runbook().mainSteps();
        int end = here == null ? all.size() : all.indexOf(here);
        return open(all.subList(all.indexOf(to) + 1, Math.max(all.indexOf(to) + 1, end)));
    }

    private List<String> open(List<Step> steps) {
        return steps.stream().filter(s -> Progress.open(state(s))).map(Step::id).toList();
    }

    private StepState state(Step step) {
        return new Progress(desk.runbook(), desk.log().state()).step(step);
    }
}
