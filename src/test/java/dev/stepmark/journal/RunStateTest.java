package dev.stepmark.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepmark.journal.Event.Action;
import dev.stepmark.journal.Event.Origin;
import dev.stepmark.runbook.Attributes;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Condition;
import dev.stepmark.runbook.Executor;
import dev.stepmark.runbook.Part;
import dev.stepmark.runbook.Risk;
import dev.stepmark.runbook.Role;
import dev.stepmark.runbook.Span;
import dev.stepmark.runbook.Statement;
import dev.stepmark.runbook.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The fold, as tables: events in, state out. */
class RunStateTest {

    private static final Unit U = Unit.block("3", "3.1").statement(0);
    private static final Unit BLOCK = Unit.block("3", "3.1");

    private static RunState fold(Object... events) {
        return RunState.of(envelopes(events));
    }

    /** Positions, and a new epoch with each RunAttached; RunStarted comes first by itself. */
    private static List<Envelope> envelopes(Object... events) {
        List<Envelope> all = new ArrayList<>();
        int epoch = 1;
        List<Object> whole = new ArrayList<>(List.of(Sample.started("/r.md", "")));
        whole.addAll(Arrays.asList(events));
        for (Object event : whole) {
            epoch += event instanceof Event.RunAttached ? 1 : 0;
            all.add(new Envelope(1, all.size(), "", Sample.ID, epoch, "utc" + all.size(), 0, "a", (Event) event));
        }
        return all;
    }

    private static Event start(String id) {
        return start(id, U);
    }

    private static Event start(String id, Unit unit) {
        return Sample.execStarted(id, unit, Origin.STEP, "", "");
    }

    private static Event inTransaction(String id) {
        return Sample.execStarted(id, U, Origin.STEP, "t1", "");
    }

    private static Event end(String id, String outcome, int exit, String... problems) {
        return Sample.finished(id, outcome, exit, problems);
    }

    private static Event decide(Unit unit, Action action) {
        return Sample.decided(unit, action);
    }

    private static Event resolve(String verdict) {
        return new Event.DoubtResolved("x1", verdict, "", "anna", "");
    }

    private static final Event ATTACH = new Event.RunAttached("resume", 0, "", Map.of());
    private static final Event OPEN = new Event.SessionOpened("psql1", "", "jdbc", "psql", Map.of(), -1);
    private static final Event LOST = new Event.SessionEnded("psql1", "lost", "cut");
    private static final Event BEGIN = new Event.TransactionOpened("t1", "psql1", List.of(U));
    private static final Event COMMITTING = new Event.TransactionEnding("t1", "commit", "7", "8", "1");
    private static final Event ROLLING_BACK = new Event.TransactionEnding("t1", "rollback", "7", "8", "1");

    private static Event transactionEnded(String how) {
        return new Event.TransactionEnded("t1", how, "");
    }

    private static Arguments row(StepState expected, Object... events) {
        return Arguments.of(expected, events);
    }

