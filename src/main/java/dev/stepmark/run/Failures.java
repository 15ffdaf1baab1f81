package dev.stepmark.run;

import dev.stepmark.journal.Event;
import dev.stepmark.journal.Event.Action;
import dev.stepmark.journal.Unit;
import dev.stepmark.message.ExitCode;
import dev.stepmark.plan.Dependencies;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Executor;
import dev.stepmark.runbook.Risk;
import dev.stepmark.runbook.Step;
import dev.stepmark.session.CannotOpen;
import dev.stepmark.session.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What happens after a failure: it is shown, and the operator decides. Nobody there: the run ends. */
final class Failures {

    private final Desk desk;
    private final Parts parts;

    Failures(Desk desk, Parts parts) {
        this.desk = desk;
        this.parts = parts;
    }

    /** An execution did not succeed. */
    void deal(Step step, Block block, int index, Executions.Executed executed) {
        Outcome outcome = executed.outcome();
        String label = Cards.label(step, block);
        boolean shell = block.executor() == Executor.SHELL;
        if (outcome instanceof Outcome.Lost && parts.transactions().knownThoughLost(step, block, index)) {
            return;
        }
        if (outcome instanceof Outcome.Lost lost) {
            desk.operator().result(new ResultCard("IN DOUBT", label, Outcomes.line(outcome, executed.millis(), shell),
                    List.of(), "", List.of(new StepCard.Fact("It means", "it may have happened, or not: look before "
                            + "you decide"))));
            if (desk.batch()) {
                throw new StopRun("in-doubt", ExitCode.IN_DOUBT);
            }
            return;
        }
        if (outcome instanceof Outcome.Stopped stopped && stopped.why() == Outcome.Stopped.Why.SCREEN) {
            parts.attachments().give(block);
        }
        Optional<StepCard.Fact> undone = parts.transactions().undo(step, block, index, outcome);
        String word = outcome instanceof Outcome.Cancelled ? "cancelled" : "FAILED";
        String which = block.statements().size() > 1 ? "statement " + (index + 1) + " of " + block.statements().size()
                + ": " : "";
        Tolerance.Found found = executed.judgement().found();
        List<StepCard.Fact> facts = new ArrayList<>(undone.map(List::of).orElseGet(() -> facts(step, block, index, outcome)));
        if (!found.nothing()) {
            facts.add(0, new StepCard.Fact("Tolerated", found.count(true)));
        }
        desk.operator().result(new ResultCard(word, label, which + Outcomes.line(outcome, executed.millis(), shell),
                executed.results(), found.nothing() ? "" : found.alone(), facts));
        if (undone.isPresent() && parts.transactions().several(block).isPresent() && !desk.batch()) {
            // what is asked next is whether the whole transaction runs again
            return;
        }
        boolean acceptable = outcome instanceof Outcome.Done || outcome instanceof Outcome.Ended;
        ask(step, block, acceptable);
    }

    List<StepCard.Fact> facts(Step step, Block block, int index, Outcome outcome) {
        List<StepCard.Fact> out = new ArrayList<>();
        if (outcome instanceof Outcome.Failed failed) {
            boolean open = failed.transaction() != Outcome.Transaction.NONE;
            out.add(new StepCard.Fact("It means", open
                    ? "the open transaction has failed: the server undoes all of it"
                    : "the server undid this statement; it changed nothing"));
        } else if (outcome instanceof Outcome.Done done) {
            if (done.exit() != 0 || !done.problems().isEmpty()) {
                done.problems().forEach(p -> out.add(new StepCard.Fact("Failed", Outcomes.problem(p))));
                out.add(new StepCard.Fact("It means", "it may have changed something: look before you run it again"));
            }
        } else if (outcome instanceof Outcome.Stopped stopped) {
            out.addAll(Wishes.facts(stopped, desk.batch()));
        } else if (outcome instanceof Outcome.Ended) {
            out.add(new StepCard.Fact("It means", "the block ended its own shell; the next block gets a new one"
                    + (Outcomes.leftLinesOut(block.text(), outcome) ? "; lines behind it were not run" : "")));
        }
        if (index > 0) {
            out.add(new StepCard.Fact("Done", "the " + index + " before it; run again begins at the one that failed"));
        }
        List<dev.stepmark.journal.Execution> all = desk.log().state().executions();
        new Troubles(desk).about(all.get(all.size() - 1), outcome instanceof Outcome.Failed failed ? failed.message() : "")
                .ifPresent(out::add);
        parts.undoing().fact(step).ifPresent(out::add);
        lookAgain(step).ifPresent(s -> out.add(new StepCard.Fact("To do", "look again with step " + s + ": /goto " + s)));
        return out;
    }

