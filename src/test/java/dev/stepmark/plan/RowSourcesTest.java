package dev.stepmark.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.classify.Classifier;
import dev.stepmark.markdown.DocumentReader;
import dev.stepmark.runbook.Runbook;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which placeholders the rows of an earlier result fill, and which are values that somebody is asked for. */
class RowSourcesTest {

    private static Runbook runbook(String... blocks) {
        StringBuilder text = new StringBuilder("---\nconnections: {db: \"postgresql://localhost/db\"}\n---\n# Test\n");
        for (int i = 0; i < blocks.length; i++) {
            String[] parts = blocks[i].split("\\|", 2);
            text.append("\n").append(i + 1).append(". Step:\n\n   ```").append(parts[0]).append("\n   ").append(parts[1].replace("\n",
                    "\n   ")).append("\n   ```\n");
        }
        return Classifier.classify(DocumentReader.read("test.md", text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> asked(Runbook runbook) {
        return Questionnaire.of(runbook, s -> List.of(), Map.of()).stream().filter(q -> q.kind() == PlannedQuestion.Kind.VALUE)
                .map(PlannedQuestion::id).toList();
    }

    private static RowSources.Rows last(Runbook runbook) {
        return RowSources.of(runbook).of(runbook.steps().get(runbook.steps().size() - 1).executables().get(0)).orElse(null);
    }

    @Test
    void aColumnBeforeFillsAPlaceholderAfterIt() {
        Runbook runbook = runbook("sql|SELECT view_name, view_definition FROM v;", "sql|DROP VIEW <VIEW_NAME>;");
        assertThat(last(runbook).step()).isEqualTo("1");
        assertThat(last(runbook).columns()).isEqualTo(Map.of("VIEW_NAME", "view_name"));
        assertThat(asked(runbook)).isEmpty();
    }

    @Test
    void whatIsNeededBeforeTheQueryIsAValueEverywhere() {
        Runbook runbook = runbook("sql|SELECT tab FROM t WHERE owner = '<OWNER>';", "sql|SELECT owner FROM x;",
                "sql|ALTER TABLE y OWNER TO <OWNER>;");
        assertThat(last(runbook)).isNull();
        assertThat(asked(runbook)).containsExactly("OWNER");
    }

    @Test
    void aNameThatIsAlsoAValueOfALaterStepIsAskedFor() {
        Runbook runbook = runbook("sql|SELECT datname FROM d;", "sql|ALTER DATABASE <DATNAME> SET x = 1;",
                "bash|psql -h h -U u <DATNAME>");
        assertThat(RowSources.of(runbook).names()).isEmpty();
        assertThat(asked(runbook)).containsExactly("DATNAME");
    }

    @Test
    void theResultWithMostOfTheNamesCountsAndOfTwoTheLater() {
        Runbook runbook = runbook("sql|SELECT a, b FROM t;", "sql|SELECT a FROM t;", "sql|UPDATE x SET c = <A> WHERE d = <B>;");
        assertThat(last(runbook).step()).isEqualTo("1");
        Runbook twice = runbook("sql|SELECT a FROM t;", "sql|SELECT a FROM t;", "sql|UPDATE x SET c = <A>;");
        assertThat(last(twice).step()).isEqualTo("2");
    }

    @Test
    void secretsAndDeclaredValuesAreNeverTakenFromRows() {
        Runbook runbook = runbook("sql|SELECT usename, password FROM t;", "bash|echo <PASSWORD>");
        assertThat(last(runbook)).isNull();
    }

    @Test
    void theAuthorsLoop() {
        Runbook named = runbook("sql {capture=big}|SELECT relname FROM t;", "sql {foreach=big}|VACUUM <RELNAME> <option>;");
        assertThat(last(named).columns()).isEqualTo(Map.of("RELNAME", "relname"));
        assertThat(asked(named)).containsExactly("option");
        Runbook unknown = runbook("sql {capture=big}|SELECT * FROM t;", "sql {foreach=big}|VACUUM <RELNAME>;");
        assertThat(last(unknown).columns()).isEqualTo(Map.of("RELNAME", "RELNAME"));
        assertThat(asked(unknown)).isEmpty();
        Runbook expression = runbook("sql {foreach=\"['a','b']\"}|VACUUM <t>;");
        assertThat(last(expression).source()).isEqualTo("['a','b']");
    }

    @Test
    void textThatRunsWantsAnAnswerOfItsOwn() {
        Runbook runbook = runbook("sql|SELECT view_name, view_definition FROM v;", "sql|CREATE VIEW <VIEW_NAME> AS\n<VIEW_DEFINITION>");
        assertThat(Questionnaire.of(runbook, s -> List.of(), Map.of())).filteredOn(q -> q.id().equals("step-2.raw")).singleElement()
                .satisfies(q -> {
                    assertThat(q.kind()).isEqualTo(PlannedQuestion.Kind.INFERENCE);
                    assertThat(q.text()).isEqualTo("Step 2: use view_definition as SQL text in all rows?");
                });
    }
}
