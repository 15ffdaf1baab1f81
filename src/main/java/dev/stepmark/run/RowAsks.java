package dev.stepmark.run;

import dev.stepmark.journal.Event;
import dev.stepmark.journal.Event.Action;
import dev.stepmark.journal.Unit;
import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.plan.RowSources;
import dev.stepmark.plan.RowSources.Rows;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Executor;
import dev.stepmark.runbook.Inference;
import dev.stepmark.runbook.Risk;
import dev.stepmark.runbook.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What is shown and asked about the rows of a block. */
final class RowAsks {

    /** Rows that are named in a remark. */
    private static final int NAMED = 10;

    private final Desk desk;
    private final Parts parts;
    private final RowLoop loop;
    private final Cards cards;
    /** The row whose text is on the screen already, with the hash of all that was shown. */
    private String onScreen = "";
    private String shown = "";

    RowAsks(Desk desk, Parts parts, RowLoop loop) {
        this.desk = desk;
        this.parts = parts;
        this.loop = loop;
        this.cards = new Cards(desk);
    }

    /** {@code 4, row 1 of 3,}: how a prompt names a row; the block alone when there is only one. */
    static String name(Step step, Block block, Items items, int row) {
        String label = Cards.label(step, block);
        return items.size() == 1 ? label : label + ", row " + (row + 1) + " of " + items.size();
    }

    /** Values that become text which runs are asked for once more, for all rows together. */
    boolean textAgreed(Step step, Block block, Items items) {
        List<String> raw = RowTexts.raw(block, items);
        if (raw.isEmpty()) {
            return true;
        }
        String id = RowSources.rawQuestion(step, block);
        String hash = Texts.sha256(block.text() + items.json());
        boolean agreed = desk.log().state().answer(id).filter(a -> a.shown().equals(hash) && a.answer().equals("yes")).isPresent();
        if (agreed) {
            return true;
        }
        show(step, block, items, loop.open(step, block, items).get(0));
        if (desk.batch() && desk.options().yesNo(id).isEmpty()) {
            refuse("nobody has said whether " + String.join(", ", raw) + " may be used as text of step " + step.id(),
                    "What stands in a result would become a part of what runs.", "--answer " + id + "=yes");
        }
        Reply.Key key = ask(step, block, items, id, hash, raw);
        if (key.key() == 'y') {
            desk.log().append(new Event.QuestionAnswered(id, "raw", hash, "yes", key.by(), String.join(", ", raw)));
            return true;
        }
        parts.blocks().skip(step, Unit.block(step.id(), block.id()), key.by(), hash, Cards.label(step, block));
        return false;
    }

    private Reply.Key ask(Step step, Block block, Items items, String id, String hash, List<String> raw) {
        String language = block.executor() == Executor.SHELL ? "shell" : "SQL";
        String where = items.size() == 1 ? "" : " in all " + items.size() + " rows";
        Question question = new Question(id, Question.Kind.YES_NO, "Use " + String.join(", ", raw) + " as " + language + " text"
                + where + "?", List.of(Choices.YES, Choices.NO, Choices.OUTPUT, Choices.QUIT), (char) 0, "", "", "", hash, true);
        while (true) {
            Reply.Key key = parts.asking().key(question);
            if (key.key() != 'o') {
                return key;
            }
            page(step, block, items);
        }
    }

    /** All texts, one behind the other. */
    private void page(Step step, Block block, Items items) {
        desk.operator().page("the rows of " + Cards.label(step, block), desk.log().textFile(all(step, block, items,
                IntStream.range(0, items.size()).boxed().toList())));
    }

    private String all(Step step, Block block, Items items, List<Integer> rows) {
        return rows.stream().map(r -> "-- " + name(step, block, items, r) + ": " + items.label(r) + "\n"
                + loop.row(step, block, items, r).block().text().stripTrailing() + "\n").collect(Collectors.joining("\n"));
    }

