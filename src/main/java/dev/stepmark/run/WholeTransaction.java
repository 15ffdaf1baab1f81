package dev.stepmark.run;

import dev.stepmark.binding.Filler;
import dev.stepmark.journal.Event;
import dev.stepmark.journal.Event.Action;
import dev.stepmark.journal.Unit;
import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.plan.Progress;
import dev.stepmark.plan.TransactionPlan;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Risk;
import dev.stepmark.runbook.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A transaction of several blocks is confirmed whole, before its first lock: all texts shown, one answer. */
final class WholeTransaction {

    private final Desk desk;
    private final Parts parts;
    private final Cards cards;

    WholeTransaction(Desk desk, Parts parts) {
        this.desk = desk;
        this.parts = parts;
        this.cards = new Cards(desk);
    }

    /** A block of it, as it runs. */
    private record Part(Step step, Block block, Unit unit) { }

    /**
     * Whether a block that is to run now may run; when not, what came of it is recorded.
     *
     * @return empty when the block shares its transaction with no other
     */
    Optional<Boolean> mayRun(Step step, Block block) {
        Optional<TransactionPlan> plan = parts.transactions().several(block);
        if (plan.isEmpty()) {
            return Optional.empty();
        }
        if (parts.transactions().open(block.session()).equals(plan)) {
            return Optional.of(true);
        }
        List<Part> all = all(plan.get());
        Optional<Part> first = all.stream().filter(p -> !leftOut(p)).findFirst();
        if (first.isPresent() && !first.get().block().id().equals(block.id())) {
            back(plan.get(), step, first.get().step());
        }
        boolean confirmed = all.stream().filter(p -> !leftOut(p)).allMatch(p -> desk.log().state().openDecision(p.unit())
                .filter(d -> d.action() == Action.RUN || d.action() == Action.RETRY).isPresent());
        return Optional.of(confirmed || confirm(plan.get(), takingPart(all)));
    }

    /** What is to run, and behind it what did not apply the last time: whether it does now is looked at again. */
    private List<Part> takingPart(List<Part> all) {
        List<Part> out = new ArrayList<>();
        for (Part part : all) {
            boolean again = !out.isEmpty() && part.block().attributes().when().isPresent()
                    && desk.log().state().lastDecision(part.unit()).filter(d -> d.action() == Action.NOT_APPLICABLE).isPresent();
            if (again || !leftOut(part)) {
                out.add(part);
            }
        }
        return out;
    }

    /** What does not apply takes no part in it. */
    private boolean leftOut(Part part) {
        return Progress.settled(new Progress(desk.runbook(), desk.log().state()).block(part.step(), part.block()))
                || new Progress(desk.runbook(), desk.log().state()).step(part.step())
                        == dev.stepmark.journal.StepState.NOT_APPLICABLE;
    }

    private void back(TransactionPlan plan, Step here, Step first) {
        desk.operator().say(List.of("  Step " + here.id() + " runs in one transaction with " + String.join(", ",
                plan.steps().stream().filter(s -> !s.equals(here.id())).toList()) + ": it begins with step " + first.id()
                + "."));
        desk.log().append(new Event.WentTo(here.id(), first.id(), false, List.of(), "key"));
        throw new GoTo();
    }

    private List<Part> all(TransactionPlan plan) {
        List<Part> out = new ArrayList<>();
        for (TransactionPlan.Part part : plan.parts()) {
            Step step = desk.runbook().step(part.step()).orElseThrow();
            step.blocks().stream().filter(b -> b.id().equals(part.block())).findFirst().ifPresent(b -> out.add(new Part(step,
                    parts.edits().effective(step, b), Unit.block(step.id(), b.id()))));
        }
        return out;
    }

    private boolean confirm(TransactionPlan plan, List<Part> all) {
        for (Part part : all.subList(1, all.size())) {
            boolean asks = part.step().condition().filter(c -> c.expression().isEmpty()).isPresent()
                    && desk.log().state().lastDecision(Unit.step(part.step().id())).isEmpty()
                    && desk.log().state().answer("step-" + part.step().id() + ".applies").isEmpty();
            if (asks) {
                // no question may come up while locks are held
                String condition = part.step().condition().orElseThrow().text();
                desk.operator().step(cards.byHand(part.step(), "", List.of("\"" + condition
                        + "\": only you know whether this applies")));
                parts.conditions().ask(part.step(), Unit.step(part.step().id()), condition);
                return false;
            }
        }
        String shown = show(plan, all);
        return all.stream().allMatch(p -> parts.raw().agreed(p.step(), p.block(), parts.fill(p.block().text(), p.block())))
                && answer(plan, all, shown);
    }

