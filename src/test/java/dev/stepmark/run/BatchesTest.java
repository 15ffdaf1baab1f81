package dev.stepmark.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.journal.Event;
import dev.stepmark.journal.Event.Action;
import dev.stepmark.message.ExitCode;
import dev.stepmark.plan.RunOptions;
import dev.stepmark.session.Outcome;
import dev.stepmark.session.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A block is repeated until its condition holds: every batch an execution, none twice, none too many. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BatchesTest {

    private static final String UPDATE = "UPDATE t SET b = a WHERE id IN (SELECT id FROM t WHERE b IS NULL LIMIT 1000);";
    private static final String[] BACKFILL = document("result.rowCount == 0", UPDATE);

    @TempDir
    private Path runs;

    private static String[] document(String until, String statement) {
        return new String[] {"---", "connections: {factory: \"postgresql://localhost/factory\"}", "---", "# Backfill",
            "1. Fill the new column:", "   ```sql {name=backfill repeat-until=\"" + until + "\"}", "   " + statement, "   ```",
            "2. Look:", "   ```sql", "   SELECT 1;", "   ```"};
    }

    private static Outcome rows(int n) {
        return new Outcome.Done(0, List.of(), List.of(new Result("UPDATE " + n, List.of(), List.of(), n, false)),
                Outcome.Transaction.NONE, Optional.empty());
    }

    private Trial backfill(Outcome... turns) {
        Trial trial = new Trial(runs, BACKFILL);
        trial.database().inTurn(UPDATE, List.of(turns));
        return trial;
    }

    private static List<Integer> batches(Trial trial) {
        return trial.events(Event.ExecStarted.class).stream().filter(e -> e.unit().step().equals("1"))
                .map(e -> e.unit().iteration()).toList();
    }

    @Test
    void goesOnUntilNoRowIsLeftAndAsksOnce() {
        Trial trial = backfill(rows(1000), rows(1000), rows(420), rows(0));
        ScriptedOperator operator = new ScriptedOperator();

        assertThat(trial.begin(operator)).isEqualTo(ExitCode.OK);
        assertThat(batches(trial)).containsExactly(0, 1, 2, 3);
        assertThat(operator.asked()).containsExactly("start", "step-1", "step-2");
        assertThat(operator.cards().get(0).before()).contains("In batches until  result.rowCount == 0;  each is an execution, Ctrl-C"
                + " stops between them");
        assertThat(operator.shown()).anyMatch(l -> l.startsWith("ok 1  4 batches, 2,420 rows, "));
    }

    @Test
    void itsOwnResultHasTheNamesOfTheStepToo() {
        for (String until : List.of("backfill.rowCount < 1000", "step_1.rowCount < 1000")) {
            Trial trial = new Trial(runs, document(until, UPDATE));
            trial.database().inTurn(UPDATE, List.of(rows(1000), rows(10), rows(10)));
            assertThat(trial.begin(new ScriptedOperator())).isEqualTo(ExitCode.OK);
            assertThat(batches(trial)).containsExactly(0, 1);
        }
    }

    @Test
    void aBatchThatFailsIsRunAgainAndTheOnesBeforeAreNot() {
        Trial trial = backfill(rows(1000), new Outcome.Failed("40P01", "ERROR", Outcome.Transaction.NONE), rows(5), rows(0));
        ScriptedOperator operator = new ScriptedOperator();

        assertThat(trial.begin(operator)).isEqualTo(ExitCode.OK);
        assertThat(batches(trial)).containsExactly(0, 1, 1, 2);
        assertThat(operator.asked()).containsExactly("start", "step-1", "step-1.failed", "step-2");
        assertThat(operator.results()).filteredOn(r -> r.word().equals("FAILED")).singleElement().satisfies(r ->
                assertThat(r.facts()).contains(new StepCard.Fact("Done", "1 batch, 1,000 rows, which stay")));
    }

    @Test
    void theRestCanBeLeftOut() {
        Trial trial = backfill(rows(1000), new Outcome.Cancelled("57014", false, List.of(), Outcome.Transaction.NONE));
        ScriptedOperator operator = new ScriptedOperator(q -> q.id().equals("step-1.failed") ? new Reply.Key('s', "key")
                : ScriptedOperator.confirm(q));

        assertThat(trial.begin(operator)).isEqualTo(ExitCode.OK);
        assertThat(batches(trial)).containsExactly(0, 1);
        assertThat(trial.events(Event.Decided.class)).filteredOn(d -> d.action() == Action.SKIP).hasSize(1);
    }

    @Test
    void ctrlCBetweenTwoBatchesStopsAndAsksBeforeItGoesOn() {
        Trial trial = backfill(rows(1000), rows(1000), rows(0));
        List<String> asked = new ArrayList<>();
        ScriptedOperator operator = new ScriptedOperator(q -> {
            asked.add(q.id());
            return ScriptedOperator.confirm(q);
        }) {
            @Override
            public Running running(String label, RunControl control) {
                if (label.equals("1") && asked.size() < 3) {
                    // nothing runs yet: the same as between two batches
                    control.cancel();
                }
                return super.running(label, control);
            }
        };

        assertThat(trial.begin(operator)).isEqualTo(ExitCode.OK);
        assertThat(asked).containsExactly("start", "step-1", "step-1.failed", "step-2");
        assertThat(operator.shown()).contains("STOPPED 1  after 1 batch, 1,000 rows; stopped by you");
        assertThat(batches(trial)).containsExactly(0, 1, 2);
    }

    @Test
    void aConditionThatNeverHoldsDoesNotRunForEver() {
        Trial idle = backfill(rows(0));
        Trial nothing = new Trial(runs, document("result.rowCount < 0", UPDATE));
        nothing.database().inTurn(UPDATE, List.of(rows(0)));
        RunOptions options = Trial.batch(true, false, false, Map.of());
        Unattended nobody = new Unattended(options);

        assertThat(nothing.options(options).begin(nobody.operator())).isEqualTo(ExitCode.FAILED);
        assertThat(batches(nothing)).hasSize(Batches.IDLE);
        assertThat(nobody.text()).contains("the last 10 batches changed no row, and its condition does not hold");
        assertThat(idle.begin(new ScriptedOperator())).isEqualTo(ExitCode.OK);
    }

    @Test
    void aConditionThatCannotBeDecidedStops() {
        Trial trial = new Trial(runs, document("nobody.rowCount == 0", UPDATE));
        trial.database().inTurn(UPDATE, List.of(rows(1)));
        RunOptions options = Trial.batch(true, false, false, Map.of());
        Unattended nobody = new Unattended(options);

        assertThat(trial.options(options).begin(nobody.operator())).isEqualTo(ExitCode.FAILED);
        assertThat(batches(trial)).containsExactly(0);
        assertThat(nobody.text()).contains("its condition cannot be decided: undeclared reference to 'nobody'");
    }

    @Test
    void diesAnywhereAndNoBatchIsTooMuch() {
        int died = 0;
        for (int n = 2; ; n++) {
            Trial trial = backfill(rows(1000), rows(7), rows(0), rows(0));
            if (!trial.dieAfter(n, new ScriptedOperator())) {
                break;
            }
            died++;
            int doubtful = trial.events(Event.ExecStarted.class).size() - trial.events(Event.ExecFinished.class).size();
            int begun = trial.database().effects().size();
            int finished = (int) trial.events(Event.ExecFinished.class).stream().filter(f -> f.tags().toString().contains("UPDATE")).count();
            ScriptedOperator operator = new ScriptedOperator(q -> q.kind() == Question.Kind.IN_DOUBT
                    ? new Reply.Key(begun > finished ? 'm' : 'r', "key") : ScriptedOperator.confirm(q));
            assertThat(trial.resume(operator)).as("died after record %d", n).isEqualTo(ExitCode.OK);
            assertThat(trial.database().effects()).as("died after record %d, %d in doubt: %s", n, doubtful, operator.shown())
                    .hasSizeBetween(3, 4);
            assertThat(batches(trial)).as("died after record %d", n).isSorted().startsWith(0).contains(1, 2).doesNotContain(4);
        }
        assertThat(died).isGreaterThan(12);
    }

    @Test
    void whatDestroysWantsItsPhraseOnce() {
        String delete = "DELETE FROM old_events WHERE id IN (SELECT id FROM old_events LIMIT 1000);";
        Trial trial = new Trial(runs, document("result.rowCount == 0", delete));
        trial.database().inTurn(delete, List.of(rows(1000), rows(0)));
        ScriptedOperator operator = new ScriptedOperator();

        assertThat(trial.begin(operator)).isEqualTo(ExitCode.OK);
        assertThat(operator.questions().get(1).kind()).isEqualTo(Question.Kind.PHRASE);
        assertThat(batches(trial)).containsExactly(0, 1);
    }
}
