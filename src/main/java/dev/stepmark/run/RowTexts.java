package dev.stepmark.run;

import dev.stepmark.binding.Filler;
import dev.stepmark.binding.Hole;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Executor;
import dev.stepmark.runbook.Placeholder;
import dev.stepmark.runbook.Statement;
import dev.stepmark.secret.Masker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The text of a block for one row: its holes filled, its statements and its risk told anew from what that gave. */
final class RowTexts {

    private final Values values;
    private final UnaryOperator<Block> reparser;

    RowTexts(Values values, UnaryOperator<Block> reparser) {
        this.values = values;
        this.reparser = reparser;
    }

    /**
     * A row as it would run.
     *
     * @param block     with its text filled and no hole left
     * @param secretEnv variables that the text refers to, with the secrets they stand for
     * @param problem   why it cannot run, or empty
     */
    record Row(Block block, Map<String, Filler.SecretUse> secretEnv, String problem) { }

    /** Fills a row. */
    Row of(Block template, Items items, int row) {
        Optional<String> unusable = unusable(template, items, row);
        if (unusable.isPresent()) {
            return new Row(template, Map.of(), unusable.get());
        }
        Filler.Filled filled = Filler.fill(template.text(), template.executor(), template.placeholders(), name -> items.fills(name)
                ? items.value(row, name).orElse(null) : values.plain(name), name -> !items.fills(name));
        Block block = reparser.apply(withText(template, filled.text()));
        return new Row(block, filled.secretEnv(), !filled.problem().isEmpty() ? filled.problem() : otherStatements(template, block));
    }

    /** Columns that become text which runs, in the order of the document. */
    static List<String> raw(Block template, Items items) {
        return holes(template, items).filter(h -> h.kind() == Hole.Kind.RAW).map(h -> items.columns().get(h.name())).distinct().toList();
    }

    /** {@code view_name as an identifier, view_definition as SQL text (raw)}. */
    static String kinds(Block template, Items items) {
        boolean sql = template.executor() != Executor.SHELL;
        return holes(template, items).map(h -> {
            String words = h.kind().words(sql);
            return items.columns().get(h.name()) + " as " + (h.kind() == Hole.Kind.RAW || h.kind() == Hole.Kind.TEXT ? ""
                    : "aeiou".indexOf(words.charAt(0)) >= 0 ? "an " : "a ") + words;
        }).distinct().collect(Collectors.joining(", "));
    }

    private static Stream<Hole> holes(Block template, Items items) {
        return Filler.holes(template.text(), template.executor(), template.placeholders()).stream().filter(h ->
                items.fills(h.name()));
    }

    /** Why a value cannot be used at all. */
    private static Optional<String> unusable(Block template, Items items, int row) {
        for (Placeholder hole : template.placeholders()) {
            if (items.fills(hole.name())) {
                Optional<String> value = items.value(row, hole.name());
                if (value.isEmpty()) {
                    return Optional.of(items.columns().get(hole.name()) + " is NULL");
                }
                if (value.get().contains(Masker.MASK)) {
                    return Optional.of(items.columns().get(hole.name()) + " has a secret in it, which is not kept");
                }
            }
        }
        return Optional.empty();
    }

    /** A value must not become a statement more: nobody has seen that in the document. */
    private static String otherStatements(Block template, Block row) {
        return same(template, row) ? "" : "with these values the text has " + Texts.count(row.statements().size(), "statement")
                + ", and in the document it has " + template.statements().size();
    }

    /** Whether a text has as many statements as another, of the same kinds. */
    static boolean same(Block template, Block other) {
        return kinds(template).equals(kinds(other));
    }

    private static List<Statement.Kind> kinds(Block block) {
        List<Statement.Kind> out = new ArrayList<>();
        block.statements().forEach(s -> out.add(s.kind()));
        return out;
    }

    private static Block withText(Block b, String text) {
        return new Block(b.id(), b.span(), b.syntax(), b.info(), text, b.role(), b.executor(), b.session(), b.opens(),
                b.closes(), b.statements(), List.of(), b.risk(), b.alternative(), b.runByDefault(), b.why(),
                b.inferences(), b.attributes());
    }
}