    static Stream<Arguments> statements() {
        Unit other = Unit.block("3", "3.1").statement(1);
        Unit step = Unit.step("3");
        return Stream.of(
                row(StepState.PENDING),
                row(StepState.PENDING, decide(BLOCK, Action.RUN)),
                row(StepState.RUNNING, decide(BLOCK, Action.RUN), start("x1")),
                row(StepState.DONE, start("x1"), end("x1", "done", 0)),
                row(StepState.FAILED, start("x1"), end("x1", "done", 3)),
                row(StepState.FAILED, start("x1"), end("x1", "done", 0, "line 2: false")),
                row(StepState.FAILED, start("x1"), end("x1", "failed", -1)),
                row(StepState.FAILED, start("x1"), end("x1", "cancelled", -1)),
                row(StepState.FAILED, start("x1"), end("x1", "stopped", -1)),
                row(StepState.FAILED, start("x1"), end("x1", "refused", -1)),
                row(StepState.DONE, start("x1"), end("x1", "ended", 0)),
                row(StepState.FAILED, start("x1"), end("x1", "ended", 3)),
                // an accepted failure stays accepted until it runs again
                row(StepState.DONE, start("x1"), end("x1", "failed", -1), decide(U, Action.ACCEPT)),
                row(StepState.DONE, start("x1"), end("x1", "failed", -1), decide(U, Action.ACCEPT),
                        decide(BLOCK, Action.RUN)),
                row(StepState.FAILED, start("x1"), end("x1", "failed", -1), decide(U, Action.ACCEPT), start("x2"),
                        end("x2", "failed", -1)),
                row(StepState.FAILED, start("x1"), end("x1", "failed", -1), decide(other, Action.ACCEPT)),
                row(StepState.PENDING, decide(U, Action.ACCEPT)),
                row(StepState.FAILED, start("x1"), end("x1", "failed", -1), decide(U, Action.RETRY)),
                row(StepState.DONE, start("x1"), end("x1", "failed", -1), decide(U, Action.RETRY), start("x2"),
                        end("x2", "done", 0)),
                // decisions about the statement, its block and its step
                row(StepState.SKIPPED, decide(U, Action.SKIP)),
                row(StepState.SKIPPED, decide(BLOCK, Action.SKIP)),
                row(StepState.SKIPPED, decide(step, Action.SKIP)),
                row(StepState.SKIPPED, decide(U, Action.SKIP), decide(U, Action.EDIT)),
                row(StepState.PENDING, decide(other, Action.SKIP)),
                row(StepState.PENDING, decide(Unit.block("3", "3.2"), Action.SKIP)),
                row(StepState.PENDING, decide(U, Action.SKIP), decide(BLOCK, Action.RUN)),
                row(StepState.NOT_APPLICABLE, decide(BLOCK, Action.NOT_APPLICABLE)),
                row(StepState.DONE, decide(BLOCK, Action.DONE_BY_HAND)),
                row(StepState.SKIPPED, start("x1"), end("x1", "failed", -1), decide(BLOCK, Action.SKIP)),
                row(StepState.DONE, start("x1"), end("x1", "done", 0), decide(step, Action.SKIP)),
                // other origins carry nothing out
                row(StepState.PENDING, Sample.execStarted("x1", U, Origin.PREFLIGHT, "", ""), end("x1", "done", 0)),
                row(StepState.DONE, Sample.execStarted("x1", U, Origin.OPENER, "", ""), end("x1", "done", 0)),
                // doubt
                row(StepState.IN_DOUBT, start("x1"), ATTACH),
                row(StepState.IN_DOUBT, start("x1"), end("x1", "lost", -1)),
                row(StepState.IN_DOUBT, start("x1"), ATTACH, decide(BLOCK, Action.SKIP)),
                row(StepState.DONE, start("x1"), ATTACH, resolve("done")),
                row(StepState.FAILED, start("x1"), ATTACH, resolve("failed")),
                row(StepState.PENDING, start("x1"), ATTACH, resolve("not-done")),
                row(StepState.FAILED, start("x1"), ATTACH, resolve("done"), resolve("failed")),
                row(StepState.SKIPPED, start("x1"), ATTACH, resolve("not-done"), decide(BLOCK, Action.SKIP)),
                row(StepState.DONE, start("x1"), end("x1", "done", 0), ATTACH),
                row(StepState.DONE, start("x1"), ATTACH, resolve("not-done"), start("x2"), end("x2", "done", 0)),
                // transactions
                row(StepState.RUNNING, OPEN, BEGIN, inTransaction("x1")),
                row(StepState.PROVISIONAL, OPEN, BEGIN, inTransaction("x1"), end("x1", "done", 0)),
                row(StepState.PROVISIONAL, OPEN, BEGIN, inTransaction("x1"), end("x1", "done", 0), COMMITTING),
                row(StepState.FAILED, OPEN, BEGIN, inTransaction("x1"), end("x1", "failed", -1)),
                row(StepState.DONE, OPEN, BEGIN, inTransaction("x1"), end("x1", "done", 0), COMMITTING,
                        transactionEnded("committed")),
                row(StepState.DONE, OPEN, BEGIN, inTransaction("x1"), end("x1", "done", 0), COMMITTING,
                        transactionEnded("committed"), LOST, ATTACH),
                row(StepState.ROLLED_BACK, OPEN, BEGIN, inTransaction("x1"), end("x1", "done", 0), ROLLING_BACK,
                        transactionEnded("rolled-back")),
                row(StepState.IN_DOUBT, OPEN, BEGIN, inTransaction("x1"), end("x1", "done", 0), COMMITTING,
                        transactionEnded("unknown")),
                row(StepState.ROLLED_BACK, OPEN, BEGIN, inTransaction("x1"), end("x1", "done", 0), LOST),
                row(StepState.ROLLED_BACK, OPEN, BEGIN, inTransaction("x1"), end("x1", "done", 0), ATTACH),
                row(StepState.ROLLED_BACK, OPEN, BEGIN, inTransaction("x1"), ATTACH),
                row(StepState.ROLLED_BACK, OPEN, BEGIN, inTransaction("x1"), end("x1", "lost", -1), LOST),
                row(StepState.ROLLED_BACK, OPEN, BEGIN, inTransaction("x1"), end("x1", "done", 0), ROLLING_BACK,
                        ATTACH),
                row(StepState.IN_DOUBT, OPEN, BEGIN, inTransaction("x1"), end("x1", "done", 0), COMMITTING, ATTACH),
                row(StepState.DONE, OPEN, BEGIN, inTransaction("x1"), end("x1", "done", 0), COMMITTING, ATTACH,
                        transactionEnded("committed")),
                row(StepState.DONE, OPEN, BEGIN, inTransaction("x1"), end("x1", "done", 0), COMMITTING, ATTACH,
                        resolve("done")),
                // a changed document
                row(StepState.PENDING, start("x1"), end("x1", "done", 0), revised(Map.of("2", "3"))),
                row(StepState.DONE, start("x1", Unit.block("2", "2.1").statement(0)), end("x1", "done", 0),
                        revised(Map.of("2", "3"))),
                row(StepState.DONE, start("x1"), end("x1", "done", 0), revised(Map.of("3", "3"))));
    }

