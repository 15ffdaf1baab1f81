package dev.stepmark.run;

import dev.stepmark.binding.Filler;
import dev.stepmark.journal.Event;
import dev.stepmark.journal.Event.Action;
import dev.stepmark.journal.StepState;
import dev.stepmark.journal.Unit;
import dev.stepmark.message.ExitCode;
import dev.stepmark.plan.Progress;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Executor;
import dev.stepmark.runbook.Inference;
import dev.stepmark.runbook.Risk;
import dev.stepmark.runbook.SessionDeclaration;
import dev.stepmark.runbook.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One block of a step: shown, asked for, executed statement by statement, verified. */
final class BlockRunner {

    /** Beyond this a text is not shown whole, and Enter confirms nothing. */
    static final int WHOLE_LINES = 40;

    private final Desk desk;
    private final Asking asking;
    private final Parts parts;
    private final Cards cards;

    BlockRunner(Desk desk, Parts parts) {
        this.desk = desk;
        this.asking = parts.asking();
        this.parts = parts;
        this.cards = new Cards(desk);
    }

    /** Brings the block to an end: done, skipped or not applicable. Ends the run when the operator stops. */
    void run(Step step, Block original) {
        while (true) {
            Block block = parts.reroutes().routed(step, parts.edits().effective(step, original));
            parts.overruling().at(block);
            StepState state = progress().block(step, block);
            if (Progress.settled(state) || undoneBefore(step, original)) {
                parts.transactions().settle();
                return;
            }
            if (state == StepState.IN_DOUBT) {
                parts.doubts().resolve(step, block);
            } else if (progress().needsVerify(step, block) && local(block)) {
                parts.work().verify(step, block);
            } else {
                once(step, block, state);
            }
        }
    }

    /** What was rolled back is not run again because it was confirmed once; what was confirmed since then is. */
    private boolean consented(Unit unit, StepState state) {
        boolean open = desk.log().state().openDecision(unit).map(d -> d.action() == Action.RUN
                || d.action() == Action.RETRY).orElse(false);
        return open || state != StepState.ROLLED_BACK && Consent.given(desk.log().events(), unit);
    }

    private boolean local(Block block) {
        return parts.targets().runs(block.session());
    }

    /** Whether something before this block came to nothing in the meantime: that comes first. */
    private boolean undoneBefore(Step step, Block block) {
        Progress progress = progress();
        // what stands in a section of its own has no step of the run before it
        for (Step earlier : step.section().inMainRun() ? desk.runbook().mainSteps() : List.<Step>of()) {
            if (earlier.id().equals(step.id())) {
                break;
            }
            if (progress.step(earlier) == StepState.ROLLED_BACK && !Walk.passed(desk).contains(earlier.id())) {
                return true;
            }
        }
        for (Block earlier : step.executables()) {
            if (earlier.id().equals(block.id())) {
                break;
            }
            if (progress.block(step, parts.edits().effective(step, earlier)) == StepState.ROLLED_BACK) {
                return true;
            }
        }
        return false;
    }

    private Progress progress() {
        return new Progress(desk.runbook(), desk.log().state());
    }

    private void once(Step step, Block block, StepState state) {
        Unit unit = Unit.block(step.id(), block.id());
        if (!block.executable()) {
            byHand(step, block, "This block is not run: " + block.why() + ". To run it: /as shell, or /as sql.");
            return;
        }
        if (!applies(step, block, unit)) {
            return;
        }
        parts.deadline().require(step, block);
        Optional<String> reason = cannotRun(block);
        if (reason.isPresent()) {
            byHand(step, block, reason.get());
            return;
        }
        Optional<String> target = parts.targets().of(block.session());
        if (target.isEmpty() || target.get().equals(Targets.BY_HAND)) {
            elsewhere(step, block, target.isEmpty());
            return;
        }
        parts.values().ensure(block);
        if (parts.rows().takes(step, block)) {
            parts.rows().once(step, block);
            return;
        }
        Filler.Filled filled = parts.fill(block.text(), block);
        Optional<Boolean> whole = filled.problem().isEmpty() ? parts.whole().mayRun(step, block) : Optional.empty();
        if (!filled.problem().isEmpty()) {
            byHand(step, block, "It cannot be filled in: " + filled.problem() + ".");
        } else if (whole.isPresent()) {
            if (whole.get()) {
                parts.work().execute(step, block);
            }
        } else if (consented(unit, state)) {
            parts.where().remarks(block).forEach(desk.operator()::remark);
            parts.work().execute(step, block);
        } else if (confirm(step, block, unit, filled)) {
            parts.work().execute(step, block);
        }
    }

