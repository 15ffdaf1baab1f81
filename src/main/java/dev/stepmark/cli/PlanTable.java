package dev.stepmark.cli;

import dev.stepmark.plan.RowSources;
import dev.stepmark.run.Texts;
import dev.stepmark.plan.Choosing;
import dev.stepmark.runbook.Alternative;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Condition;
import dev.stepmark.runbook.Gate;
import dev.stepmark.runbook.Inference;
import dev.stepmark.runbook.Runbook;
import dev.stepmark.runbook.SessionDeclaration;
import dev.stepmark.runbook.Span;
import dev.stepmark.runbook.Step;
import dev.stepmark.runbook.VersionRemark;
import dev.stepmark.table.DisplayWidth;
import dev.stepmark.terminal.Neutral;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The plan for people: one line a step, with what Stepmark concluded below it. */
final class PlanTable {

    private static final int WIDTH = 80;
    private static final int TITLE = 44;
    private static final String NOTE = " ".repeat(12);

    private final Runbook runbook;
    private final Function<Step, List<String>> further;
    private final RowSources rows;

    PlanTable(Runbook runbook) {
        this(runbook, step -> List.of());
    }

    /** @param further notes below a step, besides what was concluded */
    PlanTable(Runbook runbook, Function<Step, List<String>> further) {
        this.runbook = runbook;
        this.further = further;
        this.rows = RowSources.of(runbook);
    }

    List<String> lines() {
        List<String> out = new ArrayList<>();
        List<Step> main = runbook.mainSteps();
        String right = Path.name(runbook.path()) + ", " + Texts.count(main.size(), "step");
        out.add(spread(Neutral.line(runbook.title()), Neutral.line(right)));
        if (runbook.steps().isEmpty()) {
            out.add("  Nothing here is a step: no list item, no code that could be run.");
            return out;
        }
        out.add(row("#", "line", "step", "runs in", "risk"));
        main.forEach(s -> step(s, out));
        choices(out);
        gates(out);
        remarks(out);
        leftOut(out);
        out.replaceAll(Neutral::line);
        return out;
    }

    private void step(Step step, List<String> out) {
        List<Block> blocks = step.blocks();
        Block first = step.executables().isEmpty() ? null : step.executables().get(0);
        out.add(row(step.id(), Integer.toString(step.span().first()), step.title(), first == null ? "by hand"
                : place(first), first == null ? "-" : step.risk().word()));
        step.condition().ifPresent(c -> note(condition(c), out));
        if (step.optional()) {
            note("optional: left out unless you say so", out);
        }
        for (Gate gate : step.gates()) {
            note("only for versions " + gate.constraint(), out);
        }
        for (Block block : blocks) {
            decided(block, out);
            block.inferences().stream().filter(i -> !i.id().endsWith(".condition") && !i.id().endsWith(".from-sentence"))
                    .map(i -> beyond(block, i.reason())).filter(r -> !r.isEmpty()).forEach(r -> note(r, out));
        }
        blocks.stream().flatMap(b -> rows.of(b).stream()).forEach(r -> note(r.note(), out));
        further.apply(step).forEach(n -> note(n, out));
    }

    /** What a reason says beyond the sentence that stands above it already. */
    private static String beyond(Block block, String reason) {
        int length = block.why().length();
        boolean same = reason.length() > length && reason.substring(0, length).equalsIgnoreCase(block.why());
        return same ? reason.substring(length + 1).strip() : reason;
    }

    /** What was decided about a block, and why. */
    private static void decided(Block block, List<String> out) {
        Span span = block.span();
        String lines = span.first() == span.last() ? "line " + span.first() : "lines " + span.first() + "-" + span.last();
        note(lines + (block.executable() ? ": " : " not run: ") + block.why(), out);
    }