    private static Event revised(Map<String, String> mapping) {
        return new Event.RunbookRevised("", "", mapping);
    }

    @ParameterizedTest
    @MethodSource("statements")
    void stateOfAStatement(StepState expected, Object[] events) {
        assertThat(fold(events).unit(U)).isEqualTo(expected);
    }

    /** Applying event by event and folding the whole are the same, at each point. */
    @ParameterizedTest
    @MethodSource("statements")
    void applyingIsFolding(StepState expected, Object[] events) {
        List<Envelope> all = envelopes(events);
        RunState live = RunState.of(List.of());
        for (int i = 0; i < all.size(); i++) {
            live.apply(all.get(i));
            RunState folded = RunState.of(all.subList(0, i + 1));
            assertThat(live.unit(U)).isEqualTo(folded.unit(U));
            assertThat(live.inDoubt()).isEqualTo(folded.inDoubt());
            assertThat(live.sessions()).isEqualTo(folded.sessions());
        }
        assertThat(live.unit(U)).isEqualTo(expected);
    }

    private static Block block(String id, int statements, Map<String, String> attributes, boolean byDefault) {
        List<Statement> list = new ArrayList<>();
        for (int i = 0; i < statements; i++) {
            list.add(new Statement(Statement.Kind.SQL, "SELECT 1;", new Span(1, 1), "select", "", Risk.READ_ONLY));
        }
        return new Block(id, new Span(1, 1), Block.Syntax.FENCE, "sql", "", Role.EXECUTE, Executor.PSQL, "", "", false,
                list, List.of(), Risk.READ_ONLY, byDefault ? "" : "way:2", byDefault, "", List.of(), new Attributes(attributes, Map.of()));
    }

