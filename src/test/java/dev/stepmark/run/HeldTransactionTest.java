package dev.stepmark.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.journal.Event;
import dev.stepmark.message.ExitCode;
import dev.stepmark.plan.RunOptions;
import dev.stepmark.session.Outcome;
import dev.stepmark.session.Result;
import dev.stepmark.session.ServerSide;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A transaction across steps: confirmed whole, held before COMMIT, undone whole. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HeldTransactionTest {

    private static final String INSERT = "INSERT INTO b VALUES (1);";
    private static final String UPDATE = "UPDATE a SET x = 1 WHERE y = 2;";
    private static final List<String> BOTH = List.of("factory: " + INSERT, "factory: " + UPDATE);

    @TempDir
    private Path runs;
    private final MovingClock clock = new MovingClock();

    private Trial named(String... more) {
        List<String> lines = new ArrayList<>(List.of("---", "connections: {factory: \"postgresql://localhost/factory\"}",
                "---", "# Move", "1. Put in:", "   ```sql {transaction=move}", "   " + INSERT, "   ```", "2. Change:",
                "   ```sql {transaction=move}", "   " + UPDATE, "   ```"));
        lines.addAll(List.of(more));
        return new Trial(runs, lines.toArray(String[]::new)).at(clock);
    }

    private Trial written(String second) {
        return new Trial(runs, "---", "connections: {factory: \"postgresql://localhost/factory\"}", "---", "# Move",
                "1. Put in:", "   ```sql", "   BEGIN;", "   " + INSERT, "   ```", "2. Change:", "   ```sql", "   " + second,
                "   COMMIT;", "   ```").at(clock);
    }

    /** A server that answers what it is asked about locks, waiters, and a transaction. */
    private static ServerSide server(String locks, String waiters, String status) {
        return new ServerSide() {
            @Override
            public String backend() {
                return "4711";
            }

            @Override
            public Optional<String> here(String query) {
                return Optional.of(query.contains("txid_current") ? "774" : "00000001");
            }

            @Override
            public Optional<String> beside(String query) {
                String answer = query.contains("txid_status") ? status : query.contains("pg_walfile_name") ? "00000001"
                        : query.contains("pg_blocking_pids") ? waiters : locks;
                return Optional.ofNullable(answer);
            }
        };
    }

    private ScriptedOperator atCommit(Function<Integer, Reply> answers) {
        int[] times = {0};
        return new ScriptedOperator(q -> q.kind() == Question.Kind.COMMIT ? answers.apply(times[0]++)
                : ScriptedOperator.confirm(q));
    }

    private static Reply key(char key) {
        return new Reply.Key(key, "key");
    }

    @Test
    void oneQuestionForAllOfItAndOneBeforeCommit() {
        Trial trial = named("3. Look:", "   ```sql", "   SELECT 1;", "   ```");
        ScriptedOperator operator = new ScriptedOperator();

        assertThat(trial.begin(operator)).isEqualTo(ExitCode.OK);
        assertThat(operator.asked()).containsExactly("start", "step-1", "step-2.commit", "step-3");
        assertThat(operator.questions().get(1).prompt()).isEqualTo("Run 1-2 in one transaction on factory?");
        assertThat(operator.cards()).extracting(StepCard::position).containsExactly("1/3", "2/3", "3/3");
        assertThat(trial.database().asked()).containsExactly("BEGIN;", INSERT, UPDATE, "COMMIT;", "SELECT 1;");
        assertThat(trial.database().effects()).isEqualTo(BOTH);
        assertThat(trial.events(Event.TransactionOpened.class)).singleElement().satisfies(t ->
                assertThat(t.units()).hasSize(2));
        assertThat(trial.events(Event.ExecStarted.class)).extracting(Event.ExecStarted::transaction).containsExactly("t1",
                "t1", "");
        assertThat(trial.events(Event.Decided.class)).filteredOn(d -> d.action() == Event.Action.RUN).extracting(
                d -> d.unit().block()).containsExactly("1.1", "2.1", "3.1");
    }

    @Test
    void aDestructiveTextInItWantsItsPhrase() {
        Trial trial = written("DELETE FROM a;");
        int[] asked = {0};
        ScriptedOperator operator = new ScriptedOperator(q -> q.kind() == Question.Kind.PHRASE && asked[0]++ == 0
                ? new Reply.Text("delete b", "key") : ScriptedOperator.confirm(q));

        assertThat(trial.begin(operator)).isEqualTo(ExitCode.OK);
        assertThat(operator.questions().get(1).phrase()).isEqualTo("delete a");
        assertThat(operator.shown()).contains("  That is not \"delete a\". Nothing was run.");
        assertThat(operator.asked()).containsExactly("start", "step-1", "step-1", "step-2.commit");
        assertThat(trial.database().effects()).containsExactly("factory: " + INSERT, "factory: DELETE FROM a;");
    }

    @Test
    void strongLocksAreNotHeldForEver() {
        Trial trial = named();
        trial.database().server(server("8|ACCESS EXCLUSIVE|events,events_next", "0|", "committed"));
        ScriptedOperator operator = atCommit(n -> {
            clock.goOn(n == 0 ? Duration.ofSeconds(31) : Duration.ofSeconds(1));
            return key('c');
        });

        assertThat(trial.begin(operator)).isEqualTo(ExitCode.OK);
        assertThat(operator.shown()).contains("Transaction open on factory: 00:00:00, locks on events, events_next, nobody"
                + " waits, rolls back in 00:00:30", "rolled back 1-2  nobody answered within 00:00:30",
                "committed 1-2  xid 774, 00:00:01 after it was opened");
        assertThat(operator.asked()).containsExactly("start", "step-1", "step-2.commit", "step-1", "step-2.commit");
        assertThat(trial.database().asked()).containsExactly("BEGIN;", INSERT, UPDATE, "ROLLBACK;", "BEGIN;", INSERT, UPDATE,
                "COMMIT;");
        assertThat(trial.database().effects()).isEqualTo(BOTH);
        assertThat(trial.events(Event.TransactionEnding.class)).extracting(Event.TransactionEnding::intent)
                .containsExactly("rollback", "commit");
    }

    @Test
    void theLimitHoldsAtEveryQuestionMeanwhile() {
        Trial trial = named();
        trial.database().server(server("5|SHARE|events", "0|", "committed"));
        ScriptedOperator operator = new ScriptedOperator(q -> {
            if (q.kind() == Question.Kind.COMMIT && trial.events(Event.TransactionEnded.class).isEmpty()) {
                return new Reply.Sql("INSERT INTO c VALUES (1);");
            }
            if (q.prompt().equals("Run a1?")) {
                clock.goOn(Duration.ofSeconds(30));
            }
            return ScriptedOperator.confirm(q);
        });

        assertThat(trial.begin(operator)).isEqualTo(ExitCode.OK);
        assertThat(operator.shown()).contains("rolled back 1-2  nobody answered within 00:00:30");
        assertThat(trial.database().asked()).doesNotContain("INSERT INTO c VALUES (1);");
        assertThat(trial.database().effects()).isEqualTo(BOTH);
    }

    @Test
    void rowLocksAreHeldAsLongAsItTakesAndWhoWaitsIsToldEachMinute() {
        Trial trial = named();
        trial.database().server(server("3||a, b", "2|20", "committed"));
        ScriptedOperator operator = atCommit(n -> {
            clock.goOn(Duration.ofSeconds(40));
            return n < 4 ? new Reply.Command("results", "") : key('c');
        });

        assertThat(trial.begin(operator)).isEqualTo(ExitCode.OK);
        assertThat(operator.shown()).filteredOn(l -> l.startsWith("Transaction open")).containsExactly(
                "Transaction open on factory: 00:00:00, locks on a,  b, 2 sessions wait for these locks, the longest 00:00:20",
                "Transaction open on factory: 00:01:20, 2 sessions wait for these locks, the longest 00:00:20",
                "Transaction open on factory: 00:02:40, 2 sessions wait for these locks, the longest 00:00:20");
    }

    @Test
    void theEndOfTheLimitIsSaidOnce() {
        Trial trial = named();
        trial.database().server(server("8|ACCESS EXCLUSIVE|events", "0|", "committed"));
        ScriptedOperator operator = atCommit(n -> {
            clock.goOn(Duration.ofSeconds(n == 0 ? 21 : 2));
            return n < 3 ? new Reply.Command("results", "") : key('c');
        });

        assertThat(trial.begin(operator)).isEqualTo(ExitCode.OK);
        assertThat(operator.shown()).filteredOn(l -> l.contains("rolls back in")).hasSize(2).last().isEqualTo(
                "Transaction open on factory: 00:00:21, rolls back in 00:00:09");
    }

    @Test
    void whatCannotBeAskedIsUnknownAndCountsAsStrong() {
        Trial trial = named();
        trial.database().server(server(null, null, "committed"));
        ScriptedOperator operator = atCommit(n -> key('c'));

        assertThat(trial.begin(operator)).isEqualTo(ExitCode.OK);
        assertThat(operator.shown()).contains("Transaction open on factory: 00:00:00, locks unknown, unknown who waits,"
                + " rolls back in 00:00:30");
    }

    @Test
    void aFailureUndoesAllAndOffersAllAgain() {
        for (Trial trial : List.of(named(), written(UPDATE))) {
            trial.freshDatabase().database().onceOn(UPDATE, new Outcome.Failed("23505", "ERROR: duplicate",
                    Outcome.Transaction.OPEN));
            ScriptedOperator operator = new ScriptedOperator();

            assertThat(trial.begin(operator)).isEqualTo(ExitCode.OK);
            assertThat(operator.asked()).containsExactly("start", "step-1", "step-1", "step-2.commit");
            assertThat(operator.results()).anySatisfy(r -> {
                assertThat(r.word()).isEqualTo("FAILED");
                assertThat(r.facts()).containsExactly(new StepCard.Fact("It means", "all of the transaction was undone:"
                        + " steps 1, 2; nothing of it was kept"));
            });
            assertThat(trial.database().effects()).isEqualTo(BOTH);
            assertThat(trial.database().asked()).containsSubsequence("BEGIN;", INSERT, UPDATE, "ROLLBACK;", "BEGIN;", INSERT,
                    UPDATE, "COMMIT;");
        }
    }

    @Test
    void afterARollbackEveryStepSaysSo() {
        Trial trial = named();
        ScriptedOperator operator = new ScriptedOperator(q -> q.kind() == Question.Kind.COMMIT ? key('b')
                : q.id().equals("step-1") && !trial.events(Event.TransactionEnded.class).isEmpty() ? key('q')
                        : ScriptedOperator.confirm(q));

        assertThat(trial.begin(operator)).isEqualTo(ExitCode.STOPPED);
        assertThat(trial.runbook().mainSteps()).extracting(s -> trial.log().state().stepState(s).name()).containsExactly(
                "ROLLED_BACK", "ROLLED_BACK");
        assertThat(trial.database().effects()).isEmpty();
    }

    @Test
    void leftOutTogether() {
        Trial trial = named("3. Look:", "   ```sql", "   SELECT 1;", "   ```");
        ScriptedOperator operator = new ScriptedOperator(q -> q.id().equals("step-1") ? key('s')
                : ScriptedOperator.confirm(q));

        assertThat(trial.begin(operator)).isEqualTo(ExitCode.OK);
        assertThat(trial.database().asked()).containsExactly("SELECT 1;");
        assertThat(trial.events(Event.Decided.class)).filteredOn(d -> d.action() == Event.Action.SKIP).extracting(d ->
                d.unit().step()).containsExactly("1", "2");
    }

    @Test
    void whoGoesIntoItsMiddleBeginsAtItsStart() {
        Trial trial = named("3. Look:", "   ```sql", "   SELECT 1;", "   ```");
        int[] asked = {0};
        ScriptedOperator operator = new ScriptedOperator(q -> q.id().equals("step-1") && asked[0]++ == 0
                ? new Reply.Command("goto", "2") : ScriptedOperator.confirm(q));

        assertThat(trial.begin(operator)).isEqualTo(ExitCode.OK);
        assertThat(operator.shown()).contains("  Step 2 runs in one transaction with 1: it begins with step 1.");
        assertThat(trial.database().effects()).isEqualTo(BOTH);
    }

    @Test
    void aConditionInItIsObeyedWithoutAQuestion() {
        Trial trial = new Trial(runs, "---", "connections: {factory: \"postgresql://localhost/factory\"}", "---", "# Move",
                "1. Put in:", "   ```sql {transaction=move capture=seen}", "   SELECT 1;", "   ```", "2. Change:",
                "   ```sql {transaction=move when=\"seen.rowCount > 5\"}", "   " + UPDATE, "   ```").at(clock);
        ScriptedOperator operator = new ScriptedOperator();

        assertThat(trial.begin(operator)).isEqualTo(ExitCode.OK);
        assertThat(operator.asked()).containsExactly("start", "step-1", "step-2.commit");
        assertThat(trial.database().asked()).containsExactly("BEGIN;", "SELECT 1;", "COMMIT;");
    }

    @Test
    void aConditionIsLookedAtAgainWhenAllOfItRunsAgain() {
        Trial trial = new Trial(runs, "---", "connections: {factory: \"postgresql://localhost/factory\"}", "---", "# Move",
                "1. Look:", "   ```sql {transaction=move capture=seen}", "   SELECT 1;", "   ```", "2. Change:",
                "   ```sql {transaction=move when=\"seen.rowCount < 0\"}", "   " + UPDATE, "   ```").at(clock);
        ScriptedOperator operator = atCommit(n -> key(n == 0 ? 'b' : 'c'));
        trial.database().onceOn("SELECT 1;", new Outcome.Done(0, List.of(), List.of(), Outcome.Transaction.OPEN,
                Optional.empty()));

        assertThat(trial.begin(operator)).isEqualTo(ExitCode.OK);
        assertThat(trial.database().asked()).containsExactly("BEGIN;", "SELECT 1;", UPDATE, "ROLLBACK;", "BEGIN;",
                "SELECT 1;", "COMMIT;");
    }

    @Test
    void aProbeSpeaksBeforeCommit() {
        for (String verdict : List.of("t", "f")) {
            Trial trial = new Trial(runs, "---", "connections: {factory: \"postgresql://localhost/factory\"}", "---",
                    "# Move", "1. Put in:", "   ```sql {transaction=move}", "   " + INSERT, "   ```", "2. Change:",
                    "   ```sql {transaction=move verify=\"SELECT it_worked\"}", "   " + UPDATE, "   ```").at(clock);
            trial.database().onceOn("SELECT it_worked", new Outcome.Done(0, List.of(), List.of(new Result("SELECT 1",
                    List.of(new Result.Column("ok", false)), List.of(List.of(verdict)), 1, false)),
                    Outcome.Transaction.OPEN, Optional.empty()));

            assertThat(trial.begin(new ScriptedOperator())).isEqualTo(ExitCode.OK);
            List<String> good = List.of("BEGIN;", INSERT, UPDATE, "SELECT it_worked", "COMMIT;");
            List<String> all = new ArrayList<>(verdict.equals("t") ? List.of() : List.of("BEGIN;", INSERT, UPDATE,
                    "SELECT it_worked", "ROLLBACK;"));
            all.addAll(good);
            assertThat(trial.database().asked()).isEqualTo(all);
            assertThat(trial.database().effects()).isEqualTo(BOTH);
        }
    }

    @Test
    void nobodyThereCommitsWhenAllSucceeds() {
        Trial trial = named().options(Trial.batch(true, true, true, Map.of()));
        Unattended nobody = new Unattended(Trial.batch(true, true, true, Map.of()));

        assertThat(trial.begin(nobody.operator())).isEqualTo(ExitCode.OK);
        assertThat(trial.database().effects()).isEqualTo(BOTH);
        assertThat(nobody.text()).contains("committed 1-2 ");
    }

    @Test
    void nobodyThereUndoesAllWhenOneFails() {
        for (Trial trial : List.of(named(), written(UPDATE))) {
            trial.freshDatabase().options(Trial.batch(true, true, true, Map.of())).database().on(UPDATE,
                    new Outcome.Failed("23505", "ERROR: duplicate", Outcome.Transaction.OPEN));
            Unattended nobody = new Unattended(Trial.batch(true, true, true, Map.of()));

            assertThat(trial.begin(nobody.operator())).isEqualTo(ExitCode.FAILED);
            assertThat(trial.database().effects()).isEmpty();
            assertThat(trial.events(Event.TransactionEnded.class)).extracting(Event.TransactionEnded::how).containsExactly(
                    "rolled-back");
            assertThat(nobody.text()).contains("all of the transaction was undone: steps 1, 2");
        }
    }

    @Test
    void halfAnAnswerIsNone() {
        RunOptions half = Trial.batch(true, true, true, Map.of("step-2", "no"));
        Trial trial = named().options(half);
        Unattended nobody = new Unattended(half);

        assertThat(trial.begin(nobody.operator())).isEqualTo(ExitCode.REFUSED);
        assertThat(trial.database().asked()).isEmpty();
        assertThat(nobody.text()).contains("step 2 is answered with no, and it is part of a transaction");
    }

    @Test
    void whatCannotRunInATransactionIsRefusedBeforeAnythingStarts() {
        for (String alone : List.of("VACUUM a;", "CREATE INDEX CONCURRENTLY i ON a (x);", "ALTER SYSTEM SET jit = off;",
                "CREATE DATABASE d;", "REINDEX TABLE CONCURRENTLY a;", "\\c other")) {
            for (Trial trial : List.of(written(alone), named("3. Alone:", "   ```sql {transaction=move}", "   " + alone,
                    "   ```"))) {
                ScriptedOperator operator = new ScriptedOperator();

                assertThat(trial.begin(operator)).as(alone).isEqualTo(ExitCode.REFUSED);
                assertThat(operator.questions()).isEmpty();
                assertThat(trial.connected()).isEmpty();
                assertThat(operator.problems()).singleElement().satisfies(p -> assertThat(p.what()).matches(
                        "runbook.md:\\d+: .* cannot run in a transaction"));
            }
        }
    }

    @Test
    void halfOfItCannotBeLeftOut() {
        RunOptions options = new RunOptions(Map.of(), Map.of(), Map.of(), Map.of(), Optional.empty(), Optional.empty(),
                Set.of(), Set.of("2"), false, false, false, Map.of());
        ScriptedOperator operator = new ScriptedOperator();

        assertThat(named().options(options).begin(operator)).isEqualTo(ExitCode.REFUSED);
        assertThat(operator.problems()).singleElement().extracting(p -> p.what()).isEqualTo("the options leave out step 2 of"
                + " a transaction");
    }

    @Test
    void diesAnywhere() {
        int died = 0;
        for (int n = 2; ; n++) {
            Trial trial = named();
            if (!trial.dieAfter(n, new ScriptedOperator())) {
                break;
            }
            died++;
            trial.database().server(server("3||a", "0|", trial.database().effects().isEmpty() ? "aborted" : "committed"));
            ScriptedOperator operator = new ScriptedOperator();
            assertThat(trial.resume(operator)).as("died after record %d", n).isEqualTo(ExitCode.OK);
            assertThat(trial.database().effects()).as("died after record %d: %s", n, operator.asked()).isEqualTo(BOTH);
        }
        assertThat(died).isGreaterThan(10);
    }

    @Test
    void theServerSaysWhatBecameOfACommitWithoutAnAnswer() {
        for (boolean kept : List.of(true, false)) {
            for (Trial trial : List.of(named(), written(UPDATE))) {
                trial.freshDatabase().database().server(server("3||a", "0|", kept ? "committed" : "aborted"))
                        .onceOn("COMMIT;", new Outcome.Lost("the server went away"));
                ScriptedOperator operator = new ScriptedOperator();

                assertThat(trial.begin(operator)).isEqualTo(ExitCode.OK);
                assertThat(operator.questions()).noneMatch(q -> q.kind() == Question.Kind.IN_DOUBT);
                assertThat(operator.shown()).contains(kept ? "committed 1-2  COMMIT had no answer; the server says:"
                        + " pg_xact_status(774) is committed" : "rolled back 1-2  COMMIT had no answer; the server says:"
                        + " pg_xact_status(774) is aborted");
                assertThat(trial.events(Event.TransactionOpened.class)).hasSize(kept ? 1 : 2);
            }
        }
    }

    @Test
    void whereTheServerCannotSayItIsOneDoubt() {
        Trial trial = named();
        trial.database().server(server("3||a", "0|", "in progress")).onceOn("COMMIT;", new Outcome.Lost("gone"));
        ScriptedOperator operator = new ScriptedOperator(q -> q.kind() == Question.Kind.IN_DOUBT ? key('m')
                : ScriptedOperator.confirm(q));

        assertThat(trial.begin(operator)).isEqualTo(ExitCode.OK);
        assertThat(operator.questions().stream().filter(q -> q.kind() == Question.Kind.IN_DOUBT)).hasSize(1);
        assertThat(operator.shown()).contains("  . The server was asked about transaction 774: in progress");
    }
}
