package dev.stepmark.classify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Executor;
import dev.stepmark.runbook.Role;
import dev.stepmark.runbook.Statement;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule with what it takes and with what it must leave alone; {@code /} stands for a line break. */
class BlockRulesTest {

    @Test
    void rulesHaveDistinctNames() {
        List<String> names = BlockRules.ORDERED.stream().map(BlockRule::name).toList();
        assertThat(new HashSet<>(names)).hasSameSizeAs(names);
        assertThat(names).startsWith("in-a-sentence", "unclosed-fence");
        assertThat(BlockRules.ORDERED).allSatisfy(r -> assertThat(r.patterns()).matches("\\d+(, \\d+)*"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bash           | kubectl get pods                                | EXECUTE
            console        | $ kubectl get pods                              | EXECUTE
            bash           | unknowntool --flag                              | EXECUTE
            bash           | ./bin/tool start                                | EXECUTE
            bash           | NAME=x; echo $NAME                              | EXECUTE
            bash           | - Dropping the database...                      | MALFORMED
            bash           | . ./env.sh                                      | EXECUTE
            bash           | Set the value of x                              | MALFORMED
            bash           | set -e                                          | EXECUTE
            ''             | Create a new table                              | MALFORMED
            ''             | create table a (b int)                          | EXECUTE
            bash           | # only a comment                                | REFERENCE
            bash           | Do you want to continue? [Y/n] y                | SAMPLE_OUTPUT
            bash           | echo "open                                      | MALFORMED
            ''             | kubectl get pods                                | EXECUTE
            ''             | SELECT 1;                                       | EXECUTE
            ''             | some words here                                 | MALFORMED
            ''             | NAME      READY   STATUS                        | SAMPLE_OUTPUT
            ''             | ERROR:  relation "a" exists                     | SAMPLE_OUTPUT
            text           | kubectl get pods                                | REFERENCE
            sql            | SELECT 1;                                       | EXECUTE
            sql            | SELECT 'open                                    | MALFORMED
            sql            | WHERE a = 1                                     | REFERENCE
            SQL            | UPDATE t SET a = 1;                             | EXECUTE
            output         | kubectl get pods                                | SAMPLE_OUTPUT
            ruby           | puts 1                                          | REFERENCE
            promql         | up == 0                                         | QUERY_ELSEWHERE
            powershell     | Get-Process                                     | EXECUTE
            mysql          | SELECT 1;                                       | EXECUTE
            yaml           | a: b                                            | REFERENCE
            json           | {}                                              | REFERENCE
            """)
    void decidesByLabelAndContent(String info, String text, Role role) {
        assertThat(Plans.block("Look:", info, text.replace(" / ", "\n")).role()).isEqualTo(role);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            You should see the following:                        | bash | kubectl get pods   | SAMPLE_OUTPUT
            The output is similar to this:                       | bash | kubectl get pods   | SAMPLE_OUTPUT
            Run it. You will see something like this:            | ''   | a b c              | SAMPLE_OUTPUT
            Output:                                              | sql  | SELECT 1;          | SAMPLE_OUTPUT
            You should see it. To stop it, run:                  | bash | kubectl get pods   | EXECUTE
            Run the following command to see the output:         | bash | kubectl get pods   | EXECUTE
            For example:                                         | bash | kubectl get pods   | EXECUTE
            For example:                                         | sql  | SELECT 1;          | EXECUTE
            For example:                                         | bash | Some Words         | SAMPLE_OUTPUT
            Add this to the file values.yaml:                    | yaml | a: b               | FILE_FRAGMENT
            """)
    void readsTheWordsBefore(String leadIn, String info, String text, Role role) {
        assertThat(Plans.block(leadIn, info, text).role()).isEqualTo(role);
    }

    @Test
    void takesPromptsOff() {
        Block block = Plans.block("console", "[root@db ~]# echo one \\\n  two\n# a comment\n[root@db ~]# echo three");
        assertThat(block.role()).isEqualTo(Role.EXECUTE);
        assertThat(block.text()).isEqualTo("echo one \\\n  two\n# a comment\necho three\n");
        assertThat(Plans.block("bash", "echo $ x").text()).isEqualTo("echo $ x\n");
    }

    @Test
    void leavesOutputBetweenPromptsOut() {
        Block block = Plans.block("bash", "$ kubectl get pods\nNAME   READY\nweb-0  1/1\n$ kubectl delete pod web-0\ndeleted");
        assertThat(block.role()).isEqualTo(Role.MIXED);
        assertThat(block.text()).isEqualTo("kubectl get pods\nkubectl delete pod web-0\n");
        assertThat(block.statements()).extracting(Statement::span).singleElement()
                .satisfies(span -> assertThat(List.of(span.first(), span.last())).containsExactly(6, 9));
    }

    @Test
    void looksForTheEndOfACommandOnlySoFar() {
        String long1 = "$ echo '" + "\nx".repeat(Stripped.MAX_CONTINUED - 2) + "\n'\n$ ls";
        assertThat(Plans.block("sh", long1).text()).endsWith("\n'\nls\n");
        assertThat(Plans.block("sh", long1.replace("\n'", "\nx\n'")).role()).isEqualTo(Role.MALFORMED);
        assertThat(Plans.block("", "a=# SELECT 1" + "\na-# , 1".repeat(Stripped.MAX_CONTINUED)).role()).isEqualTo(Role.MALFORMED);
    }

    @Test
    void readsThePromptOfPsql() {
        Block block = Plans.block("", "plant=# SELECT a\nplant-# FROM t;\n a\n---\n 1\n(1 row)\n\nplant=# \\q");
        assertThat(block.role()).isEqualTo(Role.MIXED);
        assertThat(block.executor()).isEqualTo(Executor.PSQL);
        assertThat(block.statements()).extracting(Statement::text).containsExactly("SELECT a\nFROM t;", "\\q");
    }

    @Test
    void knowsResultsWhateverTheirLabel() {
        String table = " a | b\n---+---\n 1 | 2\n(1 row)";
        assertThat(Plans.block("sql", table).role()).isEqualTo(Role.SAMPLE_OUTPUT);
        assertThat(Plans.block("bash", "+----+\n| a  |\n+----+").role()).isEqualTo(Role.SAMPLE_OUTPUT);
        Block both = Plans.block("sql", "SELECT a, b FROM t;\n" + table);
        assertThat(both.role()).isEqualTo(Role.MIXED);
        assertThat(both.text()).isEqualTo("SELECT a, b FROM t;\n");
        assertThat(Plans.block("sql", "SELECT a, b FROM t\n" + table).role()).isEqualTo(Role.MALFORMED);
        assertThat(Plans.block("sql", "-- ---- a comment ----\nSELECT 1;").role()).isEqualTo(Role.EXECUTE);
    }

    @Test
    void takesMetaCommandsAndSqlInAShellFenceForPsql() {
        Block meta = Plans.block("bash", "\\dt");
        assertThat(meta.executor()).isEqualTo(Executor.PSQL);
        assertThat(meta.inferences()).extracting(i -> i.id()).containsExactly("step-1.as-sql");
        assertThat(Plans.block("bash", "SELECT 1;").executor()).isEqualTo(Executor.PSQL);
        assertThat(Plans.block("sql", "\\dt").inferences()).isEmpty();
    }

    @Test
    void runsNothingOfAFenceThatIsNeverClosed() {
        Block block = Plans.of("# t\n\n```bash\necho a\n\n## Rollback\n\nText\n\n    echo b\n").steps().get(0)
                .blocks().get(0);
        assertThat(block.role()).isEqualTo(Role.MALFORMED);
        assertThat(block.why()).contains("line 3 is never closed, so everything up to line 10");
        assertThat(block.statements()).isEmpty();
    }

    @Test
    void runsNothingOfAFenceThatHasSwallowedAnother() {
        Block block = Plans.of("# t\n\n```bash\necho a\n\nText\n\n```bash\necho b\n```\n").steps().get(0).blocks().get(0);
        assertThat(block.role()).isEqualTo(Role.MALFORMED);
        assertThat(block.why()).startsWith("another fence opens inside of it");
    }

    @Test
    void refusesToGuessWhereABlockGoesOnInAnotherSession() {
        assertThat(Plans.block("bash", "psql\nSELECT 1;").role()).isEqualTo(Role.MALFORMED);
        assertThat(Plans.block("", "psql plant\nplant=# SELECT 1;").role()).isEqualTo(Role.MALFORMED);
        assertThat(Plans.block("", "$ psql plant\nplant=# SELECT 1;").role()).isEqualTo(Role.MALFORMED);
        Block last = Plans.block("bash", "cd /tmp\npsql plant");
        assertThat(last.statements()).extracting(Statement::kind, Statement::text).containsExactly(
                org.assertj.core.api.Assertions.tuple(Statement.Kind.SHELL, "cd /tmp"),
                org.assertj.core.api.Assertions.tuple(Statement.Kind.OPENER, "psql plant"));
    }

    @Test
    void knownErrorsAreNoCommands() {
        String errors = "# t\n\n## Troubleshooting\n\nThis can happen:\n\n```bash\npg_restore: error: x\n```\n";
        assertThat(Plans.of(errors).steps().get(0).blocks().get(0).role()).isEqualTo(Role.SAMPLE_OUTPUT);
        assertThat(Plans.of(errors.replace("pg_restore: error: x", "kubectl get pods")).steps().get(0).blocks().get(0).role())
                .isEqualTo(Role.EXECUTE);
    }

    @Test
    void bodiesOfAdmonitionsAreWords() {
        Block block = Plans.of("# t\n\n!!! note\n\n    kubectl delete pod web-0\n").steps().get(0).blocks().get(0);
        assertThat(block.role()).isEqualTo(Role.REFERENCE);
        Block indented = Plans.of("# t\n\nRun:\n\n    kubectl get pods\n").steps().get(0).blocks().get(0);
        assertThat(indented.role()).isEqualTo(Role.EXECUTE);
    }
}
