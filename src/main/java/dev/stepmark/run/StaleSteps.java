package dev.stepmark.run;

import dev.stepmark.journal.Event;
import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.plan.Dependencies.Dependency;
import dev.stepmark.plan.Progress;
import dev.stepmark.runbook.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Steps that were done, and what they rest on ran again since: run again, or valid by somebody's word. */
final class StaleSteps {

    private final Desk desk;
    private final Parts parts;

    StaleSteps(Desk desk, Parts parts) {
        this.desk = desk;
        this.parts = parts;
    }

    /** Shows a stale step and asks until it is decided; nothing is run yet. */
    void ask(Step step) {
        List<String> causes = causes(step);
        if (desk.batch()) {
            desk.operator().problem(Operator.Severity.ERROR, Message.of("step " + step.id() + " is stale, and nobody can"
                    + " say whether it is to run again", String.join("\n", causes), "stepmark run "
                            + desk.runbook().path() + "   (at a terminal)"));
            throw new StopRun("refused", ExitCode.REFUSED);
        }
        StepCard card = new Cards(desk).stale(step, causes);
        desk.operator().step(card);
        List<Question.Choice> choices = new ArrayList<>(List.of(
                new Question.Choice('r', "run again", "do it again; it is shown and asked for as any step"),
                new Question.Choice('m', "mark valid", "it stays valid as it was done; a reason goes into the log"),
                Choices.WHY, Choices.QUIT));
        Question question = new Question("step-" + step.id() + ".stale", Question.Kind.REMAINING, step.id()
                + " is stale. What now?", choices, (char) 0, "", "", "", Texts.sha256(card.toString()), true);
        while (true) {
            Reply.Key key = parts.asking().key(question);
            Optional<String> refusal = key.key() == 'r' ? parts.going().insideTransaction(step) : Optional.empty();
            if (refusal.isPresent()) {
                desk.operator().say(List.of("  " + refusal.get()));
                continue;
            }
            if (key.key() == 'r') {
                desk.log().append(new Event.WentTo(step.id(), step.id(), true, parts.going().openBefore(step),
                        key.by()));
                throw new GoTo();
            }
            if (key.key() == 'm') {
                valid(step, key.by(), question.shown());
                return;
            }
            parts.why().show(step);
        }
    }

    /** Somebody says that a step needs not be done again. */
    void valid(Step step, String by, String shown) {
        String reason = parts.asking().reason("step-" + step.id() + ".reason", "Why is " + step.id()
                + " still valid? (goes into the log)").text();
        desk.log().append(new Event.StillValid(step.id(), by, shown, reason, String.join("; ", causes(step))));
        desk.operator().result(ResultCard.of("done", step.id(), "still valid, with a reason"));
    }

    /** Why a step is stale, one line for each step that it rests on. */
    List<String> causes(Step step) {
        List<Dependency> causes = new Progress(desk.runbook(), desk.log().state()).causes(step);
        return causes.stream().map(c -> "Stale: step " + c.on() + " " + happened(c.on()) + "; " + c.why()).toList();
    }

    private String happened(String step) {
        boolean stale = desk.runbook().step(step).map(s -> !new Progress(desk.runbook(), desk.log().state()).causes(s)
                .isEmpty()).orElse(false);
        return stale ? "is stale itself" : "ran at " + parts.going().when(step) + ", after this one";
    }

    /** One line in a list of what is left. */
    String line(Step step) {
        return "stale, because of step " + new Progress(desk.runbook(), desk.log().state()).causes(step).stream()
                .map(Dependency::on).collect(Collectors.joining(", "));
    }
}
