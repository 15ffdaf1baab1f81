package dev.stepmark.run;

import dev.stepmark.journal.Event;
import dev.stepmark.journal.StepState;
import dev.stepmark.plan.Progress;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Placeholder;
import dev.stepmark.runbook.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The document's own section about going back: its steps, run as steps, each asked for. */
final class RollbackSection {

    private final Desk desk;
    private final Parts parts;

    RollbackSection(Desk desk, Parts parts) {
        this.desk = desk;
        this.parts = parts;
    }

    private List<Step> steps() {
        return desk.runbook().steps().stream().filter(s -> s.section() == Step.Section.ROLLBACK)
                .filter(s -> !Progress.reading(s)).toList();
    }

    /** Whether the document has one with something to do. */
    boolean exists() {
        return !steps().isEmpty();
    }

    /** {@code Rollback   the document has such a section: 2 steps, line 80}. */
    String fact() {
        return "the document has such a section: " + Texts.count(steps().size(), "step") + ", line " + steps().get(0).span()
                .first();
    }

    List<String> lines() {
        if (!exists()) {
            return List.of();
        }
        List<String> out = new ArrayList<>(List.of("  The document's own section, line " + steps().get(0).span().first() + ":"));
        steps().forEach(s -> out.add(String.format(Locale.ROOT, "  %4s  %s", s.id(), s.title())));
        return out;
    }

    /** Runs its steps when the operator wants that. What they take back in the main run only a person can say. */
    void run(Step at, String by) {
        List<Step> steps = steps();
        if (steps.isEmpty()) {
            return;
        }
        String ids = steps.stream().map(Step::id).collect(Collectors.joining(", "));
        if (!parts.asking().yes("rollback", "Go through the rollback section, " + (steps.size() == 1 ? "step " : "steps ")
                + ids + "?", 'n', Texts.sha256(ids))) {
            return;
        }
        desk.log().append(new Event.RollbackBegun(at.id(), steps.stream().map(Step::id).toList(), by));
        StepRunner runner = new StepRunner(desk, parts, new Gates(desk, parts));
        for (Step step : steps) {
            values(step);
            for (int round = 0; !settled(step) && round < MAX_ROUNDS; round++) {
                runner.run(step);
            }
        }
        desk.operator().say(List.of("  The rollback section is at its end. What it took back still counts as done:",
                "  /goto 3 does step 3 again; q stops here."));
    }

    private static final int MAX_ROUNDS = 1_000;

    private boolean settled(Step step) {
        StepState state = new Progress(desk.runbook(), desk.log().state()).step(step);
        return Progress.settled(state);
    }

    /** Values that only this section needs were not asked for before the first step. */
    private void values(Step step) {
        for (Block block : step.executables()) {
            for (Placeholder hole : block.placeholders()) {
                if (!hole.secret() && parts.values().plain(hole.name()) == null) {
                    String value = parts.asking().text(hole.name(), hole.name(), "", "").text();
                    desk.log().append(new Event.ValueBound(hole.name(), "text", value, "", "asked", "run"));
                }
            }
        }
    }
}
