package dev.stepmark.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Executor;
import dev.stepmark.runbook.Inference;
import dev.stepmark.runbook.Placeholder;
import dev.stepmark.runbook.Role;
import dev.stepmark.runbook.Runbook;
import dev.stepmark.runbook.SessionDeclaration;
import dev.stepmark.runbook.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two databases, no exit anywhere, results in sql fences, errors that can be ignored, a rollback. */
class CopyReportsTest {

    private final Runbook runbook = Plans.resource("copy-reports.md");
    private final List<Block> blocks = runbook.steps().stream().flatMap(s -> s.blocks().stream()).toList();

    @Test
    void tellsRunFromShow() {
        assertThat(blocks).extracting(Block::role, Block::executor, Block::session, Block::opens).containsExactly(
                tuple(Role.EXECUTE, Executor.SHELL, "shell", ""),
                tuple(Role.EXECUTE, Executor.SHELL, "shell", "psql1"),
                tuple(Role.EXECUTE, Executor.PSQL, "psql1", ""),
                tuple(Role.SAMPLE_OUTPUT, Executor.NONE, "", ""),
                tuple(Role.EXECUTE, Executor.SHELL, "shell", "psql2"),
                tuple(Role.EXECUTE, Executor.PSQL, "psql2", ""),
                tuple(Role.SAMPLE_OUTPUT, Executor.NONE, "", ""),
                tuple(Role.SAMPLE_OUTPUT, Executor.NONE, "", ""),
                tuple(Role.EXECUTE, Executor.PSQL, "psql2", ""),
                tuple(Role.EXECUTE, Executor.PSQL, "psql2", ""));
        assertThat(runbook.sessions()).extracting(SessionDeclaration::id, SessionDeclaration::parent,
                SessionDeclaration::closedBy).containsExactly(tuple("shell", "", 0), tuple("psql1", "shell", 0),
                tuple("psql2", "shell", 0));
    }

    @Test
    void saysWhatBelongsToWhichSession() {
        assertThat(blocks.get(4).inferences()).extracting(Inference::id)
                .containsExactly("step-4.as-shell", "step-4.opens-session");
        assertThat(blocks.get(4).inferences().get(1).reason())
                .contains("Steps 5, 8 and 9 belong to this session.", "Nothing in the text closes it.");
    }

    @Test
    void findsTheSections() {
        assertThat(runbook.steps()).extracting(Step::id, Step::section, Step::kind).containsExactly(
                tuple("1", Step.Section.MAIN, Step.Kind.COMMAND), tuple("2", Step.Section.MAIN, Step.Kind.COMMAND),
                tuple("3", Step.Section.MAIN, Step.Kind.COMMAND), tuple("4", Step.Section.MAIN, Step.Kind.COMMAND),
                tuple("5", Step.Section.MAIN, Step.Kind.COMMAND), tuple("6", Step.Section.MAIN, Step.Kind.MANUAL),
                tuple("7", Step.Section.TROUBLESHOOTING, Step.Kind.COMMAND),
                tuple("8", Step.Section.MAIN, Step.Kind.COMMAND), tuple("9", Step.Section.ROLLBACK, Step.Kind.COMMAND));
        assertThat(blocks.get(9).runByDefault()).isFalse();
        assertThat(blocks.get(8).runByDefault()).isTrue();
        assertThat(runbook.mainSteps()).extracting(Step::id).doesNotContain("7", "9");
    }

    @Test
    void asksForEachValueAndKnowsTheSecretOnes() {
        assertThat(blocks.get(1).placeholders()).containsExactly(new Placeholder("OLD_USER", "<OLD_USER>", false),
                new Placeholder("OLD_PASSWORD", "<OLD_PASSWORD>", true), new Placeholder("OLD_HOST", "<OLD_HOST>", false),
                new Placeholder("OLD_DATABASE", "<OLD_DATABASE>", false));
        assertThat(blocks.get(5).placeholders()).extracting(Placeholder::name).containsExactly("REPORT", "BODY");
        assertThat(blocks.get(6).placeholders()).isEmpty();
    }

    @Test
    void putsWordsBeforeTheFirstStepThatFollows() {
        assertThat(runbook.steps().get(0).parts().toString()).contains("Both must be reachable.", "A password is asked for:");
        assertThat(runbook.steps().get(7).title()).isEqualTo("Refresh the statistics");
        assertThat(runbook.steps().get(7).parts().toString()).contains("Run this at the end:");
    }
}