    private static Step step(String id, Optional<Condition> condition, Block... blocks) {
        List<Part> parts = Stream.of(blocks).map(b -> (Part) new Part.Code(b)).toList();
        return new Step(id, "", new Span(1, 1), "t", Step.Kind.COMMAND, Step.Section.MAIN, List.of(), false, condition,
                List.of(), parts, "", "", "");
    }

    private static final Unit S1 = BLOCK.statement(1);

    static Stream<Arguments> steps() {
        Unit step = Unit.step("3");
        Unit second = Unit.block("3", "3.2").statement(0);
        Event[] firstBlock = {start("x1"), end("x1", "done", 0), start("x2", S1), end("x2", "done", 0)};
        return Stream.of(
                row(StepState.PENDING),
                row(StepState.PENDING, start("x1"), end("x1", "done", 0)),
                row(StepState.FAILED, start("x1"), end("x1", "done", 0), start("x2", S1), end("x2", "failed", -1)),
                row(StepState.PENDING, (Object[]) firstBlock),
                row(StepState.DONE, with(firstBlock, start("x3", second), end("x3", "done", 0))),
                row(StepState.DONE, with(firstBlock, decide(Unit.block("3", "3.2"), Action.NOT_APPLICABLE))),
                row(StepState.DONE, with(firstBlock, decide(Unit.block("3", "3.2"), Action.SKIP))),
                row(StepState.SKIPPED, with(firstBlock, decide(step, Action.SKIP))),
                row(StepState.SKIPPED, decide(step, Action.SKIP)),
                row(StepState.NOT_APPLICABLE, decide(step, Action.NOT_APPLICABLE)),
                row(StepState.DONE, decide(step, Action.DONE_BY_HAND)),
                row(StepState.PENDING, decide(step, Action.SKIP), decide(step, Action.RUN)),
                row(StepState.IN_DOUBT, with(firstBlock, start("x3", second), ATTACH, decide(step, Action.SKIP))),
                row(StepState.RUNNING, with(firstBlock, start("x3", second))),
                // an alternative that is left out by default counts when somebody ran it
                row(StepState.FAILED, with(firstBlock, start("x3", second), end("x3", "done", 0),
                        start("x4", Unit.block("3", "3.3").statement(0)), end("x4", "failed", -1))));
    }

    private static Object[] with(Event[] some, Object... more) {
        return Stream.concat(Stream.of((Object[]) some), Stream.of(more)).toArray();
    }

    @ParameterizedTest
    @MethodSource("steps")
    void stateOfAStep(StepState expected, Object[] events) {
        Step step = step("3", Optional.empty(), block("3.1", 2, Map.of(), true), block("3.2", 1, Map.of(), true),
                block("3.3", 1, Map.of(), false));
        assertThat(fold(events).stepState(step)).isEqualTo(expected);
        assertThat(fold(events).stepState("9", step)).isEqualTo(StepState.PENDING);
    }

    static Stream<Arguments> probes() {
        Event probe = Sample.execStarted("x2", BLOCK, Origin.VERIFY, "", "");
        Event[] ran = {start("x1"), end("x1", "done", 0)};
        return Stream.of(
                row(StepState.PENDING, (Object[]) ran),
                row(StepState.RUNNING, with(ran, probe)),
                row(StepState.DONE, with(ran, probe, end("x2", "done", 0))),
                row(StepState.FAILED, with(ran, probe, end("x2", "done", 0, "the query returned false"))),
                row(StepState.FAILED, with(ran, probe, end("x2", "failed", -1))),
                row(StepState.DONE, with(ran, probe, end("x2", "failed", -1), decide(BLOCK, Action.ACCEPT))),
                row(StepState.IN_DOUBT, with(ran, probe, ATTACH)),
                row(StepState.PENDING, with(ran, probe, end("x2", "done", 0), start("x3"), end("x3", "done", 0))),
                row(StepState.FAILED, with(ran, start("x3"), end("x3", "failed", -1), probe, end("x2", "done", 0))),
                row(StepState.DONE, decide(BLOCK, Action.DONE_BY_HAND)),
                row(StepState.SKIPPED, decide(BLOCK, Action.SKIP)));
    }