    /** Shows every text; what was shown, as a hash. */
    private String show(TransactionPlan plan, List<Part> all) {
        StringBuilder shown = new StringBuilder();
        Part worst = worst(all);
        for (Part part : all) {
            List<String> before = new ArrayList<>();
            part.step().condition().filter(c -> !c.expression().isEmpty()).ifPresent(c -> before.add(parts.conditions()
                    .evaluate(c.expression()).sentence(c.text())));
            part.block().attributes().when().ifPresent(w -> before.add("Only when " + w + ": looked at when it is its"
                    + " turn"));
            before.addAll(Cards.reasons(part.block()));
            before.addAll(part == all.get(0) ? parts.where().remarks(part.block()) : List.of());
            Filler.Filled filled = parts.fill(part.block().text(), part.block());
            before.addAll(RawValues.remarks(part.block(), filled));
            StepCard card = cards.block(part.step(), part.block(), filled.text(), before, parts.where().facts(part.block()));
            desk.operator().step(card);
            shown.append(card);
        }
        String one = "Steps " + String.join(", ", plan.steps()) + " run in one transaction" + (plan.own() ? " ("
                + plan.name() + ")" : "") + ": kept or undone together";
        String risk = "The riskiest is step " + worst.step().id() + ": " + worst.block().risk().word();
        desk.operator().remark(one);
        desk.operator().remark(risk);
        return Texts.sha256(shown + one + parts.banners().show(worst.block()));
    }

    private static Part worst(List<Part> all) {
        return all.stream().reduce((a, b) -> b.block().risk().compareTo(a.block().risk()) > 0 ? b : a).orElseThrow();
    }

    private boolean answer(TransactionPlan plan, List<Part> all, String shown) {
        Question question = question(plan, all, shown);
        List<String> texts = all.stream().map(p -> p.block().text()).toList();
        while (true) {
            Reply reply = parts.asking().ask(question);
            if (!takingPart(all(plan)).stream().map(p -> p.block().text()).toList().equals(texts)) {
                // a text was edited meanwhile: it is shown before it is confirmed
                return false;
            }
            if (reply instanceof Reply.Text typed && typed.text().equals(question.phrase())) {
                refuseHalf(plan);
                decide(all, Action.RUN, typed.by().equals("key") ? "phrase" : typed.by(), shown, typed.text(), "");
                return true;
            }
            if (reply instanceof Reply.Text) {
                desk.operator().say(List.of("  That is not \"" + question.phrase() + "\". Nothing was run."));
                continue;
            }
            Reply.Key key = (Reply.Key) reply;
            if (key.key() == 'r') {
                refuseHalf(plan);
                decide(all, Action.RUN, key.by(), shown, "", "");
                return true;
            }
            if (key.key() == 's') {
                skip(plan, all, key.by(), shown);
                return false;
            }
            if (key.key() == 'e') {
                edit(all, shown);
                return false;
            }
            all.forEach(p -> parts.why().show(p.step(), p.block()));
        }
    }

    private Question question(TransactionPlan plan, List<Part> all, String shown) {
        Part worst = worst(all);
        String id = "step-" + all.get(0).step().id();
        String where = plan.label() + " in one transaction";
        if (worst.block().risk() == Risk.DESTRUCTIVE) {
            String phrase = Cards.phrase(worst.block());
            return new Question(id, Question.Kind.PHRASE, "Type \"" + phrase + "\" to run " + where, Choices.phrase(),
                    (char) 0, phrase, "", "", shown, true);
        }
        boolean byEnter = worst.block().risk() == Risk.READ_ONLY && all.stream().allMatch(p -> p.block().inferences()
                .isEmpty());
        return new Question(id, Question.Kind.RUN, "Run " + where + " on " + parts.where().database(plan.session()) + "?",
                Choices.step(true), byEnter ? 'r' : (char) 0, "", "", "", shown, true);
    }

    /** An answer that leaves a later step of it out is no answer to the whole. */
    private void refuseHalf(TransactionPlan plan) {
        Optional<String> without = plan.steps().stream().filter(s -> !desk.options().yesNo("step-" + s).orElse(true))
                .findFirst();
        if (desk.batch() && without.isPresent()) {
            desk.operator().problem(Operator.Severity.ERROR, Message.of("step " + without.get() + " is answered with no, and"
                    + " it is part of a transaction", "Steps " + String.join(", ", plan.steps()) + " are kept or undone"
                    + " together. None of them was run.", "--answer step-" + plan.steps().get(0) + "=no for all of them"));
            throw new StopRun("refused", ExitCode.REFUSED);
        }
    }

    private void decide(List<Part> all, Action action, String by, String shown, String phrase, String reason) {
        for (Part part : all) {
            String text = action == Action.RUN ? desk.log().text(parts.fill(part.block().text(), part.block()).text()) : "";
            desk.log().append(new Event.Decided(part.unit(), action, by, shown, text, phrase, reason, ""));
        }
    }

    private void skip(TransactionPlan plan, List<Part> all, String by, String shown) {
        String reason = parts.asking().reason("step-" + all.get(0).step().id() + ".reason", "Why skip " + plan.label()
                + "? (goes into the log)").text();
        decide(all, Action.SKIP, by, shown, "", reason);
        desk.operator().result(ResultCard.of("skipped", plan.label(), "by hand, with a reason"));
    }

    private void edit(List<Part> all, String shown) {
        String ids = String.join(", ", all.stream().map(p -> Cards.label(p.step(), p.block())).toList());
        String which = parts.asking().text("step-" + all.get(0).step().id() + ".edit", "Edit which one (" + ids + ")", "", "")
                .text().strip();
        Optional<Part> chosen = all.stream().filter(p -> Cards.label(p.step(), p.block()).equals(which)).findFirst();
        chosen.ifPresentOrElse(p -> parts.edits().edit(p.step(), p.block(), shown), () -> desk.operator().say(List.of(
                "  Nothing was changed: it is one of " + ids + ".")));
    }
}
