package dev.stepmark.run;

import dev.stepmark.binding.Filler;
import dev.stepmark.journal.Event;
import dev.stepmark.journal.Event.Action;
import dev.stepmark.journal.Event.Origin;
import dev.stepmark.journal.Execution;
import dev.stepmark.journal.StepState;
import dev.stepmark.journal.Unit;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Executor;
import dev.stepmark.runbook.Risk;
import dev.stepmark.runbook.Step;
import dev.stepmark.session.CannotOpen;
import dev.stepmark.session.Session;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes back what was done, as its author says by {@code undo=}: the last first, each asked for, each an execution of
 * its own. What was undone is to do again.
 */
final class Undoing {

    private final Desk desk;
    private final Parts parts;
    private final RollbackSection section;

    Undoing(Desk desk, Parts parts) {
        this.desk = desk;
        this.parts = parts;
        this.section = new RollbackSection(desk, parts);
    }

    /** A block that ran and that its author says how to undo. */
    private record Candidate(Step step, Block block, Execution ran) {

        String text() {
            return block.attributes().get("undo").orElse("");
        }
    }

    /** Whether {@code u} has anything to offer after this step failed. */
    boolean offered(Step at) {
        return at.section().inMainRun() && (!candidates().isEmpty() || section.exists());
    }

    /** What is said of the document's own section after a failure. */
    Optional<StepCard.Fact> fact(Step at) {
        return at.section().inMainRun() && section.exists() && !desk.batch() ? Optional.of(new StepCard.Fact("Rollback",
                section.fact())) : Optional.empty();
    }

    /** Key {@code u} at a failed step: everything that can be undone, the last first, then the document's own section. */
    void run(Step at, String by) {
        List<Candidate> candidates = candidates();
        List<String> lines = new ArrayList<>();
        if (!candidates.isEmpty()) {
            lines.add("  Undone as the author says, the last first, each asked for:");
            candidates.forEach(c -> lines.add(String.format("  %4s  %s: %s", label(c), c.step().title(), first(c.text()))));
        }
        lines.addAll(section.lines());
        desk.operator().say(lines);
        List<Step> undone = new ArrayList<>();
        for (Candidate candidate : candidates) {
            Answer answer = ask(candidate);
            if (answer == Answer.UNDONE) {
                undone.add(candidate.step());
            } else if (answer == Answer.ENOUGH) {
                break;
            }
        }
        section.run(at, by);
        if (!undone.isEmpty()) {
            goOn(at, undone.get(undone.size() - 1));
        }
    }

    /** {@code /undo 5}. */
    void command(String argument, Question question) {
        Optional<Step> step = desk.runbook().step(argument);
        List<Candidate> own = step.map(s -> candidates().stream().filter(c -> c.step().id().equals(s.id())).toList())
                .orElse(List.of());
        if (step.isEmpty()) {
            desk.operator().say(List.of("  There is no step \"" + argument + "\"; /list shows them."));
        } else if (question.kind() == Question.Kind.IN_DOUBT) {
            desk.operator().say(List.of("  What is in doubt is decided first; u undoes it where its author says how."));
        } else if (own.isEmpty()) {
            boolean declared = step.get().executables().stream().anyMatch(b -> b.attributes().get("undo").isPresent());
            desk.operator().say(List.of("  " + (declared ? "Step " + argument + " has not run since it was undone, or never."
                    : "The author does not say how to undo step " + argument + " (undo=).") + " Nothing was run."));
        } else {
            boolean undone = false;
            for (Candidate candidate : own) {
                undone |= ask(candidate) == Answer.UNDONE;
            }
            if (undone) {
                desk.operator().say(List.of("  " + argument + " is to do again: /goto " + argument
                        + " goes there now; otherwise it comes before the run can end."));
            }
        }
    }

    /** Undoes a block of which nobody knows how it ended; whether it was undone. */
    boolean ofDoubt(Step step, Block block, Execution doubt) {
        return ask(new Candidate(step, block, doubt)) == Answer.UNDONE;
    }

    private enum Answer { UNDONE, NOT, ENOUGH }

    private List<Candidate> candidates() {
        List<Candidate> out = new ArrayList<>();
        for (Step step : desk.runbook().mainSteps()) {
            for (Block block : step.executables()) {
                boolean declared = block.attributes().get("undo").isPresent();
                StepState state = declared ? desk.log().state().block(step.id(), parts.edits().effective(step, block))
                        : StepState.PENDING;
                if (state == StepState.DONE || state == StepState.FAILED || state == StepState.SKIPPED) {
                    last(step, block).ifPresent(e -> out.add(new Candidate(step, block, e)));
                }
            }
        }
        out.sort(Comparator.comparingInt((Candidate c) -> Integer.parseInt(c.ran().id().substring(1))).reversed());
        return out;
    }

    private Optional<Execution> last(Step step, Block block) {
        return desk.log().state().executions().stream().filter(e -> e.started().origin() == Origin.STEP
                && e.started().unit().step().equals(step.id()) && e.started().unit().block().equals(block.id()))
                .reduce((a, b) -> b);
    }

