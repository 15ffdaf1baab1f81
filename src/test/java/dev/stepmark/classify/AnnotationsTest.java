package dev.stepmark.classify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.message.StepmarkException;
import dev.stepmark.runbook.Attributes;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Condition;
import dev.stepmark.runbook.Gate;
import dev.stepmark.runbook.Role;
import dev.stepmark.runbook.Runbook;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnnotationsTest {

    @ParameterizedTest
    @ValueSource(strings = {
        "sql {name=look capture=rows}",
        "sql {name=\"look\", capture='rows'}",
        "sql { name = look  capture = rows }",
        "sql {\"name\": \"look\", \"capture\":\"rows\"}",
        "sql{name=look capture=rows}",
    })
    void readsAllForms(String info) {
        Block block = Plans.block(info, "SELECT 1;");
        assertThat(block.attributes()).isEqualTo(new Attributes(Map.of("name", "look", "capture", "rows"), Map.of()));
        assertThat(block.info()).isEqualTo("sql");
        assertThat(block.executable()).isTrue();
    }

    @Test
    void readsQuotedValuesToTheirEnd() {
        Attributes read = Plans.block("sh {when=\"a.rowCount > 0 && b == '}'\" verify=\"test \\\"$A\\\" = x\" timeout=30s}", "ls")
                .attributes();
        assertThat(read.when()).contains("a.rowCount > 0 && b == '}'");
        assertThat(read.verify()).contains("test \"$A\" = x");
        assertThat(read.timeout()).contains("30s");
    }

    @Test
    void readsTheCommentBeforeTheFence() {
        Runbook runbook = Plans.of("# t\n\n<!-- stepmark: name=a when=\"b.rowCount > 0\" -->\n```sql\nSELECT 1;\n```\n");
        assertThat(runbook.steps().get(0).name()).isEqualTo("a");
        assertThat(runbook.steps().get(0).condition()).contains(new Condition("b.rowCount > 0", 4, Condition.Source.DECLARED,
                "b.rowCount > 0", ""));
        assertThat(runbook.step("a")).isPresent();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bash {title=x .numberLines}        | bash
            bash title="a b" hl_lines="1"      | bash
            bash#tag                           | bash
            bash :name                         | bash
            {.bash data-prompt="$"}            | bash
            bash {node=1 tag=x cwd=/ id=a}     | bash
            """)
    void keepsKeysOfOtherTools(String info, String language) {
        Block block = Plans.block(info, "ls");
        assertThat(block.attributes().known()).isEmpty();
        assertThat(block.info()).isEqualTo(info);
        assertThat(InfoString.of(info).language()).isEqualTo(language);
        assertThat(block.role()).isEqualTo(Role.EXECUTE);
    }

    @Test
    void theTerminalIsGivenOrKept() {
        assertThat(Plans.block("sh {interactive=true}", "./menu").attributes().interactive()).contains(true);
        assertThat(Plans.block("sh {interactive=false}", "vi x").attributes().interactive()).contains(false);
        assertThat(Plans.block("sh", "vi x").attributes().interactive()).isEmpty();
    }

    @Test
    void readsOurKeysAlsoWithoutBraces() {
        assertThat(Plans.block("sql capture=rows", "SELECT 1;").attributes().capture()).contains("rows");
    }

    @Test
    void refusesATypingErrorWithACaret() {
        Message message = refused("sql {captuer=conflicts}");
        assertThat(message.what()).isEqualTo("a.md:5: \"captuer\" is no attribute of a block");
        assertThat(message.excerpt()).containsExactly("  5 | ```sql {captuer=conflicts}", "    |         ^^^^^^^");
        assertThat(message.meaning()).containsExactly(
                "The nearest is capture. The block was not read, so the runbook is refused.");
    }

    @Test
    void refusesATypingErrorInAComment() {
        StepmarkException e = Assertions.assertThrows(StepmarkException.class,
                () -> Plans.of("# t\n\n<!-- stepmark: whne=\"a > 0\" -->\n```sql\nSELECT 1;\n```\n"));
        assertThat(e.message().what()).isEqualTo("a.md:3: \"whne\" is no attribute of a block");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sql {timeout=soon}                  | "soon" is no value for timeout
            sql {timeout=0s}                    | "0s" is no value for timeout
            sql {interactive=never}             | "never" is no value for interactive
            sql {run=maybe}                     | "maybe" is no value for run
            sql {capture=a-b}                   | "a-b" is no value for capture
            sql {capture=step_3}                | "step_3" is no value for capture
            sql {capture}                       | "capture" has no value
            sql {when=""}                       | "when" has no value
            sql {name=a name=b}                 | "name" is given twice
            sql {minimum_version=new}           | "new" is no value for minimum_version
            sql {when="a > 0}                   | a quoted value is never closed
            """)
    void refusesValuesThatCannotBeRight(String info, String what) {
        assertThat(refused(info).what()).isEqualTo("a.md:5: " + what);
    }

    @Test
    void boundsOfABlockBindItsStep() {
        Runbook runbook = Plans.of("---\nversion: {product: p}\n---\n# t\n\n```sql {minimum-version=1.10 maximum_version=2}\nSELECT 1;\n```\n");
        assertThat(runbook.steps().get(0).gates()).containsExactly(
                new Gate(6, "p", "1.10", "", "1", "attribute minimum_version"),
                new Gate(6, "p", "", "2", "1", "attribute maximum_version"));
    }

    @Test
    void runFalseOnlyShows() {
        Block block = Plans.block("sql {run=false}", "DROP TABLE t;");
        assertThat(block.role()).isEqualTo(Role.REFERENCE);
        assertThat(block.executable()).isFalse();
        assertThat(block.runByDefault()).isFalse();
        assertThat(Plans.block("sql {run=true}", "SELECT 1;").executable()).isTrue();
    }

    @Test
    void namesTellStepsApart() {
        StepmarkException e = Assertions.assertThrows(StepmarkException.class, () -> Plans.of(
                "1. A\n\n   ```sh {name=x}\n   ls\n   ```\n\n2. B\n\n   ```sh {name=x}\n   ls\n   ```\n"));
        assertThat(e.message().what()).isEqualTo("a.md:9: the name \"x\" is taken by line 3");
        assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aStepHasOneCondition() {
        StepmarkException e = Assertions.assertThrows(StepmarkException.class, () -> Plans.of(
                "1. A\n\n   ```sh\n   ls\n   ```\n\n   ```sh {when=\"a\"}\n   rm x\n   ```\n"));
        assertThat(e.message().what()).isEqualTo("a.md:7: the blocks of step 1 have different conditions");
    }

    @Test
    void aDeclaredConditionKnowsItsQuery() {
        Runbook runbook = Plans.of("1. A\n\n   ```sql {capture=rows}\n   SELECT 1;\n   ```\n\n2. B\n\n"
                + "   ```sql {when=\"rows.rowCount > 0\"}\n   DELETE FROM t;\n   ```\n");
        assertThat(runbook.steps().get(1).condition().orElseThrow().dependsOn()).isEqualTo("1");
        assertThat(runbook.steps().get(1).blocks().get(0).runByDefault()).isTrue();
        assertThat(runbook.steps().get(1).blocks().get(0).inferences()).isEmpty();
    }

    private static Message refused(String info) {
        return Assertions.assertThrows(StepmarkException.class, () -> Plans.block(info, "SELECT 1;")).message();
    }
}
