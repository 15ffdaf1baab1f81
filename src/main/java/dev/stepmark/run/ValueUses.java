package dev.stepmark.run;

import dev.stepmark.binding.Filler;
import dev.stepmark.binding.Hole;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Executor;
import dev.stepmark.runbook.FrontMatter.Variable;
import dev.stepmark.runbook.Placeholder;
import dev.stepmark.runbook.Runbook;
import dev.stepmark.runbook.Statement;
import dev.stepmark.runbook.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where the values of a runbook go: what is explained of them, and whether one fits everywhere. */
final class ValueUses {

    /** Places that an explanation names. */
    private static final int MOST = 6;
    private static final int LONGEST = 60;

    private final Runbook runbook;

    ValueUses(Runbook runbook) {
        this.runbook = runbook;
    }

    /** What a value is for: the words of the author, then each place with its line. */
    List<String> about(String name) {
        List<String> out = new ArrayList<>();
        runbook.frontMatter().variables().stream().filter(v -> v.name().equals(name)).findFirst().map(Variable::description)
                .filter(d -> !d.isEmpty()).ifPresent(d -> out.add(name + ": " + d));
        List<String> places = new ArrayList<>();
        for (Step step : runbook.mainSteps()) {
            for (Block block : step.executables()) {
                for (Statement statement : block.statements()) {
                    places.addAll(places(step, block, statement, name));
                }
            }
        }
        out.addAll(places.subList(0, Math.min(MOST, places.size())));
        if (places.size() > MOST) {
            out.add("and in " + Texts.count(places.size() - MOST, "more place"));
        } else if (places.isEmpty()) {
            out.add("no step has it in its text; shells get it as a variable");
        }
        return out;
    }

    private static List<String> places(Step step, Block block, Statement statement, String name) {
        List<String> out = new ArrayList<>();
        for (Hole hole : Filler.holes(statement.text(), block.executor(), block.placeholders())) {
            if (hole.name().equals(name)) {
                int line = statement.span().first() + lines(statement.text(), hole.offset());
                String shown = statement.text().lines().skip(line - statement.span().first()).findFirst().orElse("").strip();
                String kind = hole.kind() == Hole.Kind.UNKNOWN ? "" : ", as " + article(hole.kind().words(
                        block.executor() != Executor.SHELL));
                out.add("step " + step.id() + ", line " + line + kind + ": "
                        + (shown.length() > LONGEST ? shown.substring(0, LONGEST - 3) + "..." : shown));
            }
        }
        return out;
    }

    private static int lines(String text, int offset) {
        return (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
    }

    private static String article(String kind) {
        return kind.contains("text") ? kind : "aeio".indexOf(kind.charAt(0)) >= 0 ? "an " + kind : "a " + kind;
    }

    private static int line(Block block, String name) {
        for (Statement statement : block.statements()) {
            for (Hole hole : Filler.holes(statement.text(), block.executor(), block.placeholders())) {
                if (hole.name().equals(name)) {
                    return statement.span().first() + lines(statement.text(), hole.offset());
                }
            }
        }
        return block.span().first();
    }

    /** Why a value does not go somewhere; empty when it fits everywhere. */
    Optional<String> unfit(String name, String value) {
        for (Step step : runbook.mainSteps()) {
            for (Block block : step.executables()) {
                List<Placeholder> own = block.placeholders().stream().filter(p -> !p.secret()).toList();
                if (own.stream().noneMatch(p -> p.name().equals(name))) {
                    continue;
                }
                String problem = Filler.fill(block.text(), block.executor(), own, n -> n.equals(name) ? value : "1",
                        n -> true).problem();
                for (String part : problem.split("; ")) {
                    if (part.startsWith("the value of " + name + " ") || part.startsWith("a value would")) {
                        return Optional.of(part + " (step " + step.id() + ", line " + line(block, name) + ")");
                    }
                }
            }
        }
        return Optional.empty();
    }
}
