package dev.stepmark.run;

import dev.stepmark.expectation.Comparison;
import dev.stepmark.expectation.Comparison.Difference;
import dev.stepmark.expectation.Comparison.Verdict;
import dev.stepmark.expectation.Numbers;
import dev.stepmark.journal.Event;
import dev.stepmark.journal.Execution;
import dev.stepmark.journal.Unit;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.ExpectedOutput;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Compares what came out with what the document shows there; a difference is said and recorded, and fails nothing. */
final class ShownOutput {

    private static final int WIDTH = 100;

    private final Desk desk;

    ShownOutput(Desk desk) {
        this.desk = desk;
    }

    /** What was compared with which lines of the document. */
    record Compared(ExpectedOutput expected, Comparison comparison) {

        Event event(String exec) {
            List<String> lines = new ArrayList<>();
            for (Difference difference : comparison.differences()) {
                lines.add(expected.lineOf(difference.line()) + ": " + difference.expected().map(e -> "shows " + e.strip())
                        .orElse("shows nothing") + "; " + difference.actual().map(a -> "came " + a.strip())
                        .orElse("nothing came"));
            }
            return new Event.OutputCompared(exec, lines(expected), comparison.verdict().name().toLowerCase(
                    java.util.Locale.ROOT).replace('_', '-'), comparison.reason(), lines, comparison.more());
        }

        /** Remarks for people; none when it is what the document shows. */
        List<String> remarks() {
            if (comparison.verdict() != Verdict.DIFFERS) {
                return List.of();
            }
            List<String> out = new ArrayList<>();
            out.add("The document shows something else (" + lines(expected) + ")" + (comparison.reason().isEmpty() ? ""
                    : ": " + comparison.reason()));
            for (Difference difference : comparison.differences()) {
                difference.expected().ifPresent(e -> out.add("  shows  " + cut(e)));
                out.add(difference.actual().map(a -> "  came   " + cut(a)).orElse("  came   nothing for line "
                        + expected.lineOf(difference.line())));
            }
            if (comparison.more() > 0) {
                out.add("  and " + Texts.count(comparison.more(), "more difference"));
            }
            return out;
        }

        private static String lines(ExpectedOutput expected) {
            int first = expected.span().first();
            int last = expected.span().last();
            return first == last ? "line " + first : "lines " + first + "-" + last;
        }

        private static String cut(String line) {
            String text = line.strip();
            return text.length() > WIDTH ? text.substring(0, WIDTH - 3) + "..." : text;
        }
    }

    /** Compares; nothing when the document shows nothing there, or the operator changed the text that ran. */
    Optional<Compared> compare(Block block, Unit unit, Outputs outputs) {
        boolean last = unit.statement() == block.statements().size() - 1;
        Optional<ExpectedOutput> expected = desk.runbook().expected(block).stream()
                .filter(e -> e.statement() == unit.statement() || e.statement() < 0 && last).findFirst();
        if (expected.isEmpty() || unit.iteration() >= 0 || desk.log().editOf(Unit.block(unit.step(), unit.block())).isPresent()) {
            return Optional.empty();
        }
        List<String> came = new ArrayList<>(came(outputs));
        if (expected.get().statement() < 0 && block.statements().size() > 1) {
            came.addAll(ofTheWholeBlock(block, unit, outputs));
        }
        if (came.isEmpty()) {
            return Optional.of(new Compared(expected.get(), new Comparison(Verdict.NOT_COMPARED, List.of(), 0,
                    "the output is too long to be compared")));
        }
        return came.stream().map(c -> Comparison.of(expected.get(), c, Numbers.VARY))
                .min(Comparator.comparingInt(ShownOutput::distance)).map(c -> new Compared(expected.get(), c));
    }

    private static int distance(Comparison comparison) {
        return comparison.matched() ? -1 : comparison.differences().size() + comparison.more();
    }

    /** What a reader may have on the screen: the result alone, or messages before or after it. */
    private static List<String> came(Outputs outputs) {
        Optional<String> out = outputs.text("stdout").flatMap(o -> outputs.text("result").map(r -> o + r));
        Optional<String> err = outputs.text("stderr");
        if (out.isEmpty() || err.isEmpty()) {
            return List.of();
        }
        return err.get().isEmpty() ? List.of(out.get()) : List.of(out.get(), out.get() + "\n" + err.get(), err.get() + "\n"
                + out.get());
    }

    private List<String> ofTheWholeBlock(Block block, Unit unit, Outputs last) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < block.statements().size() - 1; i++) {
            Optional<Execution> before = desk.log().state().lastExecution(Unit.block(unit.step(), unit.block()).statement(i));
            List<String> came = came(new Outputs(desk.log(), before.flatMap(Execution::finished)
                    .map(Event.ExecFinished::outputs).orElse(List.of())));
            came.stream().findFirst().ifPresent(c -> all.append(c).append('\n'));
        }
        return came(last).stream().map(c -> all + c).toList();
    }
}
