package dev.stepmark.run;

import dev.stepmark.plan.PlannedQuestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How values are asked for: one line each, what is there already in brackets with where it is from. */
final class ValueQuestions {

    private final Desk desk;
    private final Asking asking;
    private final ValueUses uses;

    ValueQuestions(Desk desk, Asking asking, ValueUses uses) {
        this.desk = desk;
        this.asking = asking;
        this.uses = uses;
    }

    /** Says how many questions follow. */
    void announce(int count) {
        if (count > 0) {
            desk.operator().say(List.of(Texts.count(count, "value") + (count == 1 ? " is" : " are")
                    + " needed. Enter takes the one in brackets; ? explains; q stops."));
        }
    }

    /** Asks until there is a value that fits everywhere. */
    Reply.Text plain(PlannedQuestion question, String prefilled, String source) {
        String name = question.id();
        while (true) {
            Reply reply = asking.ask(new Question(name, Question.Kind.TEXT, name, List.of(Choices.QUIT), (char) 0, "",
                    prefilled, source.isEmpty() ? "" : "from " + source, "", false, uses.about(name)));
            Reply.Text text = reply instanceof Reply.Text typed ? typed : new Reply.Text("", "key");
            Optional<String> unfit = uses.unfit(name, text.text());
            if (text.text().isBlank() && prefilled.isEmpty()) {
                desk.operator().say(List.of("  Nothing was typed, and " + name + " needs a value. ? explains; q stops."));
            } else if (unfit.isPresent()) {
                desk.operator().say(List.of("  " + unfit.get(), "  Nothing was run. Another value:"));
            } else {
                return text;
            }
        }
    }

    /** A value that nobody sees. */
    String secret(PlannedQuestion question) {
        String name = question.subject();
        List<String> about = new ArrayList<>(uses.about(name));
        about.add("kept in memory until the run ends; never in the log, nor among the values of the next run");
        Reply reply = asking.ask(new Question(name, Question.Kind.SECRET, name + " (secret; not shown, not logged)",
                List.of(Choices.QUIT), (char) 0, "", "", "", "", false, about));
        return reply instanceof Reply.Secret secret ? new String(secret.value()) : "";
    }

    /** Says why a secret is not taken. */
    void tooShort(int length) {
        desk.operator().say(List.of("  It has " + length + (length == 1 ? " character" : " characters") + ": too short to be"
                + " masked reliably in output. Use another", "  way to log in (a .pgpass entry) or a longer password."));
    }
}
