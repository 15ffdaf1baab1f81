package dev.stepmark.run;

import dev.stepmark.journal.Event;
import dev.stepmark.journal.Execution;
import dev.stepmark.message.ExitCode;
import dev.stepmark.run.Question.Kind;
import java.util.List;
import java.util.Optional;

/** Asks, and deals with what is no answer: ad hoc lines, commands, and the way out. */
final class Asking {

    /** Rows that the screen shows of a result, and bytes that surely fit on it. */
    private static final long SHOWN_ROWS = 10;
    private static final long SHOWN_BYTES = 1500;

    private final Desk desk;
    private final Interruption interruption;
    private Interjections interjections = Interjections.NONE;
    private Deadline deadline;
    private Runnable before = () -> { };

    /** What can be typed at a question besides an answer. */
    interface Interjections {

        Interjections NONE = (reply, question) -> { };

        /** Deals with an ad hoc line or a command; the question is asked again afterwards. */
        void handle(Reply reply, Question question);
    }

    Asking(Desk desk, Interruption interruption) {
        this.desk = desk;
        this.interruption = interruption;
    }

    void deadline(Deadline window) {
        this.deadline = window;
    }

    /** What is looked at before every question. */
    void before(Runnable look) {
        this.before = look;
    }

    void interjections(Interjections handler) {
        this.interjections = handler;
    }

    /** Asks until there is a key, a text or a secret; {@code q} asks whether to stop and does it. */
    Reply ask(Question question) {
        Optional<Execution> cut = question.adHoc() && !question.offers('o') ? cutOutput() : Optional.empty();
        Question asked = cut.isPresent() ? question.offering(Choices.OUTPUT) : question;
        while (true) {
            interruption.check();
            before.run();
            if (question.adHoc()) {
                deadline.overNow().ifPresent(desk.operator()::remark);
            }
            Reply reply = desk.operator().ask(asked);
            if (reply instanceof Reply.Key key && key.key() == 'o' && cut.isPresent()) {
                desk.operator().page("output of " + cut.get().started().unit().step(), desk.log().textFile(
                        desk.log().transcript(cut.get())));
                continue;
            }
            if (reply instanceof Reply.Gone) {
                throw desk.batch() ? new StopRun("refused", ExitCode.REFUSED) : new StopRun("stopped",
                        ExitCode.STOPPED);
            }
            if (reply instanceof Reply.Key key && key.key() == 'q' && question.kind() != Kind.START) {
                stopIfConfirmed();
            } else if (reply instanceof Reply.Key || reply instanceof Reply.Text || reply instanceof Reply.Secret) {
                return reply;
            } else {
                interjections.handle(reply, question);
            }
        }
    }

    /** Asks a question that keys answer; anything else is no answer to it. */
    Reply.Key key(Question question) {
        while (true) {
            Reply reply = ask(question);
            if (reply instanceof Reply.Key key) {
                return key;
            }
            if (desk.batch()) {
                throw new StopRun("refused", ExitCode.REFUSED);
            }
            desk.operator().say(List.of("  One of the letters answers this; ? explains them."));
        }
    }

    /** The last execution, when the screen did not show all that came out. */
    private Optional<Execution> cutOutput() {
        List<Execution> all = desk.log().state().executions();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1)).filter(e -> e.finished()
                .map(f -> f.rows() > SHOWN_ROWS || f.outputs().stream().mapToLong(Event.Output::bytes).sum()
                        > SHOWN_BYTES).orElse(false));
    }

    /** A line of text. */
    Reply.Text text(String id, String prompt, String value, String source) {
        Reply reply = ask(new Question(id, Kind.TEXT, prompt, List.of(), (char) 0, "", value, source, "", false));
        return reply instanceof Reply.Text text ? text : new Reply.Text("", "key");
    }

    /** A value without echo. */
    char[] secret(String id, String prompt) {
        Reply reply = ask(new Question(id, Kind.SECRET, prompt, List.of(), (char) 0, "", "", "", "", false));
        return reply instanceof Reply.Secret secret ? secret.value() : new char[0];
    }

    /** Words that must not be empty, for example the reason of a skip. */
    Reply.Text reason(String id, String prompt) {
        Reply.Text text = text(id, prompt, "", "");
        while (text.text().isBlank() && !desk.batch()) {
            desk.operator().say(List.of("  An empty reason is not accepted; it is what others will read."));
            text = text(id, prompt, "", "");
        }
        return text;
    }

    /** Yes or no. */
    boolean yes(String id, String prompt, char enter, String shown) {
        Question question = new Question(id, Kind.YES_NO, prompt, Choices.yesNo(), enter, "", "", "", shown, false);
        return ask(question) instanceof Reply.Key key && key.key() == 'y';
    }

    private void stopIfConfirmed() {
        if (desk.batch()) {
            throw new StopRun("stopped", ExitCode.STOPPED);
        }
        String open = desk.log().openTransaction().isEmpty() ? "" : "; the open transaction is rolled back";
        Question question = new Question("stop", Kind.YES_NO, "Stop here? The run can go on later" + open,
                List.of(Choices.YES, Choices.NO), 'n', "", "", "", "", false);
        Reply reply = desk.operator().ask(question);
        boolean stop = reply instanceof Reply.Gone || reply instanceof Reply.Key key && key.key() == 'y';
        if (stop) {
            throw new StopRun("stopped", ExitCode.STOPPED);
        }
    }
}
