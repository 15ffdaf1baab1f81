package dev.stepmark.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.classify.Classifier;
import dev.stepmark.journal.Unit;
import dev.stepmark.markdown.DocumentReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which statements of a document are kept or undone together. */
class TransactionPlansTest {

    /** A document of steps: text of the block, with its info string before a bar where it has attributes. */
    private static List<TransactionPlan> of(String... steps) {
        StringBuilder text = new StringBuilder("---\nconnections: {factory: \"postgresql://localhost/f\"}\n---\n# T\n");
        int n = 0;
        for (String step : steps) {
            String[] parts = step.split("\\|", 2);
            String info = parts.length > 1 ? parts[0] : "sql";
            String code = parts[parts.length - 1];
            text.append(++n).append(". Do this:\n");
            if (!code.isEmpty()) {
                text.append("\n   ```").append(info).append("\n   ").append(code.replace("\n", "\n   ")).append("\n   ```\n");
            }
            text.append("\n");
        }
        return TransactionPlans.of(Classifier.classify(DocumentReader.read("t.md", text.toString().getBytes(
                StandardCharsets.UTF_8))));
    }

    @Test
    void fromBeginToCommitInOneBlock() {
        assertThat(of("SELECT 1;\nBEGIN;\nDELETE FROM a;\nCOMMIT;\nSELECT 2;")).singleElement().satisfies(t -> {
            assertThat(t.own()).isFalse();
            assertThat(t.whole()).isTrue();
            assertThat(t.commits()).isTrue();
            assertThat(t.several()).isFalse();
            assertThat(t.units()).extracting(Unit::statement).containsExactly(1, 2, 3);
            assertThat(t.has(Unit.block("1", "1.1").statement(0))).isFalse();
            assertThat(t.has(Unit.block("1", "1.1").statement(3))).isTrue();
        });
    }

    @Test
    void fromBeginToCommitAcrossSteps() {
        assertThat(of("SELECT 1;\nBEGIN;", "DELETE FROM a;", "END;\nSELECT 2;")).singleElement().satisfies(t -> {
            assertThat(t.steps()).containsExactly("1", "2", "3");
            assertThat(t.units()).hasSize(3);
            assertThat(t.label()).isEqualTo("1-3");
            assertThat(t.last()).isEqualTo(Unit.block("3", "3.1").statement(0));
        });
    }

    @Test
    void twoInOneBlockAndADryRun() {
        List<TransactionPlan> two = of("BEGIN;\nDELETE FROM a;\nCOMMIT;\nSTART TRANSACTION;\nDELETE FROM b;\nROLLBACK;");
        assertThat(two).extracting(TransactionPlan::commits).containsExactly(true, false);
        assertThat(two).extracting(t -> t.units().size()).containsExactly(3, 3);
    }

    @Test
    void savepointsEndNothing() {
        assertThat(of("BEGIN;\nSAVEPOINT a;\nDELETE FROM a;\nROLLBACK TO a;\nRELEASE a;\nCOMMIT;")).singleElement()
                .extracting(t -> t.units().size()).isEqualTo(6);
    }

    @Test
    void namedBlocks() {
        assertThat(of("SELECT 1;", "sql {transaction=swap}|DELETE FROM a;", "sql {transaction=swap}|DELETE FROM b;\nSELECT 1;",
                "sql {transaction=more}|SELECT 2;", "SELECT 3;")).satisfiesExactly(t -> {
                    assertThat(t.name()).isEqualTo("swap");
                    assertThat(t.steps()).containsExactly("2", "3");
                    assertThat(t.units()).hasSize(3);
                    assertThat(t.whole()).isTrue();
                }, t -> assertThat(t.name()).isEqualTo("more"));
    }

    @Test
    void whatIsNoWhole() {
        assertThat(of("sql {transaction=a}|SELECT 1;", "SELECT 2;", "sql {transaction=a}|SELECT 3;")).extracting(
                TransactionPlan::problem).containsExactly("", "its blocks do not follow each other: step 3 (line 19) comes"
                        + " after others");
        assertThat(of("sql {transaction=a}|SELECT 1;\nCOMMIT;")).extracting(TransactionPlan::problem).containsExactly(
                "step 1 (line 7) has a COMMIT of its own");
        assertThat(of("bash {transaction=a}|ls")).extracting(TransactionPlan::problem).containsExactly(
                "step 1 (line 7) is no SQL of PostgreSQL");
        assertThat(of("BEGIN;", "bash|ls", "COMMIT;")).extracting(TransactionPlan::problem).containsExactly(
                "step 2 (line 13) is no SQL");
        assertThat(of("BEGIN;\nDELETE FROM a;")).extracting(TransactionPlan::problem).containsExactly(
                "nothing in the text ends it");
        assertThat(of("BEGIN;", "|", "COMMIT;")).extracting(TransactionPlan::whole).containsExactly(false);
        assertThat(of("BEGIN;\nDELETE FROM a;\nCOMMIT AND CHAIN;\nCOMMIT;")).extracting(TransactionPlan::whole)
                .containsExactly(false);
        assertThat(of("BEGIN;\nDELETE FROM a;\nPREPARE TRANSACTION 'x';")).extracting(TransactionPlan::whole)
                .containsExactly(false);
    }

    @Test
    void noTransactionAtAll() {
        assertThat(of("SELECT 1;", "COMMIT;", "DELETE FROM a;")).isEmpty();
    }
}
