package dev.stepmark.run;

import dev.stepmark.plan.Choosing;
import dev.stepmark.plan.RunOptions;
import dev.stepmark.runbook.Runbook;
import dev.stepmark.runbook.Step;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Steps that {@code --start-at}, {@code --only} and {@code --skip} leave out. */
public final class LeftOut {

    private final Runbook runbook;
    private final RunOptions options;

    /** For one runbook and the options of one run. */
    public LeftOut(Runbook runbook, RunOptions options) {
        this.runbook = runbook;
        this.options = options;
    }

    /** Why a step is left out, or empty. */
    public Optional<String> reason(Step step) {
        if (named(options.skip(), step)) {
            return Optional.of("--skip " + step.id());
        }
        if (step.section().inMainRun() && !options.only().isEmpty() && !named(options.only(), step)) {
            return Optional.of("not among --only");
        }
        Optional<Step> start = options.startAt().flatMap(runbook::step);
        List<Step> steps = runbook.steps();
        boolean before = start.isPresent() && steps.indexOf(step) < steps.indexOf(start.get());
        return before ? Optional.of("before --start-at " + options.startAt().get()) : Optional.empty();
    }

    /** Ids of the steps that are left out, those of ways that the answers do not choose among them. */
    public Set<String> ids() {
        Set<String> notChosen = new Choosing(runbook).leftOut(a -> Optional.ofNullable(options.answers().get(a.answerId())));
        return runbook.mainSteps().stream().filter(s -> notChosen.contains(s.id()) || reason(s).isPresent()).map(Step::id)
                .collect(Collectors.toSet());
    }

    private static boolean named(Set<String> names, Step step) {
        return names.contains(step.id()) || !step.name().isEmpty() && names.contains(step.name());
    }
}
