package dev.stepmark.run;

import dev.stepmark.journal.EarlierAnswers;
import dev.stepmark.journal.Event;
import dev.stepmark.journal.Event.Action;
import dev.stepmark.journal.Unit;
import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.plan.Choosing;
import dev.stepmark.runbook.Alternative;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Ways of the document that exclude each other: which applies is asked once, before anything that only one of them needs.
 * The answer holds for the run; the next run of the document offers it. What does not apply is recorded as such.
 */
final class Alternatives {

    private static final char ALL = 'a';

    private final Desk desk;
    private final Asking asking;
    private final Choosing choosing;

    Alternatives(Desk desk, Asking asking) {
        this.desk = desk;
        this.asking = asking;
        this.choosing = new Choosing(desk.runbook());
    }

    /** Asks about every alternative that has no answer yet. */
    void ask() {
        Set<String> leftOut = new LeftOut(desk.runbook(), desk.options()).ids();
        for (Alternative alternative : desk.runbook().alternatives()) {
            Set<String> steps = choosing.steps(alternative);
            boolean needed = !steps.isEmpty() && !leftOut.containsAll(steps);
            if (needed && desk.log().state().answer(alternative.answerId()).isEmpty()) {
                ask(alternative);
            }
        }
    }

    private void ask(Alternative alternative) {
        String given = desk.options().answers().getOrDefault(alternative.answerId(), "").strip();
        List<String> lines = lines(alternative);
        String shown = Texts.sha256(String.join("\n", lines));
        if (!given.isEmpty() && alternative.understands(given)) {
            record(alternative, alternative.answered(given).map(Alternative.Way::id).orElse(Alternative.ALL), "answer", shown);
            return;
        }
        if (desk.batch()) {
            desk.operator().problem(Operator.Severity.ERROR, Message.of("nobody said which way of the document applies: "
                    + choosing.labels(alternative, " or "), "Nobody can be asked, and nothing is assumed. Nothing was run.",
                    "--answer " + alternative.answerId() + "=" + alternative.ways().get(0).id()));
            throw new StopRun("refused", ExitCode.REFUSED);
        }
        desk.operator().say(lines);
        Reply.Key key = asking.key(question(alternative, shown, lastTime(alternative)));
        String answer = key.key() == ALL ? Alternative.ALL : alternative.ways().get(key.key() - '1').id();
        record(alternative, answer, key.by(), shown);
    }

    private void record(Alternative alternative, String answer, String by, String shown) {
        desk.log().append(new Event.QuestionAnswered(alternative.answerId(), "choice", shown, answer, by, ""));
    }

    private Optional<Integer> lastTime(Alternative alternative) {
        return EarlierAnswers.last(desk.directory().toAbsolutePath().getParent(), desk.log().state().started().path(),
                desk.log().runId(), alternative.answerId()).flatMap(g -> alternative.answered(g.answer()))
                .map(w -> alternative.ways().indexOf(w) + 1);
    }

    private static Question question(Alternative alternative, String shown, Optional<Integer> lastTime) {
        List<Question.Choice> choices = new ArrayList<>();
        for (int i = 0; i < alternative.ways().size(); i++) {
            choices.add(new Question.Choice((char) ('1' + i), "", alternative.ways().get(i).label()));
        }
        choices.add(new Question.Choice(ALL, "all", "all of them: the document means one after the other"));
        choices.add(Choices.QUIT);
        String prompt = "Which applies?" + lastTime.map(n -> " (Enter: " + n + ", as last time)").orElse("");
        return new Question(alternative.answerId(), Question.Kind.YES_NO, prompt, choices,
                lastTime.map(n -> (char) ('0' + n)).orElse((char) 0), "", "", "", shown, false);
    }

    private static List<String> lines(Alternative alternative) {
        List<String> out = new ArrayList<>(List.of("The document has " + alternative.ways().size()
                + " ways here, and one of them applies:"));
        int width = alternative.ways().stream().mapToInt(w -> w.label().length()).max().orElse(0);
        for (int i = 0; i < alternative.ways().size(); i++) {
            Alternative.Way way = alternative.ways().get(i);
            out.add("  " + (i + 1) + "  " + way.label() + " ".repeat(width - way.label().length() + 2) + Choosing.lines(way));
        }
        return out;
    }

    /** Which ways were chosen, for the brief; empty when there is nothing to choose. */
    List<String> chosen() {
        List<String> out = new ArrayList<>();
        for (Alternative alternative : desk.runbook().alternatives()) {
            answer(alternative).flatMap(alternative::answered).ifPresent(w -> out.add(w.label() + ", not "
                    + choosing.others(alternative, w)));
        }
        return out;
    }

    private Optional<String> answer(Alternative alternative) {
        return desk.log().state().answer(alternative.answerId()).map(Event.QuestionAnswered::answer);
    }

    /** Ids of the steps of which nothing applies. */
    Set<String> leftOut() {
        return choosing.leftOut(this::answer);
    }

    /** Records what of a step belongs to a way that was not chosen. */
    void decide(Step step) {
        Optional<String> whole = choosing.against(step, this::answer);
        Unit unit = Unit.step(step.id());
        if (whole.isPresent() && desk.log().state().lastDecision(unit).isEmpty()) {
            notApplicable(unit, step.id(), whole.get());
        } else if (whole.isEmpty()) {
            for (Block block : step.blocks().stream().filter(Cards::asked).toList()) {
                Unit own = Unit.block(step.id(), block.id());
                Optional<String> why = choosing.against(block.span(), this::answer);
                if (why.isPresent() && desk.log().state().lastDecision(own).isEmpty()) {
                    notApplicable(own, Cards.label(step, block), why.get());
                }
            }
        }
    }

    private void notApplicable(Unit unit, String label, String why) {
        desk.log().append(new Event.Decided(unit, Action.NOT_APPLICABLE, "answer", "", "", "", "", why));
        desk.operator().result(ResultCard.of("skipped", label, why));
    }
}
