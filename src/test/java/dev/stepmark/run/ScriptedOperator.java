package dev.stepmark.run;

import dev.stepmark.message.Message;
import dev.stepmark.session.OutputSink;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A person of a test: answers by a function of the question, and keeps what was shown. By default it confirms
 * everything: runs, types phrases, marks done by hand.
 */
public class ScriptedOperator implements Operator {

    /** A script that answers the same for ever must fail its test, not hang it. */
    private static final int MOST_QUESTIONS = 500;

    private final Function<Question, Reply> answers;
    private final List<Question> questions = new ArrayList<>();
    private final List<String> shown = new ArrayList<>();
    private final List<StepCard> cards = new ArrayList<>();
    private final List<ResultCard> results = new ArrayList<>();
    private final List<Message> problems = new ArrayList<>();
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private RunControl control;
    private Watch watch;

    public ScriptedOperator(Function<Question, Reply> answers) {
        this.answers = answers;
    }

    /** Confirms everything. */
    public ScriptedOperator() {
        this(ScriptedOperator::confirm);
    }

    /** The answer that goes on. */
    public static Reply confirm(Question question) {
        return switch (question.kind()) {
            case START, YES_NO, CONDITION -> new Reply.Key(question.offers('y') ? 'y' : 's', "key");
            case COMMIT -> new Reply.Key('c', "key");
            case RUN, FAILED, IN_DOUBT, REMAINING -> new Reply.Key('r', "key");
            case PHRASE -> new Reply.Text(question.phrase(), "key");
            case BY_HAND -> new Reply.Key('m', "key");
            case SESSION -> new Reply.Key(question.offers('r') ? 'r' : 'l', "key");
            case TEXT -> new Reply.Text(question.value().isEmpty() ? "because of the test" : question.value(), "key");
            case SECRET -> new Reply.Secret("a test secret".toCharArray(), "key");
        };
    }

    /** What was asked, in order. */
    public List<Question> questions() {
        return questions;
    }

    /** Ids of what was asked, in order. */
    public List<String> asked() {
        return questions.stream().map(Question::id).toList();
    }

    /** Everything that was shown as text, one element a line. */
    public List<String> shown() {
        return shown;
    }

    public List<StepCard> cards() {
        return cards;
    }

    public List<ResultCard> results() {
        return results;
    }

    public List<Message> problems() {
        return problems;
    }

    /** Live output of all executions. */
    public String output() {
        return output.toString(StandardCharsets.UTF_8);
    }

    /** What can be done to the execution that runs now. */
    public Optional<RunControl> control() {
        return Optional.ofNullable(control);
    }

    @Override
    public boolean interactive() {
        return true;
    }

    @Override
    public Reply ask(Question question) {
        questions.add(question);
        if (questions.size() > MOST_QUESTIONS) {
            throw new AssertionError("asked without end: " + question);
        }
        Reply reply = watch != null && watch.over() ? new Reply.Late() : answers.apply(question);
        if (watch != null) {
            shown.addAll(watch.news());
        }
        return watch != null && watch.over() ? new Reply.Late() : reply;
    }

    @Override
    public void attend(Optional<Watch> other) {
        watch = other.orElse(null);
    }

    @Override
    public void brief(Brief brief) {
        shown.add(brief.toString());
    }

    @Override
    public void step(StepCard card) {
        cards.add(card);
        shown.add(card.toString());
    }

    @Override
    public Running running(String label, RunControl runControl) {
        this.control = runControl;
        return new Running() {
            @Override
            public OutputSink sink() {
                return (stream, buffer, offset, length) -> {
                    synchronized (output) {
                        output.write(buffer, offset, length);
                    }
                };
            }

            @Override
            public void close() {
                control = null;
            }
        };
    }

    @Override
    public void result(ResultCard card) {
        results.add(card);
        shown.add(card.word() + " " + card.unit() + "  " + card.text());
    }

    @Override
    public void remark(String text) {
        shown.add("  . " + text);
    }

    @Override
    public void say(List<String> lines) {
        shown.addAll(lines);
    }

    @Override
    public void problem(Severity severity, Message message) {
        problems.add(message);
        shown.add(severity + ": " + message.what());
    }

    @Override
    public void page(String title, Path file) {
        shown.add(title + " -> " + file);
    }

    @Override
    public Optional<String> edit(String text, String suffix) {
        return Optional.empty();
    }

    @Override
    public void ending(Ending ending) {
        shown.add(ending.word() + " " + ending.title());
        ending.facts().forEach(f -> shown.add((f.label() + " " + f.text()).strip()));
    }
}
