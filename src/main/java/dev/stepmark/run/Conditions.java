package dev.stepmark.run;

import dev.stepmark.binding.Expressions;
import dev.stepmark.journal.Event;
import dev.stepmark.journal.Event.Action;
import dev.stepmark.journal.Unit;
import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.runbook.Step;
import java.util.List;
import java.util.Map;

/** Whether a condition holds, and what that rests on. */
final class Conditions {

    private final Desk desk;
    private final Asking asking;

    Conditions(Desk desk, Asking asking) {
        this.desk = desk;
        this.asking = asking;
    }

    /**
     * What was found.
     *
     * @param decided  whether there is an answer
     * @param value    the answer
     * @param evidence what it rests on
     */
    record Finding(boolean decided, boolean value, String evidence) {

        /** The remark for people. */
        String sentence(String condition) {
            return "Condition  \"" + condition + "\": " + evidence + "  " + (!decided ? "undecided" : value ? "met"
                    : "not met");
        }
    }

    /** Evaluates an expression over captures and the results of steps. */
    Finding evaluate(String expression) {
        return evaluate(expression, Map.of());
    }

    /** The same with further names. */
    Finding evaluate(String expression, Map<String, Object> further) {
        Map<String, Object> variables = Captures.variables(desk, expression);
        variables.putAll(further);
        Expressions.Verdict verdict = Expressions.evaluate(expression, variables);
        return new Finding(verdict.decided(), verdict.value(), verdict.decided() ? evidence(expression, variables)
                : verdict.reason());
    }

    private static String evidence(String expression, Map<String, Object> variables) {
        for (Map.Entry<String, Object> entry : variables.entrySet()) {
            if (expression.contains(entry.getKey()) && entry.getValue() instanceof Map<?, ?> map
                    && map.get("rowCount") instanceof Long rows && rows >= 0) {
                String who = entry.getKey().startsWith("step_") ? "step " + entry.getKey().substring(5)
                        : entry.getKey();
                return who + " returned " + Texts.count(rows, "row");
            }
        }
        return "evaluated";
    }

    /** Asks a person whether something applies; false when it does not, which is recorded. */
    boolean ask(Step step, Unit unit, String condition) {
        String id = "step-" + step.id() + ".applies";
        if (desk.log().state().answer(id).isPresent()) {
            return true;
        }
        if (desk.batch() && desk.options().yesNo(id).isEmpty()) {
            desk.operator().problem(Operator.Severity.ERROR, Message.of("nothing decides whether step " + step.id()
                    + " applies: " + condition, "Nobody can be asked, and nothing is assumed. The step was not run.",
                    "--answer " + id + "=yes, or =no"));
            throw new StopRun("refused", ExitCode.REFUSED);
        }
        Question question = new Question(id, Question.Kind.CONDITION, "Does this apply to you?",
                List.of(Choices.YES, Choices.NO, Choices.QUIT), 'n', "", "", "", Texts.sha256(condition), true);
        Reply.Key key = asking.key(question);
        if (key.key() == 'y') {
            desk.log().append(new Event.QuestionAnswered(id, "condition", question.shown(), "yes", key.by(), condition));
            return true;
        }
        desk.log().append(new Event.Decided(unit, Action.NOT_APPLICABLE, key.by(), question.shown(), "", "", condition,
                ""));
        desk.operator().result(ResultCard.of("skipped", step.id(), "does not apply"));
        return false;
    }
}
