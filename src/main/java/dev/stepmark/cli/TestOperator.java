package dev.stepmark.cli;

import dev.stepmark.message.Message;
import dev.stepmark.run.Banner;
import dev.stepmark.run.Brief;
import dev.stepmark.run.Ending;
import dev.stepmark.run.Operator;
import dev.stepmark.run.Question;
import dev.stepmark.run.Reply;
import dev.stepmark.run.ResultCard;
import dev.stepmark.run.RunControl;
import dev.stepmark.run.Running;
import dev.stepmark.run.StepCard;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Nobody: answers come from what was given beforehand, as in any run without a terminal. What a run would say about
 * itself is kept for the transcript; errors are kept for the report too.
 */
final class TestOperator implements Operator {

    /** Where a secret is wanted: everybody is let in, so that its value does not matter. */
    static final String SECRET = "stepmark-test-secret";

    private final Operator batch;
    private final List<Message> errors = new ArrayList<>();

    TestOperator(Operator batch) {
        this.batch = batch;
    }

    /** What was wrong with the run as a whole. */
    List<Message> errors() {
        return List.copyOf(errors);
    }

    @Override
    public boolean interactive() {
        return false;
    }

    @Override
    public Reply ask(Question question) {
        if (question.kind() == Question.Kind.SECRET) {
            return new Reply.Secret(SECRET.toCharArray(), "option");
        }
        Reply reply = batch.ask(question);
        if (reply instanceof Reply.Gone gone) {
            errors.add(Message.of(gone.why(), question.prompt() + " Nothing after it was run.", "--answer " + question.id()
                    + "=..."));
        }
        return reply;
    }

    @Override
    public void brief(Brief brief) {
        batch.brief(brief);
    }

    @Override
    public void step(StepCard card) {
        batch.step(card);
    }

    @Override
    public Running running(String label, RunControl control) {
        return batch.running(label, control);
    }

    @Override
    public void result(ResultCard card) {
        batch.result(card);
    }

    @Override
    public void remark(String text) {
        batch.remark(text);
    }

    @Override
    public void banner(Banner banner) {
        batch.banner(banner);
    }

    @Override
    public void say(List<String> lines) {
        batch.say(lines);
    }

    @Override
    public void problem(Severity severity, Message message) {
        if (severity == Severity.ERROR) {
            errors.add(message);
        }
        batch.problem(severity, message);
    }

    @Override
    public void page(String title, Path file) {
        batch.page(title, file);
    }

    @Override
    public Optional<String> edit(String text, String suffix) {
        return Optional.empty();
    }

    @Override
    public void ending(Ending ending) {
        batch.ending(ending);
    }
}
