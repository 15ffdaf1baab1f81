package dev.stepmark.cli;

import dev.stepmark.run.Texts;
import dev.stepmark.runbook.Risk;
import dev.stepmark.runbook.Runbook;
import dev.stepmark.runbook.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The plans of a directory, one line a document. */
final class PlanSummary {

    private final Path directory;
    private final List<List<String>> rows = new ArrayList<>();
    private int without;

    PlanSummary(Path directory) {
        this.directory = directory;
        rows.add(List.of("runbook", "steps", "by hand", "inferred", "questions", "worst risk"));
    }

    /** A document without a step is counted, not listed. */
    void add(Path file, Runbook runbook, int questions) {
        List<Step> steps = runbook.mainSteps();
        if (steps.isEmpty()) {
            without++;
            return;
        }
        long byHand = steps.stream().filter(s -> s.executables().isEmpty()).count();
        long inferred = steps.stream().flatMap(s -> s.blocks().stream()).mapToLong(b -> b.inferences().size()).sum();
        Risk worst = steps.stream().map(Step::risk).reduce(Risk.READ_ONLY, Risk::max);
        rows.add(List.of(directory.relativize(file).toString(), Texts.number(steps.size()), Texts.number(byHand),
                Texts.number(inferred), Texts.number(questions), worst.word()));
    }

    /** The table, and what it leaves out. */
    List<String> lines(int unreadable) {
        List<String> out = new ArrayList<>();
        Columns.lines(rows, -1).forEach(l -> out.add("  " + l));
        String more = without == 0 ? "" : "; " + without + " more " + (without == 1 ? "file has" : "files have")
                + " no steps";
        String bad = unreadable == 0 ? "" : "; " + unreadable + " could not be read";
        out.add("  " + Texts.count(rows.size() - 1, "runbook") + more + bad + "; the whole plan: stepmark plan FILE");
        return out;
    }
}