    /** Asks about a row; true when it is to run now. */
    boolean confirm(Step step, Block block, Items items, int row) {
        show(step, block, items, row);
        RowTexts.Row filled = loop.row(step, block, items, row);
        List<Integer> open = loop.open(step, block, items);
        Question question = question(step, block, items, row, filled.block(), open);
        while (true) {
            Reply reply = parts.asking().ask(question);
            Unit unit = Unit.block(step.id(), block.id()).row(row);
            if (reply instanceof Reply.Text typed) {
                if (typed.text().equals(question.phrase())) {
                    decide(unit, filled.block(), typed.by().equals("key") ? "phrase" : typed.by(), typed.text(), "");
                    return true;
                }
                desk.operator().say(List.of("  That is not \"" + question.phrase() + "\". Nothing was run."));
                continue;
            }
            Reply.Key key = (Reply.Key) reply;
            if (key.key() == 'r') {
                decide(unit, filled.block(), key.by(), "", "");
                return true;
            }
            if (key.key() == 'a') {
                decideAll(step, block, items, open, key.by());
                return true;
            }
            if (other(step, block, items, row, key)) {
                return false;
            }
        }
    }

    /** Deals with a key that runs nothing; true when the row has to be looked at anew. */
    private boolean other(Step step, Block block, Items items, int row, Reply.Key key) {
        Unit unit = Unit.block(step.id(), block.id()).row(row);
        if (key.key() == 's') {
            parts.blocks().skip(step, unit, key.by(), shown, items.size() == 1 ? Cards.label(step, block)
                    : Cards.label(step, block) + " row " + (row + 1));
            return true;
        }
        if (key.key() == 'e') {
            boolean changed = edit(step, block, items, row);
            onScreen = changed ? "" : onScreen;
            return changed;
        }
        if (key.key() == 'w') {
            parts.why().show(step, block);
            desk.operator().say(IntStream.range(0, items.size()).mapToObj(r -> "  Row " + (r + 1) + "     "
                    + items.label(r)).limit(100).toList());
        } else if (key.key() == 'o') {
            page(step, block, items);
        }
        return false;
    }

    /** Lets the operator change a row's text: it stays as many statements as the document has. */
    boolean edit(Step step, Block block, Items items, int row) {
        return parts.edits().edit(Unit.block(step.id(), block.id()).row(row), loop.row(step, block, items, row).block(), shown,
                changed -> refusal(block, changed));
    }

    private static Optional<String> refusal(Block block, Block changed) {
        if (!RowTexts.same(block, changed)) {
            return Optional.of("The text of a row has as many statements as the document's.");
        }
        return block.placeholders().stream().filter(p -> changed.text().contains(p.raw())).findFirst()
                .map(p -> "The text still has " + p.raw() + " in it.");
    }

    private void decide(Unit unit, Block filled, String by, String phrase, String reason) {
        desk.log().append(new Event.Decided(unit, Action.RUN, by, shown, desk.log().text(filled.text()), phrase, reason,
                evidence(filled, "")));
    }

    private void decideAll(Step step, Block block, Items items, List<Integer> open, String by) {
        String rows = "rows " + Texts.ranges(open.stream().map(r -> r + 1).toList()) + " of " + items.size();
        desk.log().append(new Event.Decided(Unit.block(step.id(), block.id()), Action.RUN, by, shown, desk.log().text(
                all(step, block, items, open)), "", "", evidence(block, rows)));
    }

    private static String evidence(Block block, String more) {
        return Stream.concat(block.inferences().stream().map(Inference::id).map(i -> "confirmed " + i),
                more.isEmpty() ? Stream.empty() : Stream.of(more)).collect(Collectors.joining(", "));
    }

    private Question question(Step step, Block block, Items items, int row, Block filled, List<Integer> open) {
        String id = "step-" + step.id();
        String name = name(step, block, items, row);
        if (filled.risk() == Risk.DESTRUCTIVE) {
            String phrase = Cards.phrase(filled);
            return new Question(id, Question.Kind.PHRASE, "Type \"" + phrase + "\" to run " + (items.size() == 1 ? "it"
                    : "row " + (row + 1) + " of " + items.size()), Choices.phrase(), step.optional() ? 's' : (char) 0, phrase,
                    "", "", shown, true);
        }
        boolean longText = filled.text().lines().count() > BlockRunner.WHOLE_LINES;
        boolean safe = open.stream().allMatch(r -> loop.row(step, block, items, r).block().risk() != Risk.DESTRUCTIVE);
        List<Question.Choice> choices = items.size() == 1 ? new ArrayList<>(Choices.step(true))
                : Choices.row(safe && open.size() > 1 ? open.size() : 0);
        if (longText) {
            choices.add(choices.size() - 1, Choices.OUTPUT);
        }
        boolean byEnter = filled.risk() == Risk.READ_ONLY && block.attributes().foreach().isPresent()
                && block.inferences().isEmpty() && !longText && !step.optional();
        return new Question(id, Question.Kind.RUN, parts.where().prompt(items.size() == 1 ? name : name + ",", filled), choices,
                byEnter ? 'r' : step.optional() ? 's' : (char) 0, "", "", "", shown, true);
    }

