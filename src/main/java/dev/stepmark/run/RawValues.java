package dev.stepmark.run;

import dev.stepmark.binding.Filler;
import dev.stepmark.journal.Event;
import dev.stepmark.message.ExitCode;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Executor;
import dev.stepmark.runbook.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * Values that become SQL or shell text as they are: nothing can quote them, so a person confirms the text that they make,
 * besides confirming that it runs.
 */
final class RawValues {

    private final Desk desk;
    private final Asking asking;

    RawValues(Desk desk, Asking asking) {
        this.desk = desk;
        this.asking = asking;
    }

    /** What the card says of a text's values. */
    static List<String> remarks(Block block, Filler.Filled filled) {
        List<String> out = new ArrayList<>();
        if (!filled.raw().isEmpty()) {
            out.add(String.join(", ", filled.raw()) + " as " + language(block) + " text (raw): not quoted, whatever it has");
        }
        filled.warnings().forEach(w -> out.add("warning: " + w));
        return out;
    }

    private static String language(Block block) {
        return block.executor() == Executor.SHELL ? "shell" : "SQL";
    }

    /** Whether there is nothing raw in the text, or somebody agreed to exactly this text. */
    boolean agreed(Step step, Block block, Filler.Filled filled) {
        if (filled.raw().isEmpty()) {
            return true;
        }
        String id = "step-" + step.id() + ".raw";
        String shown = Texts.sha256(filled.text());
        boolean before = desk.log().state().answer(id).filter(a -> a.answer().equals("yes") && a.shown().equals(shown))
                .isPresent();
        if (before) {
            return true;
        }
        Question question = new Question(id, Question.Kind.YES_NO, "Use " + String.join(", ", filled.raw()) + " as "
                + language(block) + " text?", List.of(Choices.YES, Choices.NO, Choices.OUTPUT, Choices.QUIT), (char) 0, "",
                "", "", shown, false, List.of("The value stands in the text as it is, and is read as "
                        + language(block) + ". Read the whole text above."));
        Reply.Key key = asking.key(question);
        while (key.key() == 'o') {
            desk.operator().page("the text of step " + step.id(), desk.log().textFile(filled.text()));
            key = asking.key(question);
        }
        boolean yes = key.key() == 'y';
        desk.log().append(new Event.QuestionAnswered(id, "raw", shown, yes ? "yes" : "no", key.by(), ""));
        if (!yes && desk.batch()) {
            throw new StopRun("refused", ExitCode.REFUSED);
        }
        if (!yes) {
            desk.operator().say(List.of("  Nothing was run. e edits the text, s skips it."));
        }
        return yes;
    }
}
