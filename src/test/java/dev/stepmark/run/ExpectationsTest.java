package dev.stepmark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepmark.journal.Event;
import dev.stepmark.journal.StepState;
import dev.stepmark.message.ExitCode;
import dev.stepmark.message.StepmarkException;
import dev.stepmark.plan.Progress;
import dev.stepmark.session.FakeSession;
import dev.stepmark.session.Outcome;
import dev.stepmark.session.OutputSink.Stream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the document shows, what its author expects, and which errors it says are safe: in a run. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ExpectationsTest {

    private static final String EXISTS = "pg_restore: error: could not execute query: ERROR:  relation \"%s\" already exists\n"
            + "Command was: CREATE TABLE %1$s (id int);\n\n";
    private static final String SUMMARY = "pg_restore: warning: errors ignored on restore: %d\n";

    @TempDir
    private Path runs;

    private Trial restore(int exit, String stderr) {
        return restore("pg_restore -d plant plant.dump", FakeSession.done(exit), stderr);
    }

    private Trial restore(String command, Outcome outcome, String stderr) {
        return new Trial(runs, "# Restore", "```bash", command, "```", "", "## Troubleshooting", "",
                "You can safely ignore these errors:", "", "```",
                "pg_restore: error: could not execute query: ERROR:  relation \"<name>\" already exists", "```")
                .shell(() -> new FakeSession().on(command, (request, sink, running) -> {
                    FakeSession.say(sink, Stream.STDERR, stderr);
                    return outcome;
                }));
    }

    private static Event.ExecFinished finished(Trial trial) {
        return trial.events(Event.ExecFinished.class).get(0);
    }

    @Test
    void aFailureOfNothingButSafeErrorsIsDone() {
        Trial trial = restore(1, EXISTS.formatted("views") + EXISTS.formatted("jobs") + SUMMARY.formatted(2));
        ScriptedOperator operator = new ScriptedOperator();

        assertThat(trial.begin(operator)).isEqualTo(ExitCode.OK);
        assertThat(operator.shown()).contains("  . tolerated: runbook.md:11 says it can be ignored (\"relation <name> already"
                + " exists\")");
        assertThat(operator.results()).extracting(ResultCard::word).containsExactly("ok");
        assertThat(operator.results().get(0).text()).startsWith("exit 1, ").endsWith("; 2 errors, 2 tolerated, 0 others");
        assertThat(finished(trial).exit()).isEqualTo(1);
        assertThat(finished(trial).tolerated()).hasSize(2).allMatch(t -> t.endsWith("already exists"));
        assertThat(new Progress(trial.runbook(), trial.log().state()).step(trial.runbook().steps().get(0)))
                .isEqualTo(StepState.DONE);
    }

    @Test
    void oneOtherErrorFailsItAndIsShownAlone() {
        Trial trial = restore(1, EXISTS.formatted("views") + "pg_restore: error: could not execute query: ERROR:  no space left\n"
                + SUMMARY.formatted(2));
        ScriptedOperator operator = new ScriptedOperator(q -> q.kind() == Question.Kind.FAILED ? new Reply.Key('q', "key")
                : ScriptedOperator.confirm(q));

        assertThat(trial.begin(operator)).isEqualTo(ExitCode.STOPPED);
        ResultCard card = operator.results().get(0);
        assertThat(card.word()).isEqualTo("FAILED");
        assertThat(card.error()).isEqualTo("pg_restore: error: could not execute query: ERROR:  no space left");
        assertThat(card.facts().get(0)).isEqualTo(new StepCard.Fact("Tolerated", "2 errors, 1 tolerated, 1 other"));
        assertThat(finished(trial).tolerated()).isEmpty();
    }

    @Test
    void aFailureThatNoErrorExplainsStaysOne() {
        assertFails(restore(1, ""));
        assertFails(restore(1, EXISTS.formatted("views") + SUMMARY.formatted(2)));
        assertFails(restore(137, EXISTS.formatted("views") + SUMMARY.formatted(1)));
        assertFails(restore("pg_restore -d plant plant.dump\ngrep -q done state", new Outcome.Done(1, List.of(
                new Outcome.Problem(1, "pg_restore -d plant plant.dump", "1"),
                new Outcome.Problem(2, "grep -q done state", "1")), List.of(), Outcome.Transaction.NONE, Optional.empty()),
                EXISTS.formatted("views") + SUMMARY.formatted(1)));
        assertFails(restore("pg_restore -d plant plant.dump\ngrep -q done state", FakeSession.done(1),
                EXISTS.formatted("views") + SUMMARY.formatted(1)));
    }

    private void assertFails(Trial trial) {
        ScriptedOperator operator = new ScriptedOperator(q -> q.kind() == Question.Kind.FAILED ? new Reply.Key('q', "key")
                : ScriptedOperator.confirm(q));
        assertThat(trial.begin(operator)).isEqualTo(ExitCode.STOPPED);
        assertThat(operator.results().get(0).word()).isEqualTo("FAILED");
    }

    @Test
    void aHalfFailedBlockIsDoneWhenItsErrorsNameWhatFailed() {
        Trial trial = restore("pg_restore -d plant plant.dump\necho restored", new Outcome.Done(0, List.of(
                new Outcome.Problem(1, "pg_restore -d plant plant.dump", "1")), List.of(), Outcome.Transaction.NONE,
                Optional.empty()), EXISTS.formatted("views") + SUMMARY.formatted(1));
        assertThat(trial.begin(new ScriptedOperator())).isEqualTo(ExitCode.OK);
        assertThat(finished(trial).problems()).hasSize(1);
    }

    @Test
    void aServersErrorIsSafeOutsideOfATransactionOnly() {
        String[] document = {"---", "connections: {plant: \"postgresql://localhost/plant\"}", "---", "# Make",
            "1. Make it", "", "   ```sql {ignore=\"role <name> already exists\"}", "   CREATE ROLE reader;", "   ```"};
        Trial trial = new Trial(runs, document);
        trial.database().on("CREATE ROLE reader;", new Outcome.Failed("42710", "ERROR:  role reader already exists\n",
                Outcome.Transaction.NONE));
        ScriptedOperator operator = new ScriptedOperator();
        assertThat(trial.begin(operator)).isEqualTo(ExitCode.OK);
        assertThat(operator.results().get(0).text()).endsWith("; 1 error, 1 tolerated, 0 others");
        assertThat(finished(trial).outcome()).isEqualTo("failed");

        Trial open = new Trial(runs, document);
        open.database().on("CREATE ROLE reader;", new Outcome.Failed("42710", "ERROR:  role reader already exists\n",
                Outcome.Transaction.FAILED));
        assertFails(open);
    }

    @Test
    void aCrashBehindTheRecordLeavesItDone() {
        Trial calm = restore(1, EXISTS.formatted("views") + SUMMARY.formatted(1));
        assertThat(calm.begin(new ScriptedOperator())).isEqualTo(ExitCode.OK);
        long at = calm.log().events().stream().filter(e -> e.event() instanceof Event.ExecFinished).findFirst().orElseThrow().seq();

        Trial trial = restore(1, EXISTS.formatted("views") + SUMMARY.formatted(1));
        assertThat(trial.dieAfter((int) at + 1, new ScriptedOperator())).isTrue();
        ScriptedOperator later = new ScriptedOperator();
        assertThat(trial.resume(later)).isEqualTo(ExitCode.OK);
        assertThat(later.questions()).noneMatch(q -> q.kind() == Question.Kind.FAILED || q.kind() == Question.Kind.RUN);
        assertThat(trial.events(Event.ExecStarted.class)).hasSize(1);
    }

    private Trial check(String attributes, String output) {
        return new Trial(runs, "# Check", "```bash" + attributes, "state -a", "```", "", "You should see:", "", "```",
                "pods: 3", "ready", "```").shell(() -> new FakeSession().prints("state -a", output));
    }

    @Test
    void aDifferenceIsSaidAndRecordedAndFailsNothing() {
        Trial trial = check("", "pods: 2\nwaiting\n");
        ScriptedOperator operator = new ScriptedOperator();

        assertThat(trial.begin(operator)).isEqualTo(ExitCode.OK);
        List<String> shown = operator.shown();
        int at = shown.indexOf("  . The document shows something else (lines 8-11)");
        assertThat(at).isGreaterThan(shown.indexOf(shown.stream().filter(s -> s.startsWith("ok 1")).findFirst().orElseThrow()));
        assertThat(shown.subList(at + 1, at + 3)).containsExactly("  .   shows  ready", "  .   came   waiting");
        assertThat(trial.events(Event.OutputCompared.class)).containsExactly(new Event.OutputCompared("x1", "lines 8-11",
                "differs", "", List.of("10: shows ready; came waiting"), 0));
    }

    @Test
    void whatTheDocumentShowsIsNotTalkedAbout() {
        Trial trial = check("", "pods: 17\nready\n");
        ScriptedOperator operator = new ScriptedOperator();
        assertThat(trial.begin(operator)).isEqualTo(ExitCode.OK);
        assertThat(operator.shown()).noneMatch(s -> s.contains("The document shows"));
        assertThat(trial.events(Event.OutputCompared.class)).extracting(Event.OutputCompared::verdict).containsExactly("matched");
    }

    @Test
    void whatTheAuthorExpectsMustHold() {
        Trial trial = check(" {expect=\"stdout.contains('ready') && exitCode == 0\"}", "pods: 2\nwaiting\n");
        ScriptedOperator operator = new ScriptedOperator(q -> q.kind() == Question.Kind.FAILED ? new Reply.Key('m', "key")
                : ScriptedOperator.confirm(q));
        assertThat(trial.begin(operator)).isEqualTo(ExitCode.OK);
        assertThat(operator.results().get(0).word()).isEqualTo("FAILED");
        assertThat(operator.results().get(0).text()).startsWith("it ran, but not as the author expects: expect=\"stdout.contains("
                + "'ready') && exitCode == 0\" -> exitCode is 0");
        assertThat(finished(trial).problems()).containsExactly("expect=\"stdout.contains('ready') && exitCode == 0\" ->"
                + " exitCode is 0");
        assertThat(check(" {expect=\"stdout.contains('ready')\"}", "ready\n").begin(new ScriptedOperator())).isEqualTo(ExitCode.OK);
    }

    @Test
    void anEndThatTheAuthorExpectsIsNoFailure() {
        Trial trial = new Trial(runs, "# Check", "```bash {expect=\"exitCode == 3\"}", "state -a", "```")
                .shell(() -> new FakeSession().on("state -a", FakeSession.done(3)));
        assertThat(trial.begin(new ScriptedOperator())).isEqualTo(ExitCode.OK);
        assertThat(finished(trial).tolerated()).containsExactly("as expect=\"exitCode == 3\" says");

        Trial other = new Trial(runs, "# Check", "```bash {expect=\"exitCode == 3\"}", "state -a", "```")
                .shell(() -> new FakeSession().on("state -a", FakeSession.done(4)));
        assertFails(other);
    }

    @Test
    void anExpectationThatNothingCanDecideIsRefusedBeforeAnythingRuns() {
        Trial trial = check(" {expect=\"rowcount == 0\"}", "ready\n");
        assertThatThrownBy(() -> trial.begin(new ScriptedOperator())).isInstanceOf(StepmarkException.class)
                .hasMessageContaining("runbook.md:2: expect=\"rowcount == 0\" cannot be decided");
        assertThat(trial.events(Event.ExecStarted.class)).isEmpty();
    }

    @Test
    void nobodyIsThereAndTheRunFailsOrGoesOn() {
        Trial trial = restore(1, EXISTS.formatted("views") + SUMMARY.formatted(1));
        Unattended nobody = new Unattended(Trial.batch(true, true, true, Map.of()));
        trial.options(Trial.batch(true, true, true, Map.of()));
        assertThat(trial.begin(nobody.operator())).isEqualTo(ExitCode.OK);
        assertThat(nobody.text()).contains("tolerated: runbook.md:11 says it can be ignored");

        Trial unmet = check(" {expect=\"stdout.contains('ready')\"}", "waiting\n");
        unmet.options(Trial.batch(true, true, true, Map.of()));
        assertThat(unmet.begin(new Unattended(Trial.batch(true, true, true, Map.of())).operator())).isEqualTo(ExitCode.FAILED);
    }
}