    @ParameterizedTest
    @MethodSource("probes")
    void aBlockWithAProbeIsDoneWhenTheProbeSaysSo(StepState expected, Object[] events) {
        Block block = block("3.1", 1, Map.of("verify", "SELECT true"), true);
        assertThat(fold(events).block("3", block)).isEqualTo(expected);
    }

    @Test
    void aStepByHandHasOnlyDecisions() {
        Step manual = step("3", Optional.empty());
        assertThat(fold(decide(Unit.step("3"), Action.DONE_BY_HAND)).stepState(manual)).isEqualTo(StepState.DONE);
        assertThat(fold(decide(Unit.step("3"), Action.SKIP)).stepState(manual)).isEqualTo(StepState.SKIPPED);
        assertThat(fold(decide(Unit.step("4"), Action.SKIP)).stepState(manual)).isEqualTo(StepState.PENDING);
    }

    @Test
    void doubts() {
        Event.ExecStarted background = new Event.ExecStarted("x9", "", Origin.STEP, U, 1, "s", "", "", "", "", true, "");
        RunState state = fold(start("x1"), start("x2", S1), end("x2", "lost", -1), background, ATTACH);
        assertThat(state.inDoubt()).extracting(Execution::id).containsExactly("x1", "x2");
        assertThat(state.unit(U)).as("starting it is all there is to do").isEqualTo(StepState.DONE);
        assertThat(fold(start("x1"), ATTACH, resolve("not-done")).inDoubt()).isEmpty();
        assertThat(fold(OPEN, BEGIN, inTransaction("x1"), ATTACH).inDoubt()).as("rolled back for sure").isEmpty();
        assertThat(fold(OPEN, BEGIN, inTransaction("x1"), end("x1", "done", 0), COMMITTING, ATTACH).inDoubt())
                .extracting(Execution::id).containsExactly("x1");
        assertThat(fold(start("x1")).writerGone().unit(U)).isEqualTo(StepState.IN_DOUBT);
    }

    @Test
    void decisionsAndExecutionsOfAUnit() {
        Event edit = new Event.Decided(U, Action.EDIT, "key", "", "hash1", "", "", "");
        RunState state = fold(edit, decide(U, Action.RUN));
        assertThat(state.openDecision(U)).map(Event.Decided::action).contains(Action.RUN);
        assertThat(state.editedText(U)).contains("hash1");
        state = fold(edit, decide(U, Action.RUN), start("x1"));
        assertThat(state.openDecision(U)).isEmpty();
        assertThat(state.lastDecision(U)).map(Event.Decided::action).contains(Action.RUN);
        state = fold(decide(BLOCK, Action.RUN), start("x1"), end("x1", "failed", -1), start("x2"));
        assertThat(state.openDecision(BLOCK)).as("one of its statements was started").isEmpty();
        assertThat(state.attempts(U)).isEqualTo(2);
        assertThat(state.lastExecution(U)).map(Execution::id).contains("x2");
        assertThat(state.execution("x1").orElseThrow().finishedUtc()).contains("utc3");
        assertThat(state.executions()).hasSize(2);
        assertThat(state.lastDecision(S1)).isEmpty();
    }

