package dev.stepmark.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.journal.Event;
import dev.stepmark.message.ExitCode;
import dev.stepmark.session.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A transaction of the document is done whole or not at all, whatever dies when. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TransactionTest {

    private static final String[] ONE_BLOCK = {"---", "connections: {factory: \"postgresql://localhost/factory\"}", "---",
        "# Move", "1. Move the rows:", "   ```sql", "   BEGIN;", "   INSERT INTO b VALUES (1);",
        "   UPDATE a SET x = 1;", "   COMMIT;", "   ```"};
    private static final String[] THREE_STEPS = {"---", "connections: {factory: \"postgresql://localhost/factory\"}", "---",
        "# Move", "1. Open:", "   ```sql", "   BEGIN;", "   INSERT INTO b VALUES (1);", "   ```",
        "2. Change:", "   ```sql", "   UPDATE a SET x = 1;", "   ```", "3. Keep:", "   ```sql", "   COMMIT;", "   ```"};

    @TempDir
    private Path runs;

    private static final List<String> BOTH = List.of("factory: INSERT INTO b VALUES (1);", "factory: UPDATE a SET x = 1;");

    @Test
    void aDryRunThatTheDocumentRollsBackIsDoneOnce() {
        Trial trial = new Trial(runs, "---", "connections: {factory: \"postgresql://localhost/factory\"}", "---", "# Try",
                "1. Try it:", "   ```sql", "   BEGIN;", "   INSERT INTO b VALUES (1);", "   ROLLBACK;", "   ```");

        assertThat(trial.begin(new ScriptedOperator())).isEqualTo(ExitCode.OK);
        assertThat(trial.database().effects()).isEmpty();
        assertThat(trial.events(Event.ExecStarted.class)).hasSize(3);
    }

    @Test
    void diesAnywhereInABlock() {
        sweep(ONE_BLOCK);
    }

    @Test
    void diesAnywhereBetweenSteps() {
        sweep(THREE_STEPS);
    }

    /** In doubt only where COMMIT was on its way; there the operator says "not done", which is true in this test or not. */
    private void sweep(String... document) {
        int died = 0;
        for (int n = 2; ; n++) {
            Trial trial = new Trial(runs, document);
            if (!trial.dieAfter(n, new ScriptedOperator())) {
                break;
            }
            died++;
            boolean committed = !trial.database().effects().isEmpty();
            ScriptedOperator operator = new ScriptedOperator(q -> q.kind() == Question.Kind.IN_DOUBT && committed
                    ? new Reply.Key('m', "key") : ScriptedOperator.confirm(q));
            ExitCode code = trial.resume(operator);
            assertThat(trial.database().effects()).as("died after record %d: %s", n, operator.asked()).isEqualTo(BOTH);
            assertThat(code).as("died after record %d", n).isEqualTo(ExitCode.OK);
            assertThat(operator.questions().stream().filter(q -> q.kind() == Question.Kind.IN_DOUBT).count())
                    .as("one transaction is one doubt, record %d", n).isLessThanOrEqualTo(1);
        }
        assertThat(died).isGreaterThan(12);
    }

    @Test
    void aConnectionThatIsLostSendsTheRunBackToWhereTheTransactionBegan() {
        Trial trial = new Trial(runs, THREE_STEPS);
        trial.database().onceOn("UPDATE a SET x = 1;", new Outcome.Lost("the server went away"));
        ScriptedOperator operator = new ScriptedOperator();

        assertThat(trial.begin(operator)).isEqualTo(ExitCode.OK);
        assertThat(trial.database().effects()).isEqualTo(BOTH);
    }

    @Test
    void aTransactionThatTheDocumentLeavesOpenIsNoSuccess() {
        Trial trial = new Trial(runs, "---", "connections: {factory: \"postgresql://localhost/factory\"}", "---", "# Half",
                "1. Change:", "   ```sql", "   BEGIN;", "   INSERT INTO b VALUES (1);", "   ```");

        assertThat(trial.begin(new ScriptedOperator())).isEqualTo(ExitCode.FAILED);
        assertThat(trial.database().effects()).isEmpty();
        assertThat(trial.events(Event.RunEnded.class).get(0).status()).isEqualTo("failed");
    }

    @Test
    void aCommitWithoutAnAnswerIsInDoubtAndNeverDoneAgainByItself() {
        Trial trial = new Trial(runs, ONE_BLOCK);
        trial.database().dieAtCommit();
        assertThat(trial.dieAfter(10_000, new ScriptedOperator())).isTrue();

        ScriptedOperator operator = new ScriptedOperator(q -> q.kind() == Question.Kind.IN_DOUBT
                ? new Reply.Key('m', "key") : ScriptedOperator.confirm(q));
        assertThat(trial.resume(operator)).isEqualTo(ExitCode.OK);
        assertThat(operator.questions().stream().filter(q -> q.kind() == Question.Kind.IN_DOUBT)).hasSize(1);
        assertThat(trial.database().effects()).isEqualTo(BOTH);
    }

    @Test
    void whatWasRolledBackIsAskedForAgain() {
        Trial trial = new Trial(runs, ONE_BLOCK);
        trial.database().on("UPDATE a SET x = 1;", new Outcome.Lost("the server went away"));
        int[] confirmed = {0};
        ScriptedOperator operator = new ScriptedOperator(q -> q.id().equals("step-1") && confirmed[0]++ > 0
                ? new Reply.Gone("test") : ScriptedOperator.confirm(q));

        assertThat(trial.begin(operator)).isEqualTo(ExitCode.STOPPED);
        assertThat(trial.database().asked()).hasSize(3);
        assertThat(trial.database().effects()).isEmpty();
    }

    @Test
    void nobodyThereMeansThatALostTransactionIsNotRunAgain() {
        Trial trial = new Trial(runs, THREE_STEPS).options(Trial.batch(true, true, true, Map.of()));
        trial.database().on("UPDATE a SET x = 1;", new Outcome.Lost("the server went away"));

        assertThat(trial.begin(new Unattended(Trial.batch(true, true, true, Map.of())).operator())).isNotEqualTo(ExitCode.OK);
        assertThat(trial.events(Event.ExecStarted.class)).hasSize(3);
        assertThat(trial.database().effects()).isEmpty();
    }
}