    /** Shows the text of a row as it would run, unless it is on the screen. */
    private void show(Step step, Block block, Items items, int row) {
        String key = block.id() + ":" + row + ":" + desk.log().state().attempts(Unit.block(step.id(), block.id()).row(row)
                .statement(0));
        if (onScreen.equals(key)) {
            return;
        }
        RowTexts.Row filled = loop.row(step, block, items, row);
        boolean first = !onScreen.startsWith(block.id() + ":");
        List<String> before = first ? parts.blocks().remarks(step, block) : new ArrayList<>();
        if (first) {
            before.addAll(remarks(block, items));
        }
        StepCard card = cards.block(step, filled.block(), filled.block().text(), before, parts.where().facts(filled.block()));
        StepCard shorter = first ? card : new StepCard("", name(step, block, items, row) + ": " + items.label(row),
                card.right(), card.risk(), List.of(), before, card.toRun(), card.language(), card.facts());
        desk.operator().step(shorter);
        shown = Texts.sha256(shorter + items.json() + parts.banners().show(filled.block()));
        onScreen = key;
    }

    private List<String> remarks(Block block, Items items) {
        List<String> out = new ArrayList<>();
        if (items.size() > 1) {
            String more = items.size() > NAMED ? " and " + Texts.number(items.size() - NAMED) + " more" : "";
            out.add("For each of the " + Texts.number(items.size()) + " rows of " + items.source() + ":  " + IntStream.range(0,
                    Math.min(NAMED, items.size())).mapToObj(items::label).collect(Collectors.joining(", ")) + more);
        }
        String kinds = RowTexts.kinds(block, items);
        if (!kinds.isEmpty()) {
            out.add(kinds + ", from " + items.source());
        }
        return out;
    }

    /** A row whose values cannot be put into the text: it is changed by hand, or left out. */
    void unusable(Step step, Block block, Items items, int row, RowTexts.Row filled) {
        String name = name(step, block, items, row) + (items.size() == 1 ? "" : " (" + items.label(row) + ")");
        desk.operator().problem(Operator.Severity.ERROR, Message.of(name + " cannot be filled in: " + filled.problem(),
                "Nothing was run for this row.", ""));
        if (desk.batch()) {
            throw new StopRun("failed", ExitCode.FAILED);
        }
        Question question = new Question("step-" + step.id() + ".row", Question.Kind.FAILED, "What now?", Choices.unusable(row
                + 1), (char) 0, "", "", "", Texts.sha256(filled.problem()), true);
        other(step, block, items, row, parts.asking().key(question));
    }

    /** The result is not there that the rows would come from: a person says the values, or nothing is run. */
    void noRows(Step step, Block block, Rows rows, String problem) {
        List<String> names = rows.columns().keySet().stream().toList();
        if (desk.batch() || names.isEmpty()) {
            refuse("step " + step.id() + " has no rows: " + problem, "Nothing was run for it.", names.isEmpty() ? "" : "--set "
                    + names.get(0) + "=..., for one value");
        }
        desk.operator().remark(problem + "; so the values are asked for.");
        for (String name : names) {
            String value = parts.asking().text(name, name, "", "").text();
            desk.log().append(new Event.ValueBound(name, "text", value, "", "asked", "run"));
        }
    }

    private void refuse(String what, String meaning, String tries) {
        desk.operator().problem(Operator.Severity.ERROR, Message.of(what, meaning, tries));
        throw new StopRun("refused", ExitCode.REFUSED);
    }
}