    /** The author's own condition is obeyed without asking. */
    private boolean applies(Step step, Block block, Unit unit) {
        Optional<String> when = block.attributes().when();
        // what was confirmed as a part of its transaction is looked at when it is its turn
        boolean decided = desk.log().state().lastDecision(unit).isPresent()
                && parts.transactions().several(block).isEmpty();
        if (when.isEmpty() || decided) {
            return true;
        }
        Conditions.Finding finding = parts.conditions().evaluate(when.get());
        if (finding.decided() && finding.value()) {
            return true;
        }
        desk.operator().step(cards.block(step, block, block.text(), List.of(finding.sentence("when " + when.get())),
                List.of()));
        if (!finding.decided()) {
            return parts.conditions().ask(step, unit, when.get());
        }
        desk.log().append(new Event.Decided(unit, Action.NOT_APPLICABLE, "author", "", "", "", "",
                when.get() + ": " + finding.evidence()));
        desk.operator().result(ResultCard.of("skipped", Cards.label(step, block), "does not apply: " + when.get()
                + " is false"));
        return false;
    }

    private Optional<String> cannotRun(Block block) {
        if (block.executor() == Executor.MYSQL) {
            return Clients.cannot(desk, parts.pool().declaration(block.session()));
        }
        if (block.executor() != Executor.SHELL && block.executor() != Executor.PSQL) {
            return Optional.of("Stepmark cannot run " + block.executor().word() + " yet.");
        }
        SessionDeclaration.Kind kind = parts.pool().declaration(block.opens().isEmpty() ? block.session()
                : block.opens()).kind();
        boolean supported = kind == SessionDeclaration.Kind.SHELL || kind == SessionDeclaration.Kind.REMOTE_SHELL
                || kind == SessionDeclaration.Kind.PSQL || kind == SessionDeclaration.Kind.MYSQL;
        boolean opensShell = !block.opens().isEmpty() && kind != SessionDeclaration.Kind.PSQL
                && kind != SessionDeclaration.Kind.MYSQL
                && !parts.targets().nested(block.opens());
        Optional<String> said = block.opens().isEmpty() ? Optional.empty() : parts.targets().of(block.opens());
        if (supported && opensShell && said.isPresent()) {
            return Optional.of(said.get().equals(Targets.LOCAL) ? "It is not opened: you said that its blocks run here, in"
                    + " a shell of this machine." : "It is not opened: you said that its blocks are done by hand.");
        }
        return supported && !opensShell ? Optional.empty()
                : Optional.of("Stepmark cannot open a session like this yet (" + kind.word() + ").");
    }

    /** Asks; true when it was confirmed. */
    private boolean confirm(Step step, Block block, Unit unit, Filler.Filled filled) {
        String text = filled.text();
        List<String> before = remarks(step, block);
        before.addAll(RawValues.remarks(block, filled));
        List<StepCard.Fact> facts = new ArrayList<>(parts.where().facts(block));
        parts.earlier().of(step, block).ifPresent(t -> facts.add(new StepCard.Fact("Earlier", Earlier.text(t))));
        Optional<String> late = parts.deadline().late(step, block);
        late.ifPresent(l -> facts.add(new StepCard.Fact("Window", l)));
        StepCard card = cards.block(step, block, text, before, facts);
        desk.operator().step(card);
        String shown = Texts.sha256(card + parts.banners().show(block));
        boolean agreed = parts.raw().agreed(step, block, filled);
        while (true) {
            Reply reply = asking.ask(question(step, block, text, shown, late.isPresent()));
            if (reply instanceof Reply.Text typed) {
                agreed = agreed || parts.raw().agreed(step, block, filled);
                if (agreed && phraseGiven(block, unit, text, shown, typed, evidence(block, late))) {
                    return true;
                }
                continue;
            }
            Reply.Key key = (Reply.Key) reply;
            agreed = agreed || key.key() == 'r' && parts.raw().agreed(step, block, filled);
            if (key.key() == 'r' && agreed) {
                decide(unit, Action.RUN, key.by(), shown, text, "", evidence(block, late));
                return true;
            }
            if (key.key() == 's') {
                skip(step, unit, key.by(), shown, Cards.label(step, block));
                return false;
            }
            if (key.key() == 'h' && parts.reroutes().ask(step, block, shown)) {
                return false;
            }
            if (key.key() == 'e' && parts.edits().edit(step, block, shown)) {
                return false;
            }
            if (key.key() == 'w') {
                parts.why().show(step, block);
            } else if (key.key() == 'o') {
                desk.operator().page("the text of " + Cards.label(step, block), desk.log().textFile(text));
            }
        }
    }