    private Answer ask(Candidate candidate) {
        Optional<String> refusal = refusal(candidate);
        Filler.Filled filled = parts.fill(candidate.text(), candidate.block());
        String label = label(candidate);
        if (refusal.isPresent() || !filled.problem().isEmpty()) {
            desk.operator().say(List.of("  " + label + " is not undone: " + refusal.orElse("it cannot be filled in: "
                    + filled.problem() + ".")));
            return Answer.NOT;
        }
        UndoText text = UndoText.of(candidate.block(), filled.text());
        StepCard card = new StepCard("", "Undo " + label + ": " + candidate.step().title(), text.risk().word() + ", "
                + (candidate.block().executor() == Executor.SHELL ? "shell" : "SQL"), text.risk().word(), List.of(),
                List.of("undo= of line " + candidate.block().span().first() + ", for what " + candidate.ran().id() + " did"),
                filled.text().stripTrailing().lines().toList(), candidate.block().executor() == Executor.SHELL ? "shell"
                : "sql", parts.where().facts(candidate.block()).stream().filter(f -> f.label().equals("On")).toList());
        desk.operator().step(card);
        String shown = Texts.sha256(card + parts.banners().show(candidate.block()));
        Question question = text.question(label, parts.where().prompt(label, candidate.block()), shown);
        while (true) {
            Reply reply = parts.asking().ask(question);
            if (reply instanceof Reply.Key key && key.key() == 's') {
                return Answer.NOT;
            } else if (reply instanceof Reply.Key key && key.key() == 'n') {
                return Answer.ENOUGH;
            } else if (reply instanceof Reply.Key key && key.key() == 'r') {
                return execute(candidate, filled, text, key.by(), shown) ? Answer.UNDONE : Answer.ENOUGH;
            } else if (reply instanceof Reply.Text typed && typed.text().equals(question.phrase())) {
                return execute(candidate, filled, text, "phrase", shown) ? Answer.UNDONE : Answer.ENOUGH;
            }
            desk.operator().say(List.of("  Nothing was run."));
        }
    }

    private Optional<String> refusal(Candidate candidate) {
        if (!desk.log().openTransaction().isEmpty()) {
            return Optional.of("a transaction is open, and is ended or rolled back first.");
        }
        if (candidate.ran().started().unit().iteration() >= 0) {
            return Optional.of("it ran once for each row, and what undoes one of them does not undo the others.");
        }
        boolean here = parts.targets().of(candidate.block().session()).map(Targets.LOCAL::equals).orElse(false);
        return here ? new SessionsThen(desk, parts).elsewhere(candidate.step()) : Optional.of("its session was nowhere"
                + " that Stepmark runs something.");
    }

    private boolean execute(Candidate candidate, Filler.Filled filled, UndoText text, String by, String shown) {
        Unit unit = Unit.block(candidate.step().id(), candidate.block().id());
        String label = "undo " + label(candidate);
        try {
            Session session = parts.pool().ensure(candidate.block().session());
            Map<String, String> secrets = parts.work().secrets(filled.secretEnv());
            desk.log().append(new Event.QuestionAnswered("undo-" + candidate.block().id(), "undo", shown, "run", by, ""));
            Executions.Executed executed = parts.executions().execute(new Executions.Order(unit, Origin.UNDO,
                    candidate.ran().id(), label, candidate.block().session(), filled.text(), text.risk().word(), secrets,
                    candidate.block().attributes().timeout().map(Durations::parse), false, "", false), session);
            boolean good = Outcomes.succeeded(executed.outcome());
            desk.operator().result(new ResultCard(good ? "ok" : "FAILED", label, Outcomes.line(executed.outcome(),
                    executed.millis(), candidate.block().executor() == Executor.SHELL), executed.results(), "", List.of()));
            return good;
        } catch (CannotOpen e) {
            desk.operator().problem(Operator.Severity.ERROR, e.message());
            return false;
        }
    }

    /** The walk goes on with the first step that is to do again, when the operator wants that. */
    private void goOn(Step at, Step first) {
        List<Question.Choice> choices = List.of(new Question.Choice('r', "go on with " + first.id(),
                "do again what was undone, from there"), Choices.word(Choices.QUIT, "quit"));
        Question question = new Question("undo.then", Question.Kind.FAILED, "What now?", choices, (char) 0, "", "", "",
                Texts.sha256(first.id()), true);
        Reply.Key key = parts.asking().key(question);
        desk.log().append(new Event.WentTo(at.id(), first.id(), false, parts.going().openBefore(first), key.by()));
        throw new GoTo();
    }

    private static String label(Candidate candidate) {
        return Cards.label(candidate.step(), candidate.block());
    }

    private static String first(String text) {
        String line = text.strip().lines().findFirst().orElse("");
        return line.length() > 60 ? line.substring(0, 57) + "..." : line;
    }
}
