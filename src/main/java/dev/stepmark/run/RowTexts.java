package dev.stepmark.run;

import dev.stepmark.binding.Filler;
import dev.stepmark.plan.RawHoles;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Placeholder;
import dev.stepmark.runbook.Statement;
import dev.stepmark.secret.Masker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

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
    record Row(Block block, Map<String, String> secretEnv, String problem) { }

    /** Fills a row. */
    Row of(Block template, Items items, int row) {
        Optional<String> unusable = unusable(template, items, row);
        if (unusable.isPresent()) {
            return new Row(template, Map.of(), unusable.get());
        }
        List<Placeholder> raw = raw(template, items);
        List<Placeholder> typed = template.placeholders().stream().filter(p -> !raw.contains(p)).toList();
        Filler.Filled filled = Filler.fill(template.text(), template.executor(), typed, name -> items.fills(name)
                ? items.value(row, name).orElse(null) : values.plain(name));
        String text = filled.text();
        for (Placeholder hole : raw) {
            text = insert(text, hole.raw(), items.value(row, hole.name()).orElseThrow());
        }
        Block block = reparser.apply(withText(template, text));
        return new Row(block, filled.secretEnv(), !filled.problem().isEmpty() ? filled.problem() : otherStatements(template, block));
    }

    /** Holes that the rows fill with text that runs. */
    static List<Placeholder> raw(Block template, Items items) {
        return RawHoles.of(template).stream().filter(p -> items.fills(p.name())).toList();
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

    /** A semicolon that ends both the value and the text around it is one. */
    private static String insert(String text, String hole, String value) {
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (int at = text.indexOf(hole); at >= 0; at = text.indexOf(hole, from)) {
            boolean ends = text.substring(at + hole.length()).stripLeading().startsWith(";");
            String part = value.strip();
            out.append(text, from, at).append(ends && part.endsWith(";") ? part.substring(0, part.length() - 1) : part);
            from = at + hole.length();
        }
        return out.append(text.substring(from)).toString();
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
