package dev.stepmark.run;

import dev.stepmark.journal.Event;
import dev.stepmark.session.Console;
import java.util.function.BooleanSupplier;

/**
 * The person's terminal, with what the record and the masks have to know: that a line was typed, never which. A line
 * that the program hid is masked from then on, wherever it comes out again, and kept in memory only.
 *
 * @param desk    what the run works with
 * @param console the terminal
 * @param label   what runs, for people
 */
record RecordedConsole(Desk desk, Console console, String label) implements Console {

    @Override
    public boolean attended() {
        return console.attended();
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
        desk.log().append(new Event.QuestionAnswered("step-" + label + ".typed", echo ? "line" : "password",
                Texts.sha256(shown), answer.kind() == Answer.Kind.LINE ? "(typed, not recorded)" : answer.kind()
                        == Answer.Kind.END ? "(the end of input)" : "(cancelled)", "key", ""));
        return answer;
    }

    @Override
    public Given give(String program, Keys keys) {
        return console.give(desk.secrets().masker().mask(program), keys);
    }
}
