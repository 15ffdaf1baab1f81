package dev.stepmark.run;

import dev.stepmark.journal.Event;
import dev.stepmark.message.StepmarkException;
import dev.stepmark.session.Console;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The person's terminal, with what the record and the masks have to know: that a line was typed, never which. A line
 * that the program hid is masked from then on, wherever it comes out again, and kept in memory only. What cannot be
 * recorded is not typed: then the execution is cancelled, and {@link #problem} says why.
 */
final class RecordedConsole implements Console {

    private final Desk desk;
    private final Console console;
    private final String label;
    private volatile StepmarkException problem;

    /**
     * @param desk    what the run works with
     * @param console the terminal
     * @param label   what runs, for people
     */
    RecordedConsole(Desk desk, Console console, String label) {
        this.desk = desk;
        this.console = console;
        this.label = label;
    }

    /** Why an answer could not be recorded. */
    Optional<StepmarkException> problem() {
        return Optional.ofNullable(problem);
    }

    @Override
    public boolean attended() {
        return console.attended();
    }

    @Override
    public boolean answers(boolean echo) {
        return console.answers(echo);
    }

    @Override
    public Answer ask(String prompt, boolean echo, BooleanSupplier waits) {
        String shown = desk.secrets().masker().mask(prompt);
        Answer answer = console.ask(shown, echo, waits);
        if (answer.kind() == Answer.Kind.NONE) {
            return answer;
        }
        if (!echo && answer.line().length > 0) {
            desk.secrets().add("what was typed for " + label + " (" + desk.secrets().names().size() + ")",
                    answer.line());
        }
        try {
            desk.log().append(new Event.QuestionAnswered("step-" + label + ".typed", echo ? "line" : "password",
                    Texts.sha256(shown), words(answer.kind()), console.attended() ? "key" : "option", ""));
            return answer;
        } catch (StepmarkException e) {
            Arrays.fill(answer.line(), '\0');
            problem = Unrecorded.question(e, label);
            return Answer.of(Answer.Kind.CANCEL);
        }
    }

    private static String words(Answer.Kind kind) {
        return switch (kind) {
            case LINE -> "(typed, not recorded)";
            case END -> "(the end of input)";
            default -> "(cancelled)";
        };
    }

    @Override
    public Given give(String program, Keys keys) {
        return console.give(desk.secrets().masker().mask(program), keys);
    }
}
