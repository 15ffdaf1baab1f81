package dev.stepmark.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every session must do, whatever its kind. An implementation's test implements the two methods. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public interface SessionContract {

    /** Far longer than any test waits: what sleeps this long ends only because it is stopped. */
    int LONG = 300;

    /** Opens a new session; the test closes it. */
    Session open() throws Exception;

    /** The language of the session. */
    Dialect dialect();

    @Test
    default void tellsWhatWasOpened() throws Exception {
        try (Session session = open()) {
            assertThat(session.opened().kind()).isNotBlank();
            assertThat(session.opened().label()).isNotBlank().doesNotContain("\n");
            assertThat(session.opened().identity()).isNotEmpty();
            assertThat(session.alive()).isTrue();
        }
    }

    @Test
    default void runsAndHasDeliveredTheOutputOnReturn() throws Exception {
        try (Session session = open()) {
            for (int i = 0; i < 20; i++) {
                RecordingSink sink = new RecordingSink();
                Outcome outcome = session.run(Request.of(dialect().print("hello" + i)), sink);
                assertThat(outcome).isInstanceOf(Outcome.Done.class);
                assertThat(sink.printed()).contains("hello" + i);
                assertThat(((Outcome.Done) outcome).exit()).isZero();
                assertThat(((Outcome.Done) outcome).problems()).isEmpty();
            }
        }
    }

    @Test
    default void stateLivesOn() throws Exception {
        try (Session session = open()) {
            assertDone(session.run(Request.of(dialect().setState("colour", "blue")), OutputSink.none()));
            assertThat(print(session, dialect().readState("colour"))).contains("blue");
            assertDone(session.run(Request.of(dialect().setState("colour", "green")), OutputSink.none()));
            assertThat(print(session, dialect().readState("colour"))).contains("green").doesNotContain("blue");
        }
    }

    @Test
    default void twoSessionsAreApart() throws Exception {
        try (Session one = open(); Session two = open()) {
            assertDone(one.run(Request.of(dialect().setState("colour", "blue")), OutputSink.none()));
            assertDone(two.run(Request.of(dialect().setState("colour", "red")), OutputSink.none()));
            assertThat(print(one, dialect().readState("colour"))).contains("blue");
        }
    }

    @Test
    default void failureIsReportedAndTheSessionGoesOn() throws Exception {
        try (Session session = open()) {
            Outcome outcome = session.run(Request.of(dialect().fail()), OutputSink.none());
            assertThat(Dialect.isFailure(outcome)).as("%s", outcome).isTrue();
            assertUsable(session);
        }
    }

    @Test
    default void incompleteTextIsRefused() throws Exception {
        Optional<String> incomplete = dialect().incomplete();
        Assumptions.assumeTrue(incomplete.isPresent(), "this kind knows no incomplete text");
        try (Session session = open()) {
            Outcome outcome = session.run(Request.of(incomplete.get()), OutputSink.none());
            assertThat(outcome).isInstanceOf(Outcome.Refused.class);
            assertThat(((Outcome.Refused) outcome).reason()).isNotBlank();
            assertUsable(session);
        }
    }

    @Test
    default void textOfOneMebibyteRuns() throws Exception {
        try (Session session = open()) {
            String text = "\n".repeat(1 << 20) + dialect().print("end");
            RecordingSink sink = new RecordingSink();
            assertDone(session.run(Request.of(text), sink));
            assertThat(sink.printed()).contains("end");
        }
    }

    @Test
    default void outputOfOneMebibyteArrives() throws Exception {
        try (Session session = open()) {
            RecordingSink sink = new RecordingSink();
            assertDone(session.run(Request.of(dialect().printMany(1 << 20)), sink));
            assertThat(sink.printed().chars().filter(c -> c == 'x').count()).isGreaterThanOrEqualTo(1 << 20);
        }
    }

    @Test
    default void cancelStopsALongExecutionAndTheSessionIsUsable() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (Session session = open()) {
            Future<Outcome> running = other.submit(
                    () -> session.run(Request.of(dialect().sleep(LONG)), OutputSink.none()));
            while (!session.cancel().asked()) {
                Thread.sleep(1);
            }
            Outcome outcome = running.get();
            assertThat(outcome).isInstanceOf(Outcome.Cancelled.class);
            assertThat(((Outcome.Cancelled) outcome).timedOut()).isFalse();
            assertThat(((Outcome.Cancelled) outcome).proof()).isNotBlank();
            assertThat(((Outcome.Cancelled) outcome).survivors()).isEmpty();
            assertUsable(session);
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    default void cancelWhenIdleDoesNothing() throws Exception {
        try (Session session = open()) {
            assertThat(session.cancel().asked()).isFalse();
            assertUsable(session);
            assertThat(session.cancel().asked()).isFalse();
            assertThat(session.kill().asked()).isFalse();
            session.abandon();
            assertUsable(session);
        }
    }

    @Test
    default void aCancelThatRacesTheEndNeverHitsTheNextExecution() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        Random random = new Random(7);
        try (Session session = open()) {
            for (int i = 0; i < 100; i++) {
                CountDownLatch start = new CountDownLatch(1);
                int pause = random.nextInt(2_000_000);
                Future<CancelReport> cancel = other.submit(() -> {
                    start.await();
                    java.util.concurrent.locks.LockSupport.parkNanos(pause);
                    return session.cancel();
                });
                start.countDown();
                Outcome raced = session.run(Request.of(dialect().print("first")), OutputSink.none());
                boolean asked = cancel.get().asked();
                assertThat(raced).isInstanceOfAny(Outcome.Done.class, Outcome.Cancelled.class);
                assertThat(asked || raced instanceof Outcome.Done).as("cancelled without being asked").isTrue();
                assertUsable(session);
            }
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    default void killEndsALongExecution() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (Session session = open()) {
            Future<Outcome> running = other.submit(
                    () -> session.run(Request.of(dialect().sleep(LONG)), OutputSink.none()));
            while (!session.kill().asked()) {
                Thread.sleep(1);
            }
            assertThat(running.get()).isInstanceOfAny(Outcome.Cancelled.class, Outcome.Ended.class, Outcome.Lost.class);
            Outcome next = session.run(Request.of(dialect().print("next")), OutputSink.none());
            assertThat(next).isInstanceOfAny(session.alive() ? Outcome.Done.class : Outcome.Refused.class,
                    Outcome.Lost.class);
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    default void abandonStopsWaitingAndTheSessionIsLost() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (Session session = open()) {
            Future<Outcome> running = other.submit(
                    () -> session.run(Request.of(dialect().sleep(20)), OutputSink.none()));
            while (session.alive()) {
                session.abandon();
                Thread.sleep(1);
            }
            assertThat(running.get()).isInstanceOf(Outcome.Lost.class);
            assertThat(session.alive()).isFalse();
            assertThat(session.run(Request.of(dialect().print("next")), OutputSink.none()))
                    .isInstanceOfAny(Outcome.Refused.class, Outcome.Lost.class);
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    default void aTimeOutCancels() throws Exception {
        try (Session session = open()) {
            Request request = new Request(dialect().sleep(LONG), "", Map.of(), Optional.of(Duration.ofMillis(200)),
                    false);
            Outcome outcome = session.run(request, OutputSink.none());
            assertThat(outcome).isInstanceOf(Outcome.Cancelled.class);
            assertThat(((Outcome.Cancelled) outcome).timedOut()).isTrue();
            assertUsable(session);
        }
    }

    @Test
    default void aTimeOutThatIsNotReachedDoesNothing() throws Exception {
        try (Session session = open()) {
            Request request = new Request(dialect().print("quick"), "", Map.of(), Optional.of(Duration.ofSeconds(100)),
                    false);
            assertDone(session.run(request, OutputSink.none()));
            assertUsable(session);
        }
    }

    @Test
    default void anEndIsAnOutcome() throws Exception {
        Optional<String> end = dialect().end();
        Assumptions.assumeTrue(end.isPresent(), "no text ends this kind of session");
        try (Session session = open()) {
            Outcome outcome = session.run(Request.of(end.get()), OutputSink.none());
            assertThat(outcome).isInstanceOf(Outcome.Ended.class);
            assertThat(((Outcome.Ended) outcome).how()).isNotBlank();
            assertThat(session.alive()).isFalse();
            assertThat(session.run(Request.of(dialect().print("next")), OutputSink.none()))
                    .isInstanceOfAny(Outcome.Refused.class, Outcome.Lost.class);
        }
    }

    @Test
    default void closingTwiceAndRunningAfterwardsIsNoException() throws Exception {
        Session session = open();
        assertUsable(session);
        session.close();
        session.close();
        assertThat(session.alive()).isFalse();
        assertThat(session.run(Request.of(dialect().print("next")), OutputSink.none()))
                .isInstanceOfAny(Outcome.Refused.class, Outcome.Lost.class);
        assertThat(session.cancel().asked()).isFalse();
        assertThat(session.kill().asked()).isFalse();
        session.abandon();
        assertThat(session.opened()).isNotNull();
    }

    @Test
    @SuppressWarnings("try")
    default void closingWhileSomethingRunsEndsIt() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (Session session = open()) {
            CountDownLatch started = new CountDownLatch(1);
            Future<Outcome> running = other.submit(() -> {
                started.countDown();
                return session.run(Request.of(dialect().sleep(LONG)), OutputSink.none());
            });
            started.await();
            Thread.sleep(50);
            session.close();
            assertThat(running.get()).isInstanceOfAny(Outcome.Lost.class, Outcome.Ended.class, Outcome.Cancelled.class,
                    Outcome.Refused.class);
        } finally {
            other.shutdownNow();
        }
    }

    private static void assertDone(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        assertThat(((Outcome.Done) outcome).exit()).isZero();
    }

    private static String print(Session session, String text) {
        RecordingSink sink = new RecordingSink();
        assertDone(session.run(Request.of(text), sink));
        return sink.printed();
    }

    private void assertUsable(Session session) {
        assertThat(session.alive()).isTrue();
        assertThat(print(session, dialect().print("usable"))).contains("usable");
    }
}
