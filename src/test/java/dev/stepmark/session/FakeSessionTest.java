package dev.stepmark.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The fake keeps the contract, and its failure modes do what they say. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FakeSessionTest implements SessionContract {

    @Override
    public Session open() {
        return new FakeSession();
    }

    @Override
    public Dialect dialect() {
        return new FakeDialect();
    }

    @Test
    void givesTheAnswersItWasTold() {
        FakeSession session = new FakeSession().prints("select 1", "1\n")
                .on("select 1/0", new Outcome.Failed("22012", "ERROR:  division by zero", Outcome.Transaction.NONE));
        RecordingSink sink = new RecordingSink();
        assertThat(session.run(Request.of("select 1\n"), sink)).isEqualTo(FakeSession.done(0));
        assertThat(sink.printed()).isEqualTo("1\n");
        assertThat(session.run(Request.of("select 1/0"), sink)).isInstanceOf(Outcome.Failed.class);
        assertThat(session.texts()).containsExactly("select 1\n", "select 1/0");
    }

    @Test
    void dyingIsLostAndStaysLost() {
        FakeSession session = FakeSession.dying();
        assertThat(session.run(Request.of("x"), OutputSink.none())).isInstanceOf(Outcome.Lost.class);
        assertThat(session.alive()).isFalse();
        assertThat(session.run(Request.of("x"), OutputSink.none())).isInstanceOf(Outcome.Refused.class);
        assertThat(session.texts()).hasSize(1);
    }

    @Test
    void floodingPrintsAsMuchAsItWasTold() {
        AtomicLong seen = new AtomicLong();
        FakeSession.flooding(300_000_001L).run(Request.of("x"), (stream, buffer, from, n) -> seen.addAndGet(n));
        assertThat(seen).hasValue(300_000_001L);
    }

    @Test
    void aBogusHostCannotBeOpened() {
        assertThatThrownBy(FakeSession::bogusHost).isInstanceOf(CannotOpen.class).hasMessageContaining("unknown host");
    }

    private static final class FakeDialect implements Dialect {
        @Override
        public String print(String word) {
            return "print " + word;
        }

        @Override
        public String printMany(int letters) {
            return "many " + letters;
        }

        @Override
        public String sleep(int seconds) {
            return "sleep " + seconds;
        }

        @Override
        public String fail() {
            return "fail";
        }

        @Override
        public String setState(String name, String value) {
            return "set " + name + " " + value;
        }

        @Override
        public String readState(String name) {
            return "get " + name;
        }

        @Override
        public Optional<String> end() {
            return Optional.of("end");
        }

        @Override
        public Optional<String> incomplete() {
            return Optional.of("incomplete");
        }
    }
}
