package dev.stepmark.classify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.runbook.Condition;
import dev.stepmark.runbook.Inference;
import dev.stepmark.runbook.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            If there are any conflicts, remove them           | step_1.rowCount > 0
            If there are duplicates, remove them              | step_1.rowCount > 0
            If any rows exist, remove them                    | step_1.rowCount > 0
            If the query returns rows, remove them            | step_1.rowCount > 0
            If there are no rows, go on                       | step_1.rowCount == 0
            If you use TLS, remove them                       | ''
            If the upgrade fails, remove them                 | ''
            """)
    void readsRowsOfTheQueryBefore(String words, String expression) {
        Condition condition = second(words, "SELECT 1;").condition().orElseThrow();
        assertThat(condition.expression()).isEqualTo(expression);
        assertThat(condition.dependsOn()).isEqualTo(expression.isEmpty() ? "" : "1");
        assertThat(condition.source()).isEqualTo(Condition.Source.INFERRED);
        assertThat(condition.text()).isEqualTo(words.substring(0, words.indexOf(',')));
    }

    @Test
    void nothingIsDecidedByAStepThatIsNoQuery() {
        Step step = second("If there are any conflicts, remove them", "UPDATE t SET a = 1;");
        assertThat(step.condition().orElseThrow().expression()).isEmpty();
        assertThat(step.blocks().get(0).inferences()).extracting(Inference::id).containsExactly("step-2.condition");
        assertThat(step.blocks().get(0).inferences().get(0).reason()).contains("Nothing that was run decides it.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Remove them if there are any
            If prompted for a password, type it
            Iffy things are removed
            """)
    void otherWordsAreNoCondition(String words) {
        assertThat(second(words, "SELECT 1;").condition()).isEmpty();
    }

    @Test
    void aConditionHoldsOnlyDestructiveBlocksBack() {
        assertThat(second("If there are any, look", "SELECT 1;", "SELECT 2;").blocks().get(0).runByDefault()).isTrue();
        assertThat(second("If there are any, drop", "SELECT 1;", "DROP TABLE t;").blocks().get(0).runByDefault()).isFalse();
    }

    private static Step second(String words, String query) {
        return second(words, query, "DELETE FROM t;");
    }

    private static Step second(String words, String query, String then) {
        return Plans.of("1. Ask\n\n   ```sql\n   " + query + "\n   ```\n2. " + words + "\n\n   ```sql\n   " + then + "\n   ```\n")
                .steps().get(1);
    }
}
