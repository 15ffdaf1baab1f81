package dev.stepmark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepmark.journal.Event;
import dev.stepmark.journal.StepState;
import dev.stepmark.message.ExitCode;
import dev.stepmark.message.StepmarkException;
import dev.stepmark.plan.Progress;
import dev.stepmark.session.Outcome;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code u} and {@code /undo}: what is taken back, in which order, and what is to do again afterwards. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UndoingTest {

    private static final String CREATE = "CREATE INDEX a_idx ON a (x);";
    private static final String DROP = "DROP INDEX a_idx;";
    private static final String ADD = "INSERT INTO log VALUES (1);";
    private static final String TAKE = "UPDATE log SET gone = true";
    private static final String LAST = "ALTER TABLE a ADD CONSTRAINT a_key UNIQUE USING INDEX a_idx;";
    private static final String[] DOCUMENT = {"---", "connections: {factory: \"postgresql://localhost/factory\"}", "---",
        "# Key", "1. Make the index:", "   ```sql {undo=\"" + DROP + "\"}", "   " + CREATE, "   ```",
        "2. Note it:", "   ```sql {undo=\"" + TAKE + "\"}", "   " + ADD, "   ```",
        "3. Tell the team", "4. Make the key:", "   ```sql", "   " + LAST, "   ```"};

    @TempDir
    private Path runs;

    private Trial trial(String... more) {
        String[] lines = new String[DOCUMENT.length + more.length];
        System.arraycopy(DOCUMENT, 0, lines, 0, DOCUMENT.length);
        System.arraycopy(more, 0, lines, DOCUMENT.length, more.length);
        Trial trial = new Trial(runs, lines);
        trial.database().on(LAST, new Outcome.Failed("23505", "ERROR:  could not create\n", Outcome.Transaction.NONE));
        return trial;
    }

    private static ScriptedOperator saying(String... script) {
        Map<String, Deque<Reply>> answers = new HashMap<>();
        for (int i = 0; i < script.length; i += 2) {
            String text = script[i + 1];
            answers.computeIfAbsent(script[i], k -> new ArrayDeque<>()).add(text.startsWith("/")
                    ? new Reply.Command(text.substring(1).split(" ")[0], text.substring(text.indexOf(' ') + 1))
                    : new Reply.Key(text.charAt(0), "key"));
        }
        Function<Question, Reply> function = q -> {
            Deque<Reply> own = answers.getOrDefault(q.id(), new ArrayDeque<>());
            return own.isEmpty() ? ScriptedOperator.confirm(q) : own.poll();
        };
        return new ScriptedOperator(function);
    }

    private static StepState state(Trial trial, int step) {
        return new Progress(trial.runbook(), trial.log().state()).step(trial.runbook().steps().get(step - 1));
    }

    private static String alone(String text) {
        return "factory, alone: " + text;
    }

    @Test
    void undoesTheLastFirstAndGoesOnWithTheFirstThatWasUndone() {
        Trial trial = trial();
        trial.database().onceOn(LAST, new Outcome.Failed("23505", "ERROR:  could not create\n", Outcome.Transaction.NONE));
        ScriptedOperator person = saying("step-4.failed", "u", "undo.then", "r");

        assertThat(trial.begin(person)).isEqualTo(ExitCode.OK);
        assertThat(trial.database().effects()).containsExactly(alone(CREATE), alone(ADD), alone(TAKE), alone(DROP),
                alone(CREATE), alone(ADD), alone(LAST));
        List<String> asked = person.asked();
        assertThat(asked.subList(asked.indexOf("step-4.failed"), asked.indexOf("undo.then") + 1)).containsExactly(
                "step-4.failed", "undo-2", "undo-1", "undo.then");
        assertThat(person.questions()).filteredOn(q -> q.id().equals("undo-1")).extracting(Question::kind, Question::phrase)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Question.Kind.RUN, ""));
        assertThat(person.questions()).filteredOn(q -> q.id().equals("undo-1")).allMatch(q -> q.enter() == 0);
        assertThat(trial.events(Event.ExecStarted.class)).filteredOn(e -> e.origin() == Event.Origin.UNDO)
                .extracting(e -> e.unit().step()).containsExactly("2", "1");
        assertThat(person.questions()).filteredOn(q -> q.id().equals("undo-2")).extracting(Question::kind, Question::phrase)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Question.Kind.PHRASE, "update log"));
        assertThat(person.shown()).contains("2  undone: " + TAKE, "1  undone: " + DROP);
    }

    @Test
    void whatWasUndoneIsToDoAgainInALaterProcessToo() {
        Trial trial = trial();
        ScriptedOperator person = saying("step-4.failed", "u", "undo.then", "q", "stop", "y");
        assertThat(trial.begin(person)).isEqualTo(ExitCode.STOPPED);
        assertThat(state(trial, 1)).isEqualTo(StepState.PENDING);
        assertThat(state(trial, 2)).isEqualTo(StepState.PENDING);
        assertThat(state(trial, 3)).isEqualTo(StepState.DONE);
        assertThat(state(trial, 4)).isEqualTo(StepState.FAILED);

        ScriptedOperator later = saying("step-4.failed", "q", "stop", "y");
        assertThat(trial.resume(later)).isEqualTo(ExitCode.STOPPED);
        assertThat(later.asked()).containsSubsequence("step-1", "step-2", "step-4");
        assertThat(state(trial, 1)).isEqualTo(StepState.DONE);
    }

    @Test
    void oneCanBeLeftAsItIs() {
        Trial trial = trial();
        ScriptedOperator person = saying("step-4.failed", "u", "undo-2", "s", "undo.then", "q", "stop", "y");
        assertThat(trial.begin(person)).isEqualTo(ExitCode.STOPPED);
        assertThat(trial.database().effects()).containsExactly(alone(CREATE), alone(ADD), alone(DROP));
        assertThat(state(trial, 2)).isEqualTo(StepState.DONE);
    }

    @Test
    void anUndoThatFailsChangesNothingAndEndsTheRow() {
        Trial trial = trial();
        trial.database().on(TAKE, new Outcome.Failed("42P01", "ERROR:  no\n", Outcome.Transaction.NONE));
        ScriptedOperator person = saying("step-4.failed", "u", "step-4.failed", "q", "stop", "y");
        assertThat(trial.begin(person)).isEqualTo(ExitCode.STOPPED);
        assertThat(person.results()).extracting(r -> r.word() + " " + r.unit()).contains("FAILED undo 2");
        assertThat(person.asked()).doesNotContain("undo-1", "undo.then");
        assertThat(state(trial, 2)).isEqualTo(StepState.DONE);
    }

    @Test
    void theCommandUndoesOneStep() {
        Trial trial = trial();
        ScriptedOperator person = saying("step-3", "/undo 1", "step-3", "/undo 3", "step-3", "/undo 9", "step-3", "/undo 1",
                "step-4.failed", "q", "stop", "y");
        assertThat(trial.begin(person)).isEqualTo(ExitCode.STOPPED);
        assertThat(person.shown()).contains("  1 is to do again: /goto 1 goes there now; otherwise it comes before the run can"
                + " end.", "  The author does not say how to undo step 3 (undo=). Nothing was run.",
                "  There is no step \"9\"; /list shows them.", "  Step 1 has not run since it was undone, or never. Nothing was run.",
                "WARNING: step 1 was undone");
        assertThat(trial.database().effects()).containsExactly(alone(CREATE), alone(ADD), alone(DROP), alone(CREATE));
    }

    @Test
    void theDocumentsOwnSectionRunsAsSteps() {
        Trial trial = trial("", "## Rollback", "", "1. Forget the note:", "   ```sql", "   DELETE FROM log;", "   ```",
                "2. Tell everybody");
        ScriptedOperator person = saying("step-4.failed", "u", "undo-2", "n", "rollback", "y", "step-4.failed", "u",
                "undo-2", "n", "rollback", "y", "step-4.failed", "q", "stop", "y");
        assertThat(trial.begin(person)).isEqualTo(ExitCode.STOPPED);
        assertThat(trial.database().effects()).containsExactly(alone(CREATE), alone(ADD), alone("DELETE FROM log;"),
                alone("DELETE FROM log;"));
        assertThat(person.asked()).containsSubsequence("rollback", "step-5", "step-6", "step-4.failed");
        assertThat(trial.events(Event.RollbackBegun.class)).extracting(Event.RollbackBegun::steps)
                .containsExactly(List.of("5", "6"), List.of("5", "6"));
        assertThat(person.results()).filteredOn(r -> r.word().equals("FAILED")).allSatisfy(r -> assertThat(r.facts())
                .contains(new StepCard.Fact("Rollback", "the document has such a section: 2 steps, line 21")));
        assertThat(state(trial, 4)).isEqualTo(StepState.FAILED);
    }

    @Test
    void nothingIsOfferedWhereNothingCanBeUndone() {
        Trial trial = new Trial(runs, "---", "connections: {factory: \"postgresql://localhost/factory\"}", "---", "# Key",
                "1. Make the key:", "   ```sql", "   " + LAST, "   ```");
        trial.database().on(LAST, new Outcome.Failed("23505", "ERROR:  could not create\n", Outcome.Transaction.NONE));
        ScriptedOperator person = saying("step-1.failed", "q", "stop", "y");
        assertThat(trial.begin(person)).isEqualTo(ExitCode.STOPPED);
        assertThat(person.questions()).noneMatch(q -> q.offers('u'));
    }

    @Test
    void whatIsInDoubtCanBeUndone() {
        Trial calm = trial();
        calm.begin(saying("step-4.failed", "q", "stop", "y"));
        long at = calm.log().events().stream().filter(e -> e.event() instanceof Event.ExecStarted).findFirst().orElseThrow().seq();
        Trial trial = trial();
        assertThat(trial.dieAfter((int) at + 1, new ScriptedOperator())).isTrue();
        ScriptedOperator later = saying("step-1.doubt", "u", "step-4.failed", "q", "stop", "y");
        assertThat(trial.resume(later)).isEqualTo(ExitCode.STOPPED);
        assertThat(trial.events(Event.DoubtResolved.class)).extracting(Event.DoubtResolved::verdict, Event.DoubtResolved::evidence)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("not-done", "undone as the author says"));
        assertThat(trial.database().effects()).containsSubsequence(alone(DROP), alone(CREATE), alone(ADD));
    }

    @Test
    void diesAfterAnyRecordAndNothingIsUndoneTwice() {
        int died = 0;
        for (int n = 2; n < 200; n++) {
            Trial trial = trial();
            Function<Question, Reply> person = q -> q.id().equals("step-4.failed") ? new Reply.Key(trial.log().state()
                    .executions().stream().anyMatch(e -> e.started().origin() == Event.Origin.UNDO) ? 'q' : 'u', "key")
                    : q.id().equals("undo.then") ? new Reply.Key('q', "key") : ScriptedOperator.confirm(q);
            if (!trial.dieAfter(n, new ScriptedOperator(person))) {
                break;
            }
            died++;
            trial.resume(new ScriptedOperator(person));
            long undone = trial.database().effects().stream().filter(alone(DROP)::equals).count();
            long made = trial.database().effects().stream().filter(alone(CREATE)::equals).count();
            if (trial.events(Event.DoubtResolved.class).isEmpty()) {
                assertThat(made - undone).as("died after record %d: %s", n, trial.database().effects()).isBetween(0L, 1L);
            }
        }
        assertThat(died).isGreaterThan(15);
    }

    @Test
    void anUndoThatIsNoneIsRefusedBeforeAnythingRuns() {
        Trial trial = new Trial(runs, "---", "connections: {factory: \"postgresql://localhost/factory\"}", "---", "# Key",
                "1. Make the index:", "   ```sql {undo=\"DROP INDEX a; DROP INDEX b;\"}", "   " + CREATE, "   ```");
        assertThatThrownBy(() -> trial.begin(new ScriptedOperator())).isInstanceOf(StepmarkException.class)
                .hasMessageContaining("it is not one SQL statement");
        assertThat(Optional.of(trial.events(Event.ExecStarted.class))).contains(List.of());
    }
}
