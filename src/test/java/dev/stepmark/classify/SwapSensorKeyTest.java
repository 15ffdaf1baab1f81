package dev.stepmark.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Condition;
import dev.stepmark.runbook.Executor;
import dev.stepmark.runbook.Inference;
import dev.stepmark.runbook.Prose;
import dev.stepmark.runbook.Part;
import dev.stepmark.runbook.Risk;
import dev.stepmark.runbook.Runbook;
import dev.stepmark.runbook.SessionDeclaration;
import dev.stepmark.runbook.Span;
import dev.stepmark.runbook.Statement;
import dev.stepmark.runbook.Step;
import org.junit.jupiter.api.Test;

/** A whole procedure without annotations: a pod shell, psql inside it, a shell command in a sql fence, a condition. */
class SwapSensorKeyTest {

    private final Runbook runbook = Plans.resource("swap-sensor-key.md");

    @Test
    void hasTheAuthorsStepsByPosition() {
        assertThat(runbook.title()).isEqualTo("Swap the key of sensor_readings");
        assertThat(runbook.steps()).extracting(Step::id, Step::title, Step::kind, s -> s.span().first()).containsExactly(
                tuple("1", "Open the cluster console", Step.Kind.MANUAL, 12),
                tuple("2", "Open a shell in the storage pod", Step.Kind.MANUAL, 13),
                tuple("3", "Keep a copy of the table", Step.Kind.COMMAND, 14),
                tuple("4", "Start the client", Step.Kind.COMMAND, 22),
                tuple("5", "Go to the plant database", Step.Kind.COMMAND, 28),
                tuple("6", "Look for readings that the new key would refuse", Step.Kind.COMMAND, 34),
                tuple("7", "If there are any duplicates, remove them", Step.Kind.COMMAND, 40),
                tuple("8", "Add the key", Step.Kind.COMMAND, 51),
                tuple("9", "Leave", Step.Kind.COMMAND, 57),
                tuple("10", "Close the pod shell", Step.Kind.MANUAL, 63));
        assertThat(runbook.steps()).extracting(Step::section).containsOnly(Step.Section.MAIN);
        assertThat(runbook.steps().get(0).sectionPath()).containsExactly("Swap the key", "Procedure");
    }

    @Test
    void keepsTheBoundsAsTheyAreWritten() {
        assertThat(runbook.frontMatter().gates()).extracting(g -> g.constraint()).containsExactly(">=1.9", "<=1.10");
    }

    @Test
    void followsTheSessions() {
        assertThat(runbook.sessions()).containsExactly(
                new SessionDeclaration("pod", SessionDeclaration.Kind.REMOTE_SHELL, "", "shell in the storage pod", 13, 63, "", ""),
                new SessionDeclaration("psql1", SessionDeclaration.Kind.PSQL, "pod", "psql", 25, 59, "psql", ""));
        assertThat(runbook.steps().get(1).opens()).isEqualTo("pod");
        assertThat(runbook.steps().get(9).closes()).isEqualTo("pod");
        assertThat(runbook.steps()).flatExtracting(Step::blocks).extracting(Block::session)
                .containsExactly("pod", "pod", "psql1", "psql1", "psql1", "psql1", "psql1");
        assertThat(block(4).opens()).isEqualTo("psql1");
        assertThat(block(9).closes()).isTrue();
    }

    @Test
    void runsTheDumpInTheShell() {
        Block dump = block(3);
        assertThat(dump.executor()).isEqualTo(Executor.SHELL);
        assertThat(dump.why()).isEqualTo("labelled sql, but its first word is the program pg_dump");
        assertThat(dump.inferences()).containsExactly(new Inference("step-3.as-shell", "Run step 3 in the shell?",
                "Labelled sql, but its first word is the program pg_dump. As SQL, \"--\" would begin a comment that swallows"
                + " the rest of the line."));
        assertThat(dump.statements()).extracting(Statement::kind, Statement::verb, Statement::span)
                .containsExactly(tuple(Statement.Kind.SHELL, "pg_dump", new Span(17, 17)));
    }

    @Test
    void opensPsqlForTheStepsBelow() {
        assertThat(block(4).statements()).extracting(Statement::kind, Statement::text)
                .containsExactly(tuple(Statement.Kind.OPENER, "psql"));
        assertThat(block(4).inferences()).containsExactly(new Inference("step-4.opens-session",
                "Open a session with psql in step 4, for steps 5 to 9?",
                "The command psql waits for input here. Steps 5 to 9 belong to this session. exit in step 9 closes it."));
        assertThat(block(5).statements()).extracting(Statement::kind, Statement::text)
                .containsExactly(tuple(Statement.Kind.META, "\\c plant"));
        assertThat(block(9).statements()).extracting(Statement::kind).containsExactly(Statement.Kind.META);
    }

    @Test
    void letsTheQueryDecideAboutTheDelete() {
        Step step = runbook.steps().get(6);
        assertThat(step.condition()).contains(new Condition("If there are any duplicates", 40, Condition.Source.INFERRED,
                "step_6.rowCount > 0", "6"));
        assertThat(block(7).risk()).isEqualTo(Risk.DESTRUCTIVE);
        assertThat(block(7).runByDefault()).isFalse();
        assertThat(block(7).inferences()).extracting(Inference::id).containsExactly("step-7.condition");
        assertThat(block(8).runByDefault()).isTrue();
        assertThat(block(6).risk()).isEqualTo(Risk.READ_ONLY);
    }

    @Test
    void keepsAllWordsInTheirPlace() {
        assertThat(runbook.steps().get(6).parts()).hasSize(3);
        assertThat(runbook.steps().get(6).parts().get(0)).isEqualTo(
                new Part.Words(new Prose.Paragraph(new Span(40, 40), "Keep the oldest.")));
        assertThat(runbook.steps().get(2).parts().get(1)).isEqualTo(
                new Part.Words(new Prose.Image(new Span(20, 20), "Dump", "images/dump.png")));
        assertThat(runbook.steps().get(9).parts()).containsExactly(
                new Part.Words(new Prose.Paragraph(new Span(63, 63), "Nothing has to be restarted.")));
    }

    @Test
    void asksNothingElse() {
        assertThat(runbook.steps()).flatExtracting(Step::blocks).flatExtracting(Block::inferences).hasSize(3);
        assertThat(runbook.steps()).flatExtracting(Step::blocks).allSatisfy(b -> assertThat(b.why()).isNotBlank());
    }

    private Block block(int step) {
        return runbook.steps().get(step - 1).blocks().get(0);
    }
}
