package dev.stepmark.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.run.Question;
import dev.stepmark.run.Question.Choice;
import dev.stepmark.run.Question.Kind;
import dev.stepmark.run.Reply;
import dev.stepmark.run.Watch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A question that is watched over: news stand above it, and it is taken back when nobody waits for it any more. */
@Timeout(120)
class AttendanceTest {

    private static final class Held implements Watch {
        private final List<String> news = new ArrayList<>();
        private volatile boolean over;

        @Override
        public synchronized List<String> news() {
            List<String> now = List.copyOf(news);
            news.clear();
            return now;
        }

        synchronized void say(String line) {
            news.add(line);
        }

        @Override
        public boolean over() {
            return over;
        }
    }

    private static Question question(Kind kind) {
        return new Question("q", kind, "Commit 6?", List.of(new Choice('c', "commit", "keeps it"), new Choice('b',
                "roll back", "undoes it")), (char) 0, "", "", "", "", kind == Kind.COMMIT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xterm", "dumb"})
    void newsStandAboveAndWhatIsTypedStays(String kind) throws Exception {
        try (TypedTerminal person = new TypedTerminal(Map.of("TERM", kind), null)) {
            Held held = new Held();
            person.operator.attend(Optional.of(held));
            CompletableFuture<Reply> asked = person.ask(question(Kind.COMMIT));
            person.expect("Commit 6?");
            held.say("Transaction open on factory: 00:01:00, 2 sessions wait for these locks");
            person.expect("2 sessions wait for these locks");
            person.type("c\r");
            assertThat(person.reply(asked)).isEqualTo(new Reply.Key('c', "key"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"xterm", "dumb"})
    void isTakenBackAndTheNextQuestionIsAnOrdinaryOne(String kind) throws Exception {
        try (TypedTerminal person = new TypedTerminal(Map.of("TERM", kind), null)) {
            Held held = new Held();
            person.operator.attend(Optional.of(held));
            CompletableFuture<Reply> asked = person.ask(question(Kind.COMMIT));
            person.expect("Commit 6?");
            person.type("SELECT 1");
            held.over = true;
            assertThat(person.reply(asked)).isEqualTo(new Reply.Late());

            CompletableFuture<Reply> late = person.ask(question(Kind.TEXT));
            assertThat(person.reply(late)).as("at every question from then on").isEqualTo(new Reply.Late());
            person.operator.attend(Optional.empty());
            CompletableFuture<Reply> next = person.ask(question(Kind.YES_NO));
            person.expect("Commit 6?");
            person.type("b\r");
            assertThat(person.reply(next)).isEqualTo(new Reply.Key('b', "key"));
        }
    }
}
