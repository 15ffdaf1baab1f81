package dev.stepmark.plan;

import dev.stepmark.runbook.Alternative;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Role;
import dev.stepmark.runbook.Runbook;
import dev.stepmark.runbook.Span;
import dev.stepmark.runbook.Step;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What follows from the ways of a document that were chosen. A pure function of the runbook and the answers. */
public final class Choosing {

    private final Runbook runbook;

    /** For a runbook with its alternatives. */
    public Choosing(Runbook runbook) {
        this.runbook = runbook;
    }

    /** Ids of the steps of the main run that an alternative is about. */
    public Set<String> steps(Alternative alternative) {
        return runbook.mainSteps().stream().filter(s -> spans(s).stream().anyMatch(b -> alternative.way(b).isPresent()))
                .map(Step::id).collect(Collectors.toSet());
    }

    /** Ids of the steps of which nothing applies, by the answers that are there. */
    public Set<String> leftOut(Function<Alternative, Optional<String>> answers) {
        return runbook.mainSteps().stream().filter(s -> against(s, answers).isPresent()).map(Step::id)
                .collect(Collectors.toSet());
    }

    /** Why nothing of a step applies; empty when something does. */
    public Optional<String> against(Step step, Function<Alternative, Optional<String>> answers) {
        List<Span> spans = spans(step);
        List<Optional<String>> reasons = spans.stream().map(s -> against(s, answers)).toList();
        return reasons.isEmpty() || reasons.stream().anyMatch(Optional::isEmpty) ? Optional.empty() : reasons.get(0);
    }

    /** Why these lines do not apply; empty when they do. */
    public Optional<String> against(Span lines, Function<Alternative, Optional<String>> answers) {
        for (Alternative alternative : runbook.alternatives()) {
            Optional<String> answer = answers.apply(alternative);
            Optional<Alternative.Way> other = answer.flatMap(a -> alternative.against(a, lines));
            if (other.isPresent()) {
                return Optional.of("for " + other.get().label() + "; this run is for "
                        + alternative.answered(answer.get()).orElseThrow().label());
            }
        }
        return Optional.empty();
    }

    /** What a run asks about: blocks, or the words of a step that a person does. */
    private static List<Span> spans(Step step) {
        List<Span> blocks = step.blocks().stream().filter(b -> b.executable() || b.role() == Role.MALFORMED)
                .map(Block::span).toList();
        return !blocks.isEmpty() ? blocks : step.kind() == Step.Kind.MANUAL ? List.of(step.span()) : List.of();
    }

    /** The labels of all ways. */
    public String labels(Alternative alternative, String between) {
        return alternative.ways().stream().map(Alternative.Way::label).collect(Collectors.joining(between));
    }

    /** The labels of the ways that were not chosen. */
    public String others(Alternative alternative, Alternative.Way chosen) {
        return alternative.ways().stream().filter(w -> !w.equals(chosen)).map(Alternative.Way::label)
                .collect(Collectors.joining(", "));
    }

    /** {@code lines 5-9, 22-24}. */
    public static String lines(Alternative.Way way) {
        List<String> places = way.places().stream().map(p -> p.first() == p.last() ? Integer.toString(p.first())
                : p.first() + "-" + p.last()).toList();
        boolean one = way.places().size() == 1 && way.places().get(0).first() == way.places().get(0).last();
        return (one ? "line " : "lines ") + String.join(", ", places);
    }
}
