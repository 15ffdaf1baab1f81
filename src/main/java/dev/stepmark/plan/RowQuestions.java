package dev.stepmark.plan;

import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Runbook;
import dev.stepmark.runbook.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Questions about blocks that are run for the rows of an earlier result. */
final class RowQuestions {

    private final Runbook runbook;
    private final RowSources sources;

    RowQuestions(Runbook runbook) {
        this.runbook = runbook;
        this.sources = RowSources.of(runbook);
    }

    /** Whether rows give the value, so that nobody is asked for it. */
    boolean given(String name) {
        return sources.names().contains(name);
    }

    /** What can be said all the same: one value for all rows. */
    PlannedQuestion override(String name) {
        List<Step> steps = runbook.mainSteps().stream().filter(s -> s.executables().stream().anyMatch(b -> uses(b, name)))
                .toList();
        String from = steps.stream().flatMap(s -> s.executables().stream()).filter(b -> uses(b, name)).findFirst()
                .flatMap(sources::of).map(r -> "column " + r.columns().get(name) + " of " + r.source()).orElse("");
        return new PlannedQuestion(name, PlannedQuestion.Kind.COLUMN, "", "Value " + name + ": " + from + " gives it",
                List.of("a value here goes for all rows instead"), "", "", "--set " + name + "=... or --vars FILE").about(name,
                        steps.stream().map(Step::id).collect(Collectors.toSet()));
    }

    private boolean uses(Block block, String name) {
        return sources.of(block).filter(r -> r.columns().containsKey(name)).isPresent();
    }

    /** What a step asks about its rows besides whether to run it. */
    List<PlannedQuestion> of(Step step) {
        List<PlannedQuestion> out = new ArrayList<>();
        for (Block block : step.executables()) {
            Set<String> columns = sources.of(block).map(r -> r.columns().keySet()).orElse(Set.of());
            List<String> raw = RowSources.raw(block).stream().filter(columns::contains).toList();
            if (!raw.isEmpty()) {
                String what = raw.stream().map(n -> sources.of(block).orElseThrow().columns().get(n))
                        .collect(Collectors.joining(", "));
                out.add(new PlannedQuestion(RowSources.rawQuestion(step, block), PlannedQuestion.Kind.INFERENCE, step.id(), "Step " + step.id()
                        + ": use " + what + " as SQL text in all rows?", List.of("from " + sources.of(block).orElseThrow()
                                .source() + "; what stands there becomes a part of the statement"), "", "", ""));
            }
        }
        return out;
    }
}
