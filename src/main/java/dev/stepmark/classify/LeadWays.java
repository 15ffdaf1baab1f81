package dev.stepmark.classify;

import dev.stepmark.runbook.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Ways that the words before blocks name: "On Debian:" and then "On RHEL:", or a block and behind it "Or, without systemd:".
 * They end with the heading, and with the first block whose words speak of nothing like it.
 */
final class LeadWays {

    private final List<StepBlocks> steps;
    private final List<List<Way>> found = new ArrayList<>();
    private List<Way> group = new ArrayList<>();
    private String family = "";
    /** Steps that begin with the words of a way. */
    private final List<StepBlocks> entered = new ArrayList<>();
    private List<String> under = List.of();
    /** The blocks since the last words, which are the first way when "or" follows. */
    private Way last;

    /** A way and its lines. */
    record Way(String label, Span span) { }

    LeadWays(List<StepBlocks> steps) {
        this.steps = steps;
    }

    List<List<Way>> find() {
        for (StepBlocks step : steps) {
            if (!step.draft.path.equals(under)) {
                end();
                last = null;
                under = step.draft.path;
            }
            if (step.executables().isEmpty() && step.blocks.isEmpty()) {
                person(step);
            }
            step.blocks.forEach(b -> block(step, b));
        }
        end();
        return found;
    }

    /** An item without code: "On Debian, open the firewall." */
    private void person(StepBlocks step) {
        Optional<Ways.Named> way = step.draft.fromItem ? Ways.sentence(Titles.of(step.draft.opening) + ":") : Optional.empty();
        if (way.isPresent()) {
            named(way.get(), step.draft.span());
        } else if (step.draft.fromItem || step.draft.manual) {
            end();
        }
        last = null;
    }

    private void block(StepBlocks step, BlockDraft block) {
        Span span = block.code.node().span();
        boolean shown = !block.executable() && block.verdict.role() != dev.stepmark.runbook.Role.MALFORMED
                && block.verdict.role() != dev.stepmark.runbook.Role.FILE_FRAGMENT;
        if (!block.code.direct() || shown) {
            reach(block, span);
            return;
        }
        String sentence = Titles.last(block.code.leadIn());
        String opening = Titles.of(block.code.leadIn());
        Optional<Ways.Named> way = Ways.sentence(sentence).or(() -> Ways.sentence(opening + ":").filter(w -> !opening.equals(sentence)));
        if (way.isPresent()) {
            named(way.get(), span);
            if (block == step.blocks.get(0)) {
                entered.add(step);
            }
        } else if (Ways.otherwise(opening) && last != null) {
            otherwise(block, span);
        } else {
            end();
            last = block.executable() ? new Way(command(block), span) : null;
        }
    }

    private void named(Ways.Named way, Span span) {
        if (!way.family().equals(family)) {
            end();
        }
        family = way.family();
        group.add(new Way(way.label(), span));
        last = null;
    }

    private void otherwise(BlockDraft block, Span span) {
        if (!family.equals("or")) {
            end();
            group.add(last);
        }
        family = "or";
        last = new Way(command(block), span);
        group.add(last);
    }

    /** A block without words of its own belongs to what the words before it named. */
    private void reach(BlockDraft block, Span span) {
        if (!group.isEmpty()) {
            Way way = group.remove(group.size() - 1);
            group.add(new Way(way.label(), new Span(way.span().first(), span.last())));
            last = family.equals("or") ? group.get(group.size() - 1) : last;
        } else if (last != null) {
            last = new Way(last.label(), new Span(last.span().first(), span.last()));
        } else if (block.executable()) {
            last = new Way(command(block), span);
        }
    }

    private void end() {
        if (group.size() > 1) {
            found.add(group);
            entered.forEach(s -> s.way = true);
        }
        group = new ArrayList<>();
        family = "";
        entered.clear();
    }

    private static String command(BlockDraft block) {
        String line = block.verdict.body().text().strip().lines().filter(l -> !l.isBlank()).findFirst().orElse("");
        return line.length() > 60 ? line.substring(0, 57) + "..." : line;
    }
}
