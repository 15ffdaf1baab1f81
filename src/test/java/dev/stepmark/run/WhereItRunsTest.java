package dev.stepmark.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.journal.Event;
import dev.stepmark.message.ExitCode;
import dev.stepmark.plan.RunOptions;
import dev.stepmark.session.CancelReport;
import dev.stepmark.session.FakeSession;
import dev.stepmark.session.Outcome;
import dev.stepmark.session.Snapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Text reaches the place that it is meant for, as it was shown, and no secret reaches the record. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WhereItRunsTest {

    private static final String[] PSQL = {"# Go", "1. Say where:", "   ```bash", "   export PGHOST=prod", "   ```",
        "2. Connect:", "   ```bash", "   psql", "   ```", "3. Change:", "   ```sql", "   INSERT INTO a VALUES (1);",
        "   ```"};

    @TempDir
    private Path runs;

    /** A shell that knows what was exported into it. */
    private static FakeSession shell() {
        FakeSession session = new FakeSession();
        return session.otherwise((request, sink, running) -> {
            String text = request.text().strip();
            if (!text.startsWith("export ")) {
                return FakeSession.done(0);
            }
            String name = text.substring(7, text.indexOf('='));
            session.snapshot(new Snapshot("", Map.of(name, text.substring(text.indexOf('=') + 1))));
            return new Outcome.Done(0, List.of(), List.of(), Outcome.Transaction.NONE, Optional.of(new Outcome.Change("",
                    List.of(name), "", List.of())));
        });
    }

    @Test
    void psqlGoesWhereItsShellSaysAlsoAfterACrash() {
        int died = 0;
        for (int n = 2; ; n++) {
            Trial trial = new Trial(runs, PSQL).shell(WhereItRunsTest::shell).env("PGHOST", "laptop");
            if (!trial.dieAfter(n, new ScriptedOperator())) {
                break;
            }
            died++;
            assertThat(trial.resume(new ScriptedOperator())).isEqualTo(ExitCode.OK);
            assertThat(trial.connected()).as("died after record %d", n).isNotEmpty()
                    .allMatch(spec -> spec.host().equals("prod"));
            assertThat(trial.database().effects()).hasSizeBetween(1, 1);
        }
        assertThat(died).isGreaterThan(10);
    }

    @Test
    void theCardSaysWhereThePsqlOfTheShellGoes() {
        Trial trial = new Trial(runs, PSQL).shell(WhereItRunsTest::shell).env("PGHOST", "laptop");
        ScriptedOperator operator = new ScriptedOperator();
        trial.begin(operator);

        assertThat(operator.cards().get(1).facts()).filteredOn(f -> f.label().equals("Opens")).singleElement()
                .extracting(StepCard.Fact::text).asString().contains("on prod:5432");
    }

    @Test
    void anotherServerThanBeforeIsRefused() {
        String[] document = {"# Go", "1. Connect:", "   ```bash", "   psql", "   ```", "2. Change:", "   ```sql",
            "   INSERT INTO a VALUES (1);", "   ```"};
        Trial trial = new Trial(runs, document).env("PGHOST", "prod");
        ScriptedOperator stops = new ScriptedOperator(q -> q.id().equals("step-2") ? new Reply.Gone("test")
                : ScriptedOperator.confirm(q));
        assertThat(trial.begin(stops)).isEqualTo(ExitCode.STOPPED);

        trial.env("PGHOST", "laptop");
        ScriptedOperator operator = new ScriptedOperator(q -> q.kind() == Question.Kind.FAILED ? new Reply.Gone("test")
                : ScriptedOperator.confirm(q));
        trial.resume(operator);
        assertThat(operator.problems()).anyMatch(m -> m.what().contains("is not as it was"));
        assertThat(trial.database().effects()).isEmpty();
    }

    @Test
    void aSessionThatEndedByAccidentComesBackInItsDatabase() {
        Trial trial = new Trial(runs, "# Go", "1. Connect:", "   ```bash", "   psql", "   ```", "2. Move:", "   ```sql",
                "   \\c factory", "   ```", "3. Change:", "   ```sql", "   INSERT INTO a VALUES (1);", "   ```");
        boolean[] typed = {false};
        ScriptedOperator operator = new ScriptedOperator(q -> {
            if (q.id().equals("step-3") && !typed[0]) {
                typed[0] = true;
                return new Reply.Meta("\\q");
            }
            return ScriptedOperator.confirm(q);
        });

        assertThat(trial.begin(operator)).isEqualTo(ExitCode.OK);
        assertThat(trial.database().effects()).containsExactly("factory, alone: INSERT INTO a VALUES (1);");
    }

    @Test
    void aSecretReachesNoRecordAndNoScreen() throws Exception {
        String secret = "correct-horse-42";
        Trial trial = new Trial(runs, "---", "variables: {DB_PASSWORD: {secret: true, from: {env: DB_PASSWORD}}}",
                "connections: {factory: \"postgresql://localhost/factory\"}", "---", "# S", "1. Set:", "   ```bash",
                "   export API_TOKEN=literal-token-1", "   ```", "2. Look:", "   ```sql", "   SELECT 1;", "   ```")
                .env("DB_PASSWORD", secret).shell(WhereItRunsTest::shell);
        trial.database().on("SELECT 1;", new Outcome.Done(0, List.of(), List.of(new dev.stepmark.session.Result(
                "SELECT 1", List.of(new dev.stepmark.session.Result.Column("x", false)), List.of(List.of(secret)), 1,
                false)), Outcome.Transaction.NONE, Optional.empty()));
        ScriptedOperator operator = new ScriptedOperator();

        assertThat(trial.begin(operator)).isEqualTo(ExitCode.OK);
        assertThat(operator.results().toString()).contains("***").doesNotContain(secret);
        assertThat(trial.events(Event.SessionChanged.class).toString()).doesNotContain("literal-token-1");
        try (Stream<Path> files = Files.walk(runs)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file)).doesNotContain(secret);
            }
        }
    }

    @Test
    void anEditAfterAFailureKeepsWhatIsDoneAndRunsTheRest() {
        Trial trial = new Trial(runs, "---", "connections: {factory: \"postgresql://localhost/factory\"}", "---", "# E",
                "1. Do:", "   ```sql", "   INSERT INTO a VALUES (1);", "   INSERT INTO b VALUES (wrong);",
                "   INSERT INTO c VALUES (3);", "   ```");
        trial.database().on("INSERT INTO b VALUES (wrong);", new Outcome.Failed("42703", "no column",
                Outcome.Transaction.NONE));
        ScriptedOperator operator = new ScriptedOperator(q -> q.kind() == Question.Kind.FAILED ? new Reply.Key('e', "key")
                : ScriptedOperator.confirm(q)) {
            @Override
            public Optional<String> edit(String text, String suffix) {
                assertThat(text).doesNotContain("INTO a");
                return Optional.of("INSERT INTO x VALUES (0);\n" + text.replace("wrong", "2"));
            }
        };

        assertThat(trial.begin(operator)).isEqualTo(ExitCode.OK);
        assertThat(trial.database().effects()).containsExactly("factory, alone: INSERT INTO a VALUES (1);",
                "factory, alone: INSERT INTO x VALUES (0);", "factory, alone: INSERT INTO b VALUES (2);",
                "factory, alone: INSERT INTO c VALUES (3);");
    }

    @Test
    void aSignalCancelsWhatRunsAndNothingFurtherStarts() throws Exception {
        Trial trial = new Trial(runs, "# I", "1. Wait:", "   ```bash", "   sleep 600", "   ```", "2. Then:", "   ```bash",
                "   print two", "   ```");
        CountDownLatch started = new CountDownLatch(1);
        trial.shell(() -> new FakeSession().on("sleep 600", (request, sink, running) -> {
            started.countDown();
            return running.sleep(java.time.Duration.ofMinutes(10)).orElseThrow();
        }));
        RunOptions options = Trial.batch(true, true, true, Map.of());
        Thread signal = new Thread(() -> {
            try {
                started.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            trial.runner().interrupt();
        });
        signal.start();

        assertThat(trial.options(options).begin(new Unattended(options).operator())).isEqualTo(ExitCode.INTERRUPTED);
        signal.join();
        assertThat(trial.events(Event.ExecFinished.class)).extracting(Event.ExecFinished::outcome)
                .containsExactly("cancelled");
        assertThat(trial.events(Event.ExecStarted.class)).hasSize(1);
        assertThat(trial.events(Event.RunEnded.class).get(0).exit()).isEqualTo(130);
    }

    @Test
    void whatDoesNotStopIsLeftAndInDoubt() {
        CountDownLatch abandoned = new CountDownLatch(1);
        Interruption interruption = new Interruption();
        interruption.running(new RunControl() {
            @Override
            public CancelReport cancel() {
                return CancelReport.NOTHING;
            }

            @Override
            public CancelReport kill() {
                return CancelReport.NOTHING;
            }

            @Override
            public void abandon() {
                abandoned.countDown();
            }
        });
        interruption.stop();
        assertThat(abandoned.getCount()).isZero();
    }

    @Test
    void aSessionThatWentToAnotherServerIsNotBroughtBackToTheFirst() {
        Trial trial = new Trial(runs, "# Go", "1. Connect:", "   ```bash", "   psql", "   ```", "2. Move:", "   ```sql",
                "   \\c factory me otherhost", "   ```", "3. Change:", "   ```sql", "   INSERT INTO a VALUES (1);", "   ```");
        ScriptedOperator stops = new ScriptedOperator(q -> q.id().equals("step-3") ? new Reply.Gone("test")
                : ScriptedOperator.confirm(q));
        assertThat(trial.begin(stops)).isEqualTo(ExitCode.STOPPED);

        ScriptedOperator operator = new ScriptedOperator(q -> q.kind() == Question.Kind.FAILED ? new Reply.Gone("test")
                : ScriptedOperator.confirm(q));
        trial.resume(operator);
        assertThat(operator.problems()).anyMatch(m -> m.what().contains("another user or server"));
        assertThat(trial.database().effects()).isEmpty();
    }
}
