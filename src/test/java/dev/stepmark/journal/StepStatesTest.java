package dev.stepmark.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.journal.Event.Action;
import dev.stepmark.journal.Event.Origin;
import dev.stepmark.runbook.Attributes;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Executor;
import dev.stepmark.runbook.Part;
import dev.stepmark.runbook.Risk;
import dev.stepmark.runbook.Role;
import dev.stepmark.runbook.Span;
import dev.stepmark.runbook.Statement;
import dev.stepmark.runbook.Step;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept of steps is what a new fold of the same events says, whenever it is asked. */
class StepStatesTest {

    private static final List<Step> STEPS = List.of(step("1"), step("2"), step("3"));
    private static final int HISTORIES = 40;
    private static final int EVENTS = 60;

    private final List<Envelope> events = new ArrayList<>();
    private int epoch = 1;
    private int number;

    private static Step step(String id) {
        List<Statement> statements = List.of(statement(), statement());
        Block block = new Block(id + ".1", new Span(1, 1), Block.Syntax.FENCE, "sql", "", Role.EXECUTE, Executor.PSQL, "", "",
                false, statements, List.of(), Risk.READ_ONLY, "", true, "", List.of(), new Attributes(Map.of(), Map.of()));
        return new Step(id, "", new Span(1, 1), "t", Step.Kind.COMMAND, Step.Section.MAIN, List.of(), false,
                Optional.empty(), List.of(), List.of(new Part.Code(block)), "", "", "");
    }

    private static Statement statement() {
        return new Statement(Statement.Kind.SQL, "SELECT 1;", new Span(1, 1), "select", "", Risk.READ_ONLY);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void askedAfterEachEventOrOnlyAtTheEnd(long seed) {
        Random random = new Random(seed);
        Set<StepState> seen = EnumSet.noneOf(StepState.class);
        for (int i = 0; i < HISTORIES; i++) {
            events.clear();
            epoch = 1;
            RunState asked = RunState.of(List.of());
            add(asked, Sample.started("/r.md", ""));
            for (int k = 0; k < EVENTS; k++) {
                add(asked, event(random));
                RunState fresh = RunState.of(events);
                for (Step step : STEPS) {
                    assertThat(asked.stepState(step)).as("step %s after %s", step.id(), events)
                            .isEqualTo(fresh.stepState(step));
                    seen.add(asked.stepState(step));
                }
            }
            asked.writerGone();
            RunState fresh = RunState.of(events).writerGone();
            STEPS.forEach(step -> assertThat(asked.stepState(step)).isEqualTo(fresh.stepState(step)));
        }
        assertThat(seen).contains(StepState.PENDING, StepState.RUNNING, StepState.DONE, StepState.FAILED,
                StepState.SKIPPED, StepState.IN_DOUBT, StepState.PROVISIONAL, StepState.ROLLED_BACK);
    }

    private void add(RunState state, Event event) {
        epoch += event instanceof Event.RunAttached ? 1 : 0;
        Envelope envelope = new Envelope(1, events.size(), "", Sample.ID, epoch, "utc", 0, "a", event);
        events.add(envelope);
        state.apply(envelope);
    }

    private Event event(Random random) {
        String step = Integer.toString(1 + random.nextInt(STEPS.size()));
        Unit block = Unit.block(step, step + ".1");
        Unit unit = block.statement(random.nextInt(2));
        String transaction = "t" + random.nextInt(3);
        String exec = "x" + Math.max(1, number - random.nextInt(3));
        return switch (random.nextInt(16)) {
            case 0, 1, 2 -> Sample.execStarted("x" + ++number, unit, Origin.STEP, "", "");
            case 3 -> Sample.execStarted("x" + ++number, unit, Origin.STEP, transaction, "");
            case 4, 5 -> Sample.finished(exec, "done", 0);
            case 6 -> Sample.finished(exec, random.nextBoolean() ? "failed" : "lost", -1);
            case 7 -> Sample.decided(random.nextBoolean() ? unit : Unit.step(step),
                    Action.values()[random.nextInt(Action.values().length)]);
            case 8 -> new Event.TransactionOpened(transaction, "psql1", List.of(unit));
            case 9 -> new Event.TransactionEnding(transaction, random.nextBoolean() ? "commit" : "rollback", "7", "8", "1");
            case 10 -> new Event.TransactionEnded(transaction, random.nextBoolean() ? "committed" : "rolled-back", "");
            case 11 -> new Event.DoubtResolved(exec, random.nextBoolean() ? "done" : "not-done", "", "anna", "");
            case 12 -> random.nextInt(4) > 0 ? new Event.SessionEnded("psql1", "lost", "cut")
                    : new Event.RunbookRevised("", "", Map.of("1", "2", "2", "1", "3", "3"));
            case 13 -> random.nextInt(4) > 0 ? new Event.SessionOpened("psql1", "", "jdbc", "psql", Map.of(), -1)
                    : new Event.RunAttached("resume", 0, "", Map.of());
            case 14 -> new Event.WentTo("", step, random.nextBoolean(), List.of(), "anna");
            default -> new Event.StillValid(step, "anna", "", "", "");
        };
    }
}