    /** What is said of a block before its text. */
    List<String> remarks(Step step, Block block) {
        List<String> out = new ArrayList<>();
        step.condition().filter(c -> !c.expression().isEmpty()).ifPresent(c -> out.add(parts.conditions()
                .evaluate(c.expression()).sentence(c.text())));
        Batches.remark(block).ifPresent(out::add);
        out.addAll(Cards.reasons(block));
        out.addAll(parts.where().remarks(block));
        out.addAll(parts.reroutes().remarks(step, block));
        out.addAll(parts.transactions().remarks(block));
        return out;
    }

    private boolean phraseGiven(Block block, Unit unit, String text, String shown, Reply.Text typed, String evidence) {
        String phrase = Cards.phrase(block);
        if (typed.text().equals(phrase)) {
            desk.log().append(new Event.Decided(unit, Action.RUN, typed.by().equals("key") ? "phrase" : typed.by(),
                    shown, desk.log().text(text), typed.text(), "", evidence));
            return true;
        }
        desk.operator().say(List.of("  That is not \"" + phrase + "\". Nothing was run."));
        return false;
    }

    private Question question(Step step, Block block, String text, String shown, boolean late) {
        String id = "step-" + step.id();
        String label = Cards.label(step, block);
        boolean destructive = block.risk() == Risk.DESTRUCTIVE;
        boolean longText = text.lines().count() > WHOLE_LINES;
        if (destructive) {
            String phrase = Cards.phrase(block);
            List<Question.Choice> phraseChoices = new ArrayList<>(Choices.phrase());
            if (parts.reroutes().possible(block)) {
                phraseChoices.add(phraseChoices.size() - 1, Choices.HERE);
            }
            return new Question(id, Question.Kind.PHRASE, "Type \"" + phrase + "\" to run it", phraseChoices,
                    step.optional() ? 's' : (char) 0, phrase, "", "", shown, true);
        }
        boolean byEnter = block.risk() == Risk.READ_ONLY && block.inferences().isEmpty() && !longText
                && !step.optional() && !late;
        List<Question.Choice> choices = new ArrayList<>(Choices.step(block.opens().isEmpty()));
        if (longText) {
            choices.add(choices.size() - 1, Choices.OUTPUT);
        }
        if (parts.reroutes().possible(block)) {
            choices.add(choices.size() - 1, Choices.HERE);
        }
        char enter = byEnter ? 'r' : step.optional() ? 's' : (char) 0;
        return new Question(id, Question.Kind.RUN, parts.where().prompt(label, block), choices, enter, "", "", "",
                shown, true);
    }

    private static String evidence(Block block, Optional<String> late) {
        return Stream.concat(block.inferences().stream().map(Inference::id).map(i -> "confirmed " + i), late.stream())
                .collect(Collectors.joining(", "));
    }

    private void decide(Unit unit, Action action, String by, String shown, String text, String reason,
            String evidence) {
        desk.log().append(new Event.Decided(unit, action, by, shown, text.isEmpty() ? "" : desk.log().text(text), "",
                reason, evidence));
    }

    /** A skip needs a reason unless the document calls the step optional. */
    void skip(Step step, Unit unit, String by, String shown, String label) {
        boolean again = desk.log().state().toDoAgain(unit);
        String ask = again ? "Why does " + label + " stay as it was?" : "Why skip " + label + "?";
        String reason = step.optional() ? "optional" : asking.reason("step-" + step.id() + ".reason", ask
                + " (goes into the log)").text();
        decide(unit, Action.SKIP, by, shown, "", reason, "");
        desk.operator().result(ResultCard.of("skipped", label, again ? "not done again: it stays as it was"
                : step.optional() ? "optional" : "by hand, with a reason"));
    }

    private void byHand(Step step, Block block, String why) {
        Unit unit = Unit.block(step.id(), block.id());
        StepCard card = cards.blockByHand(step, block, List.of(why));
        desk.operator().step(card);
        parts.byHand().ask(step, unit, Cards.label(step, block), Texts.sha256(card.toString()));
    }

    /** The block belongs to a session that Stepmark did not open: a person says where, or does it. */
    private void elsewhere(Step step, Block block, boolean undecided) {
        String root = parts.targets().root(block.session());
        String label = parts.pool().declaration(root).label();
        String why = "It belongs to the " + label + ", which Stepmark cannot open by itself yet.";
        if (!undecided) {
            byHand(step, block, why);
            return;
        }
        if (desk.batch()) {
            throw new StopRun("refused", ExitCode.REFUSED);
        }
        StepCard card = cards.blockByHand(step, block, List.of(why));
        desk.operator().step(card);
        parts.byHand().askWhere(step, Unit.block(step.id(), block.id()), root, Texts.sha256(card.toString()));
    }
}
