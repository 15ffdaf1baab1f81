package dev.stepmark.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.stepmark.markdown.DocumentReader;
import dev.stepmark.message.StepmarkException;
import dev.stepmark.runbook.Executor;
import dev.stepmark.runbook.Risk;
import dev.stepmark.runbook.Span;
import dev.stepmark.runbook.Statement;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StatementsTest {

    @Test
    void aShellTextIsOneExecution() {
        List<Statement> statements = Statements.of(Executor.SHELL, "cd /tmp\nls | wc -l\n", 7);
        assertThat(statements).extracting(Statement::kind, Statement::text, Statement::span, Statement::verb).containsExactly(
                tuple(Statement.Kind.SHELL, "cd /tmp\nls | wc -l", new Span(7, 8), "cd"));
    }

    @Test
    void sqlIsOneForEachStatement() {
        List<Statement> statements = Statements.of(Executor.PSQL, "\\c plant\n\nSELECT 1;\nDROP TABLE t\n", 7);
        assertThat(statements).extracting(Statement::kind, Statement::text, Statement::span).containsExactly(
                tuple(Statement.Kind.META, "\\c plant", new Span(7, 7)), tuple(Statement.Kind.SQL, "SELECT 1;", new Span(9, 9)),
                tuple(Statement.Kind.SQL, "DROP TABLE t", new Span(10, 10)));
        assertThat(statements.get(1).risk()).isEqualTo(Risk.READ_ONLY);
        assertThat(statements.get(2).risk()).isEqualTo(Risk.DESTRUCTIVE);
    }

    @Test
    void anOpenerIsOneOfItsOwn() {
        assertThat(Statements.of(Executor.SHELL, "# connect\npsql \\\n  -h db1 plant\n", 7)).extracting(Statement::kind,
                Statement::text).containsExactly(tuple(Statement.Kind.OPENER, "psql \\\n  -h db1 plant"));
        assertThat(Statements.of(Executor.SHELL, "cd x && psql\n", 7)).extracting(Statement::kind)
                .containsExactly(Statement.Kind.SHELL);
    }

    @Test
    void nothingIsExecutedElsewhere() {
        assertThat(Statements.of(Executor.PROMQL, "up", 1)).isEmpty();
        assertThat(Statements.of(Executor.SHELL, " \n", 1)).isEmpty();
        assertThat(Statements.of(Executor.PSQL, "-- a comment\n", 1)).isEmpty();
    }

    @Test
    void survivesGarbage() {
        String[] pieces = {"# h\n", "1. x\n", "   ", "\n", "\n\n", "```", "```sql\n", "```bash {", "name=a", "}", "~~~\n", "psql",
            "exit\n", "SELECT 1;", "'", "\"", "$(", "<X>", "\\c x", "- y\n", "> z\n", "If there are any, ", "$ ls\n",
            "<!-- stepmark: ", "-->\n", "=", "a=# ", "(1 row)\n", "---+---\n", "ssh h\n", "{\"a\":", "[", "Open a shell in the x pod\n"};
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            String text = random.ints(random.nextInt(120) + 1, 0, pieces.length).mapToObj(i -> pieces[i])
                    .collect(Collectors.joining());
            assertThat(survives(text)).as("seed %d", seed).isTrue();
        }
    }

    private static boolean survives(String text) {
        try {
            var document = DocumentReader.read("g.md", text.getBytes(StandardCharsets.UTF_8));
            long blocks = text.isEmpty() ? 0 : Classifier.classify(document).steps().stream().flatMap(s -> s.blocks().stream())
                    .filter(b -> b.why().isBlank()).count();
            return blocks == 0;
        } catch (StepmarkException e) {
            return e.message().what().contains("g.md");
        }
    }
}
