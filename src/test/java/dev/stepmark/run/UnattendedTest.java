package dev.stepmark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepmark.journal.Event;
import dev.stepmark.message.ExitCode;
import dev.stepmark.message.StepmarkException;
import dev.stepmark.plan.RunOptions;
import dev.stepmark.session.FakeSession;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run that nobody attends does what was answered beforehand, and nothing else. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UnattendedTest {

    private static final String[] OPTIONAL_DELETE = {"---",
        "connections: {factory: \"postgresql://localhost/factory\"}", "---", "# Tidy",
        "1. (Optional) Remove the rows:", "   ```sql", "   DELETE FROM a;", "   ```"};
    private static final String[] SHELL = {"# Two", "1. First:", "   ```bash", "   print one", "   ```",
        "2. Second, by hand: look at the screen."};

    @TempDir
    private Path runs;

    private static BatchAnswers with(RunOptions options) {
        return new BatchAnswers(options);
    }

    private record BatchAnswers(RunOptions options) {
        ExitCode run(Trial trial) {
            return trial.options(options).begin(new Unattended(options).operator());
        }

        ExitCode resume(Trial trial) {
            return trial.options(options).resume(new Unattended(options).operator());
        }
    }

    @Test
    void anOptionalDestructiveStepWithoutAnAnswerIsSkipped() {
        Trial trial = new Trial(runs, OPTIONAL_DELETE);
        assertThat(trial.runbook().mainSteps().get(0).optional()).isTrue();

        assertThat(with(Trial.batch(true, true, true, Map.of())).run(trial)).isEqualTo(ExitCode.OK);
        assertThat(trial.database().effects()).isEmpty();
        assertThat(trial.events(Event.Decided.class).get(0).action()).isEqualTo(Event.Action.SKIP);
    }

    @Test
    void anAnswerDoesNotReplaceAllowDestructive() {
        Trial trial = new Trial(runs, OPTIONAL_DELETE);
        assertThat(with(Trial.batch(true, false, true, Map.of("step-1", "yes"))).run(trial)).isEqualTo(ExitCode.REFUSED);
        assertThat(trial.database().effects()).isEmpty();
        assertThat(trial.events(Event.Decided.class)).isEmpty();

        assertThat(with(Trial.batch(true, true, true, Map.of("step-1", "yes"))).run(trial)).isEqualTo(ExitCode.OK);
        assertThat(trial.database().effects()).hasSize(1);
    }

    @Test
    void whatNobodyAnsweredIsNotSkippedAndIsThereWhenTheRunGoesOn() {
        Trial trial = new Trial(runs, SHELL);
        assertThat(with(Trial.batch(true, false, false, Map.of())).run(trial)).isEqualTo(ExitCode.REFUSED);
        assertThat(trial.events(Event.RunEnded.class).get(0).status()).as("step 1 is done, so the run can go on")
                .isEqualTo("stopped");

        assertThat(with(Trial.batch(true, false, true, Map.of())).resume(trial)).isEqualTo(ExitCode.OK);
        assertThat(trial.events(Event.ExecStarted.class)).hasSize(1);
        assertThat(trial.events(Event.Decided.class)).extracting(Event.Decided::action)
                .containsExactly(Event.Action.RUN, Event.Action.DONE_BY_HAND);
    }

    @Test
    void aSecretThatCannotBeMaskedRefusesInsteadOfAskingForEver() {
        Trial trial = new Trial(runs, "---", "variables: {DB_PASSWORD: {secret: true, from: {env: DB_PASSWORD}}}", "---",
                "# S", "1. Do:", "   ```bash", "   print one", "   ```").env("DB_PASSWORD", "abc");

        assertThat(with(Trial.batch(true, true, true, Map.of())).run(trial)).isEqualTo(ExitCode.REFUSED);
        assertThat(trial.shells()).isEmpty();
    }

    @Test
    void aRefusedGateIsRefusedAgainAfterACrash() {
        String[] document = {"---", "maximum_version: 0.9.5", "---", "# V", "1. Do:", "   ```bash", "   print one",
            "   ```"};
        RunOptions options = new RunOptions(Map.of(), Map.of(), Map.of(), Map.of(), java.util.Optional.of("0.9.10"),
                java.util.Optional.empty(), java.util.Set.of(), java.util.Set.of(), true, true, true, Map.of());
        Trial trial = new Trial(runs, document).options(options);
        assertThat(trial.dieAfter(3, new Unattended(options).operator())).isTrue();
        assertThat(trial.events(Event.GateEvaluated.class)).hasSize(1);

        assertThat(trial.resume(new Unattended(options).operator())).isEqualTo(ExitCode.REFUSED);
        assertThat(trial.shells()).isEmpty();
    }

    @Test
    void noToTheStartIsNoAfterACrashToo() {
        Trial trial = new Trial(runs, SHELL);
        ScriptedOperator no = new ScriptedOperator(q -> q.kind() == Question.Kind.START ? new Reply.Key('n', "key")
                : ScriptedOperator.confirm(q));
        assertThat(trial.dieAfter(2, no)).isTrue();
        assertThat(trial.events(Event.QuestionAnswered.class)).extracting(Event.QuestionAnswered::answer)
                .containsExactly("no");

        ScriptedOperator again = new ScriptedOperator(q -> new Reply.Key('n', "key"));
        assertThat(trial.resume(again)).isEqualTo(ExitCode.STOPPED);
        assertThat(again.asked()).containsExactly("start");
        assertThat(trial.shells()).isEmpty();
    }

    @Test
    void theShellTellsTheVersion() {
        Trial trial = new Trial(runs, "---", "maximum_version: 0.9.5", "version: {product: umh, shell: \"umh version\"}",
                "---", "# V", "1. Do:", "   ```bash", "   print one", "   ```")
                .shell(() -> new FakeSession().prints("umh version", "umh 0.9.4-\n"));

        assertThat(trial.begin(new ScriptedOperator())).isEqualTo(ExitCode.OK);
        assertThat(trial.events(Event.VersionObserved.class)).extracting(Event.VersionObserved::value,
                Event.VersionObserved::source).containsExactly(org.assertj.core.groups.Tuple.tuple("0.9.4", "shell"));
    }

    @Test
    void aProbeThatFailsCanBeSkippedOrLookedAtAgain() {
        String[] document = {"# P", "<!-- stepmark: verify=\"get ok\" -->", "```bash", "print one", "```"};
        for (char key : List.of('s', 'v').toArray(Character[]::new)) {
            int[] probes = {0};
            Trial trial = new Trial(runs, document).shell(() -> new FakeSession().on("get ok", (request, sink, running)
                    -> FakeSession.done(probes[0]++ == 0 ? 1 : 0)));
            ScriptedOperator operator = new ScriptedOperator(q -> q.id().endsWith(".verify") ? new Reply.Key(key, "key")
                    : ScriptedOperator.confirm(q));

            assertThat(trial.begin(operator)).isEqualTo(ExitCode.OK);
            assertThat(probes[0]).isEqualTo(key == 's' ? 1 : 2);
            assertThat(operator.questions().stream().filter(q -> q.kind() == Question.Kind.RUN)).hasSize(1);
        }
    }

    @Test
    void allBlocksOfAnOptionalStepRunWhenItIsWanted() {
        Trial trial = new Trial(runs, "---", "connections: {factory: \"postgresql://localhost/factory\"}", "---", "# O",
                "1. (Optional) Add the rows:", "   ```sql", "   INSERT INTO a VALUES (1);", "   ```", "   and these:",
                "", "   ```sql", "   INSERT INTO b VALUES (2);", "   ```");
        assertThat(trial.runbook().mainSteps().get(0).executables()).hasSize(2);

        assertThat(with(Trial.batch(true, true, true, Map.of("step-1", "yes"))).run(trial)).isEqualTo(ExitCode.OK);
        assertThat(trial.database().effects()).hasSize(2);
    }

    @Test
    void whatNoVersionCanBeIsFoundBeforeARun() {
        for (String line : List.of("minimum_version: 0.9.x", "requires: {postgresql: \"!=12\"}",
                "requires: {postgresql: \">=12.\"}")) {
            assertThatThrownBy(() -> new Trial(runs, "---", line, "---", "# V", "1. Do:")).as(line)
                    .isInstanceOf(StepmarkException.class).hasMessageContaining("runbook.md:2");
        }
        assertThatThrownBy(() -> new Trial(runs, "# V", "```bash {timeout=99999999999s}", "print one", "```"))
                .isInstanceOf(StepmarkException.class).hasMessageContaining("runbook.md:2");
    }
}
