package dev.stepmark.cli;

import dev.stepmark.journal.EarlierRuns;
import dev.stepmark.journal.Unit;
import dev.stepmark.run.Earlier;
import dev.stepmark.run.Texts;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Runbook;
import dev.stepmark.runbook.Step;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** How long the steps of a plan took in earlier runs, where their texts have no holes and are the same. */
final class PlanDurations {

    private final EarlierRuns runs;

    PlanDurations(Path journal, Runbook runbook) {
        this.runs = EarlierRuns.read(journal, Path.of(runbook.path()).toAbsolutePath().normalize().toString(), "");
    }

    /** One note for each block of a step whose times are known. */
    List<String> notes(Step step) {
        List<Block> blocks = step.executables();
        return blocks.stream().flatMap(b -> runs.of(Unit.block(step.id(), b.id()), b.statements().stream().map(s ->
                Texts.sha256(s.text())).toList(), identity -> true).map(t -> "earlier " + Earlier.text(t)
                        + (blocks.size() > 1 ? " (line " + b.span().first() + ")" : "")).stream())
                .collect(Collectors.toList());
    }
}