    private static String condition(Condition condition) {
        if (condition.source() == Condition.Source.DECLARED) {
            return "only if " + condition.expression();
        }
        return condition.expression().isEmpty() ? "\"" + condition.text() + "\": you decide"
                : "only if step " + condition.dependsOn() + " returns rows (\"" + condition.text() + "\", line "
                        + condition.line() + ")";
    }

    private String place(Block block) {
        if (!block.opens().isEmpty()) {
            return "opens " + block.opens();
        }
        return runbook.session(block.session()).map(SessionDeclaration::kind).map(k -> k
                == SessionDeclaration.Kind.REMOTE_SHELL ? block.session() + " shell" : block.session())
                .orElse(block.executor().word());
    }

    /** Ways that exclude each other: which applies is asked before the first step. */
    private void choices(List<String> out) {
        for (Alternative alternative : runbook.alternatives()) {
            wrapped("  choose     ", alternative.ways().stream().map(w -> w.label() + " (" + Choosing.lines(w) + ")")
                    .collect(Collectors.joining(" or ")) + ": asked once, as " + alternative.answerId(), out);
        }
    }

    private void gates(List<String> out) {
        for (Gate gate : runbook.frontMatter().gates()) {
            String subject = gate.subject().isEmpty() ? "version" : gate.subject();
            wrapped("  gates      ", subject + " " + gate.constraint() + " (" + gate.source() + ", line " + gate.line()
                    + "); plan does not check it", out);
        }
    }

    /** What the words say about versions: for the reader to judge. */
    private void remarks(List<String> out) {
        for (VersionRemark remark : runbook.remarks()) {
            wrapped("  versions   ", "line " + remark.line() + " says \"" + remark.text() + "\"; nothing checks it", out);
        }
    }

    private void leftOut(List<String> out) {
        List<String> parts = new ArrayList<>();
        for (Step step : runbook.steps()) {
            if (!step.section().inMainRun()) {
                String name = step.section().name().charAt(0) + step.section().name().substring(1)
                        .toLowerCase(Locale.ROOT);
                if (parts.stream().noneMatch(p -> p.startsWith(name))) {
                    parts.add(name + " (line " + step.span().first() + ")");
                }
            }
        }
        if (!parts.isEmpty()) {
            wrapped("  left out   ", String.join(", ", parts), out);
        }
    }

    /** What Stepmark concluded, wrapped at words. */
    private static void note(String text, List<String> out) {
        wrapped(NOTE, text, out);
    }

    /** A text behind a label, wrapped at words, further lines below the text. */
    private static void wrapped(String label, String text, List<String> out) {
        StringBuilder line = new StringBuilder();
        String before = label;
        for (String word : text.split(" ")) {
            if (line.length() > 0 && label.length() + line.length() + 1 + word.length() > WIDTH) {
                out.add(before + line);
                before = " ".repeat(label.length());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        out.add(before + line);
    }

    private static String row(String id, String line, String title, String place, String risk) {
        String cut = cut(title, TITLE);
        return (right(id, 4) + " " + right(line, 5) + "  " + left(cut, TITLE) + "  " + left(place, 9) + "  " + risk)
                .stripTrailing();
    }

    private static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }

    private static String left(String text, int width) {
        return text + " ".repeat(Math.max(0, width - DisplayWidth.of(text)));
    }

    static String spread(String left, String right) {
        String cut = cut(left, WIDTH - right.length() - 2);
        return cut + " ".repeat(Math.max(2, WIDTH - DisplayWidth.of(cut) - right.length())) + right;
    }

    /** Cuts at a width, saying so. */
    static String cut(String text, int width) {
        if (DisplayWidth.of(text) <= width) {
            return text;
        }
        int end = text.length();
        while (end > 0 && DisplayWidth.of(text.substring(0, end)) > width - 3) {
            end = text.offsetByCodePoints(end, -1);
        }
        return text.substring(0, end) + "...";
    }

    /** Names of files for people. */
    static final class Path {

        private Path() { }

        static String name(String path) {
            return String.valueOf(java.nio.file.Path.of(path).getFileName());
        }
    }
}