    /** The last step that only reads and that this one rests on. */
    private Optional<String> lookAgain(Step step) {
        if (desk.batch() || !desk.log().openTransaction().isEmpty()) {
            return Optional.empty();
        }
        return new Dependencies(desk.runbook(), desk.log().state()).of(step).stream().filter(Dependencies.Dependency::result)
                .map(Dependencies.Dependency::on).filter(id -> desk.runbook().step(id).map(s -> s.risk()
                        == Risk.READ_ONLY && !s.executables().isEmpty()).orElse(false)).reduce((a, b) -> b);
    }

    /** The session of a block could not be opened; nothing was run. */
    void cannotOpen(Step step, Block block, CannotOpen problem) {
        desk.operator().problem(Operator.Severity.ERROR, problem.message());
        desk.operator().result(ResultCard.of("FAILED", Cards.label(step, block), "the session could not be opened;"
                + " nothing was run"));
        ask(step, block, true);
    }

    /** The probe said no. */
    void notVerified(Step step, Block block, String probe, Outcome outcome) {
        String label = Cards.label(step, block);
        List<StepCard.Fact> facts = new ArrayList<>(List.of(new StepCard.Fact("Probe", probe),
                new StepCard.Fact("It said", Outcomes.line(outcome, 0, false))));
        Optional<StepCard.Fact> undone = parts.transactions().inside(step) ? parts.transactions().undo(step, block, 0,
                outcome) : Optional.empty();
        undone.ifPresent(facts::add);
        desk.operator().result(new ResultCard("FAILED", label, "it ran, but its probe does not say that it worked",
                List.of(), "", facts));
        if (undone.isPresent() && !desk.batch()) {
            return;
        }
        if (desk.batch()) {
            throw new StopRun("failed", ExitCode.FAILED);
        }
        List<Question.Choice> choices = List.of(new Question.Choice('v', "look again", "run the probe again"),
                new Question.Choice('m', "mark done", "accept it as done; a reason goes into the log"),
                Choices.word(Choices.SKIP, "skip"), Choices.word(Choices.QUIT, "quit"));
        Question question = new Question("step-" + step.id() + ".verify", Question.Kind.FAILED, "What now?", choices,
                (char) 0, "", "", "", Texts.sha256(probe), true);
        Reply.Key key = parts.asking().key(question);
        act(step, block, key, "");
    }

    private void ask(Step step, Block block, boolean acceptable) {
        if (desk.batch()) {
            throw new StopRun("failed", ExitCode.FAILED);
        }
        parts.banners().show(block);
        Question question = new Question("step-" + step.id() + ".failed", Question.Kind.FAILED, "What now?",
                Choices.failed(acceptable), (char) 0, "", "", "", "", true);
        act(step, block, whatNow(step, question), question.shown());
    }

    /** Asks what now; what goes back is dealt with here, and then it is asked again. */
    Reply.Key whatNow(Step step, Question question) {
        while (true) {
            Reply.Key key = parts.asking().key(parts.undoing().offered(step) ? question.offering(Choices.UNDO) : question);
            if (key.key() != 'u') {
                return key;
            }
            parts.undoing().run(step, key.by());
        }
    }

    private void act(Step step, Block block, Reply.Key key, String shown) {
        Unit unit = Unit.block(step.id(), block.id());
        String label = Cards.label(step, block);
        switch (key.key()) {
            case 'r' -> {
                // a destructive text is confirmed anew by its phrase; everything else by this key
                if (block.risk() != Risk.DESTRUCTIVE) {
                    desk.log().append(new Event.Decided(unit, Action.RETRY, key.by(), shown, "", "", "", ""));
                }
            }
            case 'e' -> parts.edits().edit(step, block, shown);
            case 'm' -> {
                String reason = parts.asking().reason("step-" + step.id() + ".reason", "Why is " + label
                        + " done? (goes into the log)").text();
                desk.log().append(new Event.Decided(unit, Action.ACCEPT, key.by(), shown, "", "", reason, ""));
                desk.operator().result(ResultCard.of("done", label, "accepted, with a reason"));
            }
            case 's' -> parts.blocks().skip(step, unit, key.by(), shown, label);
            default -> { }
        }
    }
}