    @Test
    void sessionsLiveDieAndAreOpenedAgainWithWhatIsKnown() {
        Event moved = new Event.SessionChanged("psql1", "x1", "", List.of("f"), "plant", List.of("a=1", "b=2"));
        Event set = new Event.SessionChanged("psql1", "x2", "/tmp", List.of("g"), "", List.of("a=3"));
        SessionView view = fold(OPEN, moved, set).sessions().get("psql1");
        assertThat(view).extracting(SessionView::cwd, SessionView::database, SessionView::settings, SessionView::names)
                .containsExactly("/tmp", "plant", List.of("a=3", "b=2"), List.of("f", "g"));
        assertThat(view.usable()).isTrue();
        assertThat(view.seq()).isEqualTo(1);
        assertThat(fold(OPEN, moved, LOST).sessions().get("psql1").lost()).isTrue();
        assertThat(fold(OPEN, moved, ATTACH).sessions().get("psql1").lost()).isTrue();
        Event again = new Event.SessionOpened("psql1", "", "jdbc", "psql", Map.of(), 1);
        view = fold(OPEN, moved, ATTACH, again).sessions().get("psql1");
        assertThat(view.usable()).isTrue();
        assertThat(view.database()).isEqualTo("plant");
        assertThat(fold(OPEN, moved, LOST, OPEN).sessions().get("psql1").database()).isEmpty();
        Event closed = new Event.SessionEnded("psql1", "closed", "\\q");
        assertThat(fold(OPEN, closed, ATTACH).sessions()).isEmpty();
        assertThat(fold(OPEN, closed, ATTACH).session("psql1").orElseThrow().lost()).isFalse();
    }

    @Test
    void transactionsOfASession() {
        assertThat(fold(OPEN, BEGIN).openTransaction("psql1")).isPresent();
        assertThat(fold(OPEN, BEGIN).openTransaction("psql2")).isEmpty();
        assertThat(fold(OPEN, BEGIN, transactionEnded("committed")).openTransaction("psql1")).isEmpty();
        assertThat(fold(OPEN, BEGIN, ATTACH).openTransaction("psql1")).isEmpty();
    }

    @Test
    void facts() {
        RunState state = fold(
                new Event.VersionObserved("p", "1", "asked", ""), new Event.VersionObserved("p", "2", "sql", "x1"),
                new Event.GateEvaluated("document", "<=2", "2", "passes", "", ""),
                new Event.ValueBound("A", "k", "1", "", "asked", ""), new Event.ValueBound("A", "k", "2", "", "set", ""),
                new Event.QuestionAnswered("go", "k", "", "yes", "key", ""),
                new Event.Captured("c", "x1", 2, "h"), new Event.RunEnded("stopped", 4, List.of()));
        assertThat(state.version().orElseThrow().value()).isEqualTo("2");
        assertThat(state.gate("document").orElseThrow().verdict()).isEqualTo("passes");
        assertThat(state.gate("3")).isEmpty();
        assertThat(state.values().get("A").value()).isEqualTo("2");
        assertThat(state.answer("go").orElseThrow().answer()).isEqualTo("yes");
        assertThat(state.captures()).containsOnlyKeys("c");
        assertThat(state.ended()).isPresent();
        assertThat(fold(new Event.RunEnded("stopped", 4, List.of()), ATTACH).ended()).isEmpty();
        assertThat(fold(ATTACH, ATTACH).epoch()).isEqualTo(3);
        assertThat(RunState.of(List.of()).epoch()).isZero();
        assertThatThrownBy(() -> RunState.of(List.of()).started()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void numbersGoOnAcrossProcesses() {
        RunState state = fold(start("x1"), end("x1", "done", 0), start("x12"), ATTACH,
                Sample.execStarted("x3", Unit.step("a4"), Origin.ADHOC, "", ""));
        assertThat(state.nextExec()).isEqualTo(13);
        assertThat(state.nextAdhoc()).isEqualTo(5);
        assertThat(fold().nextExec()).isEqualTo(1);
        assertThat(fold().nextAdhoc()).isEqualTo(1);
    }
}
