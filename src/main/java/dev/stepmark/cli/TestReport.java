package dev.stepmark.cli;

import dev.stepmark.doctest.DocumentResult;
import dev.stepmark.doctest.StepResult;
import dev.stepmark.doctest.Verdict;
import dev.stepmark.run.Texts;
import dev.stepmark.terminal.Neutral;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Results for a person: a table for each document, and below a step what was wrong with it. */
final class TestReport {

    private static final int TITLE = 44;
    private static final String INDENT = "            ";

    private TestReport() { }

    /** One document. */
    static List<String> of(DocumentResult document) {
        List<String> out = new ArrayList<>();
        Verdict verdict = document.verdict();
        out.add(Neutral.line(document.path()) + "  " + (verdict == Verdict.OK ? nothing(document) ? "nothing to run" : "ok"
                : verdict.word()) + "  " + seconds(document.millis()));
        document.problem().forEach(line -> out.add("  " + Neutral.line(line)));
        document.notes().forEach(line -> out.add("  . " + Neutral.line(line)));
        if (!document.steps().isEmpty() && (verdict != Verdict.OK || !nothing(document))) {
            out.addAll(table(document.steps()));
        }
        return out;
    }

    private static boolean nothing(DocumentResult document) {
        return document.steps().stream().allMatch(s -> s.verdict() == Verdict.BY_HAND);
    }

    private static List<String> table(List<StepResult> steps) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("#", "line", "step", "result", ""));
        for (StepResult step : steps) {
            rows.add(List.of(step.id(), Integer.toString(step.line()), PlanTable.cut(step.title(), TITLE),
                    step.verdict().word(), step.summary()));
        }
        List<String> lines = Columns.lines(rows, 1);
        List<String> out = new ArrayList<>(List.of("  " + lines.get(0)));
        for (int i = 0; i < steps.size(); i++) {
            out.add("  " + lines.get(i + 1));
            steps.get(i).details().forEach(detail -> out.add(INDENT + Neutral.line(detail)));
        }
        return out;
    }

    /** The last line. */
    static String summary(List<DocumentResult> documents) {
        List<StepResult> steps = documents.stream().flatMap(d -> d.steps().stream()).toList();
        List<String> counts = new ArrayList<>();
        for (Verdict verdict : List.of(Verdict.OK, Verdict.DIFFERS, Verdict.FAILED, Verdict.BY_HAND, Verdict.SKIPPED,
                Verdict.NOT_RUN)) {
            long count = steps.stream().filter(s -> s.verdict() == verdict).count();
            if (count > 0) {
                counts.add(count + " " + verdict.word());
            }
        }
        long bad = documents.stream().filter(d -> d.verdict().bad()).count();
        return Texts.count(documents.size(), "document") + ", " + (bad == 0 ? "all as they say" : bad + " not as "
                + (bad == 1 ? "it says" : "they say")) + "; " + Texts.count(steps.size(), "step") + (counts.isEmpty() ? ""
                : ": " + String.join(", ", counts));
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
}
