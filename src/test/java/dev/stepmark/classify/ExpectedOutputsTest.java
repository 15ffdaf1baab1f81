package dev.stepmark.classify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.runbook.ExpectedOutput;
import dev.stepmark.runbook.ExpectedOutput.Kind;
import dev.stepmark.runbook.Runbook;
import dev.stepmark.runbook.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which output of a document belongs to which of its commands. */
class ExpectedOutputsTest {

    @Test
    void whatFollowsACommandIsItsOutput() {
        Runbook runbook = Plans.of("""
                # Check

                1. Look at the pods:

                   ```bash
                   kubectl get pods
                   ```

                   You should see:

                   ```
                   NAME   READY   STATUS
                   web    1/1     Running
                   ```
                2. Look again:

                   ```bash
                   kubectl get nodes
                   ```

                   The output is similar to this:

                   ```
                   NAME   STATUS
                   n1     Ready
                   ```
                """);
        assertThat(runbook.expected()).hasSize(2);
        ExpectedOutput first = runbook.expected().get(0);
        assertThat(first.block()).isEqualTo("1.1");
        assertThat(first.statement()).isEqualTo(-1);
        assertThat(first.kind()).isEqualTo(Kind.OUTPUT);
        assertThat(first.span()).isEqualTo(new Span(11, 14));
        assertThat(first.text()).isEqualTo("NAME   READY   STATUS\nweb    1/1     Running\n");
        assertThat(first.lineOf(2)).isEqualTo(13);
        assertThat(runbook.expected().get(1).kind()).isEqualTo(Kind.EXAMPLE);
        assertThat(runbook.expected(runbook.steps().get(1).blocks().get(0))).containsExactly(runbook.expected().get(1));
    }

    @Test
    void outputBetweenCommandsBelongsToTheStatementAboveIt() {
        Runbook runbook = Plans.of("""
                # Check

                ```
                shop=# SELECT count(*) FROM orders;
                 count
                -------
                     3
                (1 row)

                shop=# ALTER TABLE orders ADD note text;
                ALTER TABLE
                shop=# SELECT 1 AS one;
                ```
                """);
        assertThat(runbook.expected()).extracting(ExpectedOutput::statement).containsExactly(0, 1);
        assertThat(runbook.expected().get(0).text()).startsWith(" count\n-------\n     3\n(1 row)\n");
        assertThat(runbook.expected().get(0).lineOf(3)).isEqualTo(7);
        assertThat(runbook.expected().get(1).text()).isEqualTo("ALTER TABLE\n");
    }

    @Test
    void outputBetweenShellCommandsIsThatOfTheBlock() {
        Runbook runbook = Plans.of("""
                # Check

                ```console
                $ echo one
                one
                $ echo two
                two
                ```
                """);
        assertThat(runbook.expected()).hasSize(1);
        assertThat(runbook.expected().get(0).text()).isEqualTo("one\ntwo\n");
        assertThat(runbook.expected().get(0).lineOf(2)).isEqualTo(7);
    }

    @Test
    void whatIsSeenInAnotherCaseIsNoExpectation() {
        assertThat(after("If the restore fails, you will see:", "", "pg_restore: done with 3\nrows restored").expected()).isEmpty();
        assertThat(after("If you see these errors, you can safely ignore them:", "", "ERROR:  relation \"a\" already exists")
                .expected()).isEmpty();
        assertThat(after("You should see:", "", "rows restored\ndone").expected()).hasSize(1);
    }

    @Test
    void onlyTheFirstOutputBehindACommandCounts() {
        Runbook runbook = Plans.of("""
                # Check

                ```bash
                service state
                ```

                You should see:

                ```
                state: ready
                ```

                On the other machine you should see:

                ```
                state: waiting
                ```
                """);
        assertThat(runbook.expected()).extracting(ExpectedOutput::text).containsExactly("state: ready\n");
    }

    @Test
    void aPersonInBetweenTakesTheOutputAway() {
        Runbook runbook = Plans.of("""
                # Check

                1. Run it:

                   ```bash
                   service restart
                   ```
                2. Tell the team
                3. Watch the screen. You should see:

                   ```
                   state: ready
                   ```
                """);
        assertThat(runbook.expected()).isEmpty();
    }

    @Test
    void theCommentOfInnovationEngineSaysHowMuch() {
        List<ExpectedOutput> share = after("Results:\n\n<!-- expected_similarity=0.8 -->", "output", "a b c d").expected();
        assertThat(share).extracting(ExpectedOutput::kind).containsExactly(Kind.SIMILAR);
        assertThat(share.get(0).percent()).isEqualTo(80);
        List<ExpectedOutput> regex = after("Results:\n\n<!-- expected_similarity=\"rows: \\\\d+\" -->", "output", "rows: 3").expected();
        assertThat(regex).extracting(ExpectedOutput::kind, ExpectedOutput::text).containsExactly(
                org.assertj.core.groups.Tuple.tuple(Kind.PATTERN, "rows: \\\\d+"));
    }

    private static Runbook after(String words, String info, String output) {
        return Plans.of("# Check\n\n```bash\nmake restore\n```\n\n" + words + "\n\n```" + info + "\n" + output + "\n```\n");
    }
}
