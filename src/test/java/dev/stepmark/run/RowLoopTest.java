package dev.stepmark.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.journal.Event;
import dev.stepmark.message.ExitCode;
import dev.stepmark.plan.RunOptions;
import dev.stepmark.session.Outcome;
import dev.stepmark.session.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A block is run once for each row of an earlier result: the rows are fixed, each is done once, whatever happens. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RowLoopTest {

    private static final String QUERY = "SELECT view_name, view_definition FROM known.views;";
    private static final String[] COPY = {"---", "connections: {factory: \"postgresql://localhost/factory\"}", "---", "# Copy",
        "1. List them:", "   ```sql", "   " + QUERY, "   ```",
        "2. Create each again:", "   ```sql", "   CREATE VIEW <VIEW_NAME> AS", "   <VIEW_DEFINITION>", "   ```"};

    @TempDir
    private Path runs;

    private Trial copy(List<List<String>> rows) {
        Trial trial = new Trial(runs, COPY);
        trial.database().on(QUERY, table(List.of("view_name", "view_definition"), rows));
        return trial;
    }

    private static Outcome table(List<String> columns, List<List<String>> rows) {
        return new Outcome.Done(0, List.of(), List.of(new Result("SELECT " + rows.size(), columns.stream().map(c ->
                new Result.Column(c, false)).toList(), rows, rows.size(), false)), Outcome.Transaction.NONE, Optional.empty());
    }

    private static List<List<String>> three() {
        return List.of(List.of("fills", " SELECT 1 AS a;"), List.of("output", " SELECT 2 AS b;"),
                List.of("stops", " SELECT 3 AS c;"));
    }

    private static String effect(String name, int value, String column) {
        return "factory, alone: CREATE VIEW " + name + " AS\n SELECT " + value + " AS " + column + ";";
    }

    private static final List<String> ALL = List.of(effect("fills", 1, "a"), effect("output", 2, "b"), effect("stops", 3, "c"));

    /** Answers a row's question with these keys in turn, then with the last one. */
    private static ScriptedOperator rows(Character... keys) {
        List<Character> left = new ArrayList<>(Arrays.asList(keys));
        return new ScriptedOperator(q -> {
            boolean row = q.prompt().contains(", row ") || q.prompt().equals("What now?");
            return !row ? ScriptedOperator.confirm(q) : new Reply.Key(left.size() > 1 ? left.remove(0) : left.get(0), "key");
        });
    }

    @Test
    void oneAnswerRunsAllRowsAndNoNameIsAskedFor() {
        Trial trial = copy(three());
        ScriptedOperator operator = rows('a');

        assertThat(trial.begin(operator)).isEqualTo(ExitCode.OK);
        assertThat(trial.database().effects()).isEqualTo(ALL);
        assertThat(operator.asked()).containsExactly("start", "step-1", "step-2.raw", "step-2");
        Question row = operator.questions().get(3);
        assertThat(row.prompt()).startsWith("Run 2, row 1 of 3, on ");
        assertThat(row.choices().stream().map(c -> (c.key() + " " + c.word()).strip())).containsExactly("r", "a all 3", "s this row",
                "e", "w", "q");
        assertThat(operator.questions().get(2).prompt()).isEqualTo("Use view_definition as SQL text in all 3 rows?");
        assertThat(operator.shown()).anyMatch(l -> l.matches("  1/3  fills   ok +0\\.\\d\\d s"))
                .anyMatch(l -> l.matches("ok 2  3 rows done, 0\\.\\d\\d s"));
        List<String> order = trial.log().events().stream().map(e -> e.event().getClass().getSimpleName()).toList();
        assertThat(order.indexOf("LoopPlanned")).isPositive().isLessThan(order.lastIndexOf("ExecStarted") - 6);
        assertThat(trial.events(Event.Decided.class)).filteredOn(d -> d.unit().block().equals("2.1")).singleElement()
                .satisfies(d -> assertThat(d.evidence()).isEqualTo("rows 1-3 of 3"));
    }

    @Test
    void eachRowCanBeAskedForAndOneLeftOut() {
        Trial trial = copy(three());
        ScriptedOperator operator = rows('r', 's', 'r');

        assertThat(trial.begin(operator)).isEqualTo(ExitCode.OK);
        assertThat(trial.database().effects()).containsExactly(ALL.get(0), ALL.get(2));
        assertThat(operator.shown()).anyMatch(l -> l.startsWith("ok 2  2 of 3 rows done, 1 left out; "));
        assertThat(operator.cards().get(operator.cards().size() - 1).title()).isEqualTo("2, row 3 of 3: stops");
    }

    @Test
    void aRowThatFailsStopsTheOthersUntilAPersonDecides() {
        Trial trial = copy(three());
        trial.database().onceOn("CREATE VIEW output AS\n SELECT 2 AS b;", new Outcome.Failed("42P07", "ERROR", Outcome.Transaction.NONE));
        ScriptedOperator operator = rows('a', 'r', 'a');

        assertThat(trial.begin(operator)).isEqualTo(ExitCode.OK);
        assertThat(trial.database().effects()).isEqualTo(ALL);
        assertThat(operator.asked()).containsExactly("start", "step-1", "step-2.raw", "step-2", "step-2.failed", "step-2");
        assertThat(operator.shown()).contains("FAILED 2  1 of 3 rows done; row 2 (output) failed")
                .anyMatch(l -> l.equals("  2/3  output  FAILED   SQLSTATE 42P07"));
        assertThat(operator.questions().get(4).choices().stream().map(Question.Choice::word)).containsExactly("row 2 again",
                "edit row 2", "skip row 2", "quit");
    }

    @Test
    void aRowThatFailedCanBeLeftOut() {
        Trial trial = copy(three());
        trial.database().on("CREATE VIEW output AS\n SELECT 2 AS b;", new Outcome.Failed("42P07", "ERROR", Outcome.Transaction.NONE));

        assertThat(trial.begin(rows('a', 's', 'r'))).isEqualTo(ExitCode.OK);
        assertThat(trial.database().effects()).containsExactly(ALL.get(0), ALL.get(2));
    }

    @Test
    void diesAnywhereAndGoesOnWithTheNextRow() {
        int died = 0;
        for (int n = 2; ; n++) {
            Trial trial = copy(three());
            if (!trial.dieAfter(n, rows('a'))) {
                break;
            }
            died++;
            int before = trial.database().effects().size();
            int finished = (int) trial.events(Event.ExecFinished.class).stream().filter(f -> f.tags().contains("CREATE")).count();
            ScriptedOperator operator = new ScriptedOperator(q -> q.kind() == Question.Kind.IN_DOUBT
                    ? new Reply.Key(before > finished ? 'm' : 'r', "key") : ScriptedOperator.confirm(q));
            assertThat(trial.resume(operator)).as("died after record %d", n).isEqualTo(ExitCode.OK);
            assertThat(trial.database().effects()).as("died after record %d: %s", n, operator.shown()).isEqualTo(ALL);
            assertThat(trial.events(Event.LoopPlanned.class)).as("died after record %d", n).hasSize(1);
        }
        assertThat(died).isGreaterThan(15);
    }

    @Test
    void aValueNeverBecomesAStatementMore() {
        Trial trial = copy(List.of(List.of("fills", " SELECT 1 AS a; DROP TABLE orders;"), List.of("output", "\\! rm -r x")));
        ScriptedOperator operator = rows('s');

        assertThat(trial.begin(operator)).isEqualTo(ExitCode.OK);
        assertThat(trial.database().effects()).isEmpty();
        assertThat(operator.problems()).extracting(m -> m.what()).first().asString().contains("row 1 of 2 (fills) cannot be filled"
                + " in: with these values the text has 2 statements, and in the document it has 1");
    }

    @Test
    void whatIsNullOrMaskedIsNotUsed() {
        List<String> nothing = Arrays.asList("fills", null);
        Trial trial = copy(List.of(nothing, List.of("output", "SELECT '***'")));
        ScriptedOperator operator = rows('s');

        assertThat(trial.begin(operator)).isEqualTo(ExitCode.OK);
        assertThat(trial.database().effects()).isEmpty();
        assertThat(operator.problems()).extracting(m -> m.what()).containsExactly(
                "2, row 1 of 2 (fills) cannot be filled in: view_definition is NULL",
                "2, row 2 of 2 (output) cannot be filled in: view_definition has a secret in it, which is not kept");
    }

    @Test
    void withoutARowNothingIsAskedAndNothingRuns() {
        Trial trial = copy(List.of());
        ScriptedOperator operator = rows('r');

        assertThat(trial.begin(operator)).isEqualTo(ExitCode.OK);
        assertThat(operator.asked()).containsExactly("start", "step-1");
        assertThat(operator.shown()).contains("skipped 2  for no row: step 1 returned no row");
        assertThat(trial.database().effects()).isEmpty();
    }

    @Test
    void oneRowIsAnOrdinaryStep() {
        Trial trial = copy(three().subList(0, 1));
        ScriptedOperator operator = new ScriptedOperator();

        assertThat(trial.begin(operator)).isEqualTo(ExitCode.OK);
        assertThat(trial.database().effects()).isEqualTo(ALL.subList(0, 1));
        assertThat(operator.questions().get(3).prompt()).startsWith("Run 2 on ");
        assertThat(operator.questions().get(2).prompt()).isEqualTo("Use view_definition as SQL text?");
    }

    @Test
    void moreRowsThanAreKeptAreRefused() {
        Trial trial = new Trial(runs, COPY).options(Trial.batch(true, true, true, Map.of("step-2.raw", "yes")));
        trial.database().on(QUERY, new Outcome.Done(0, List.of(), List.of(new Result("SELECT 5000", List.of(
                new Result.Column("view_name", false), new Result.Column("view_definition", false)), three(), 5000, false)),
                Outcome.Transaction.NONE, Optional.empty()));
        Unattended nobody = new Unattended(Trial.batch(true, true, true, Map.of("step-2.raw", "yes")));

        assertThat(trial.begin(nobody.operator())).isEqualTo(ExitCode.REFUSED);
        assertThat(nobody.text()).contains("step 2 has no rows: step 1 returned 5,000 rows, and only 3 are kept");
        assertThat(trial.database().effects()).isEmpty();
    }

    @Test
    void nobodyThere() {
        RunOptions options = Trial.batch(true, false, false, Map.of("step-2.raw", "yes"));
        Trial trial = copy(three()).options(options);
        Unattended nobody = new Unattended(options);

        assertThat(trial.begin(nobody.operator())).isEqualTo(ExitCode.OK);
        assertThat(trial.database().effects()).isEqualTo(ALL);
        assertThat(nobody.text()).contains("  3/3  stops   ok");
    }

    @Test
    void nobodyThereAndTextNotAgreedTo() {
        RunOptions options = Trial.batch(true, false, false, Map.of());
        Trial trial = copy(three()).options(options);
        Unattended nobody = new Unattended(options);

        assertThat(trial.begin(nobody.operator())).isEqualTo(ExitCode.REFUSED);
        assertThat(nobody.text()).contains("--answer step-2.raw=yes");
        assertThat(trial.database().effects()).isEmpty();
    }

    @Test
    void nobodyThereAndARowFails() {
        RunOptions options = Trial.batch(true, false, false, Map.of("step-2.raw", "yes"));
        Trial trial = copy(three()).options(options);
        trial.database().on("CREATE VIEW output AS\n SELECT 2 AS b;", new Outcome.Failed("42P07", "ERROR", Outcome.Transaction.NONE));

        assertThat(trial.begin(new Unattended(options).operator())).isEqualTo(ExitCode.FAILED);
        assertThat(trial.database().effects()).containsExactly(ALL.get(0));
    }

    @Test
    void aRowThatWasLostIsInDoubtByItself() {
        Trial trial = copy(three());
        trial.database().onceOn("CREATE VIEW output AS\n SELECT 2 AS b;", new Outcome.Lost("the server went away"));
        ScriptedOperator operator = new ScriptedOperator(q -> q.kind() == Question.Kind.IN_DOUBT ? new Reply.Key('r', "key")
                : q.prompt().contains(", row ") ? new Reply.Key('a', "key") : ScriptedOperator.confirm(q));

        assertThat(trial.begin(operator)).isEqualTo(ExitCode.OK);
        assertThat(trial.database().effects()).isEqualTo(ALL);
        assertThat(operator.results()).filteredOn(r -> r.word().equals("IN DOUBT")).extracting(ResultCard::unit)
                .containsExactly("2, row 2 of 3", "2 row 2");
    }

    @Test
    void goingBackFixesTheRowsAnew() {
        Trial trial = new Trial(runs, Stream.concat(Stream.of(COPY), Stream.of("3. Look:", "   ```sql", "   SELECT 1;", "   ```"))
                .toArray(String[]::new));
        trial.database().on(QUERY, table(List.of("view_name", "view_definition"), three().subList(0, 2)));
        boolean[] gone = {false};
        ScriptedOperator operator = new ScriptedOperator(q -> {
            if (q.id().equals("step-3") && !gone[0]) {
                gone[0] = true;
                trial.database().on(QUERY, table(List.of("view_name", "view_definition"), three().subList(2, 3)));
                return new Reply.Command("goto", "1");
            }
            return q.prompt().contains(", row ") ? new Reply.Key('a', "key") : ScriptedOperator.confirm(q);
        });

        assertThat(trial.begin(operator)).isEqualTo(ExitCode.OK);
        assertThat(trial.database().effects()).containsExactly(ALL.get(0), ALL.get(1), ALL.get(2));
        assertThat(trial.events(Event.LoopPlanned.class)).hasSize(2);
    }

    @Test
    void aListOfTheAuthor() {
        Trial trial = new Trial(runs, "---", "connections: {factory: \"postgresql://localhost/factory\"}", "---", "# Each",
                "1. Look:", "   ```sql {capture=big}", "   SELECT relname, pages FROM sizes;", "   ```",
                "2. Vacuum the large ones:", "   ```sql {foreach=\"big.rows.filter(r, int(r.pages) > 10)\"}",
                "   VACUUM <RELNAME>;", "   ```", "3. Two more:", "   ```sql {foreach=\"['x1', 'x2']\"}", "   VACUUM <which>;", "   ```");
        trial.database().on("SELECT relname, pages FROM sizes;", table(List.of("relname", "pages"), List.of(List.of("a", "5"),
                List.of("b", "50"), List.of("c", "500"))));
        ScriptedOperator operator = rows('a');

        assertThat(trial.begin(operator)).isEqualTo(ExitCode.OK);
        assertThat(trial.database().effects()).containsExactly("factory, alone: VACUUM b;", "factory, alone: VACUUM c;",
                "factory, alone: VACUUM x1;", "factory, alone: VACUUM x2;");
    }

    @Test
    void aValueOfTheOperatorGoesForAll() {
        RunOptions given = new RunOptions(Map.of(), Map.of(), Map.of("RELNAME", "mine"), Map.of(), Optional.empty(), Optional.empty(),
                java.util.Set.of(), java.util.Set.of(), false, false, false, Map.of());
        Trial trial = new Trial(runs, "---", "connections: {factory: \"postgresql://localhost/factory\"}", "---", "# Each",
                "1. Look:", "   ```sql", "   SELECT relname FROM sizes;", "   ```", "2. Vacuum:", "   ```sql",
                "   VACUUM <RELNAME>;", "   ```").options(given);

        assertThat(trial.begin(new ScriptedOperator())).isEqualTo(ExitCode.OK);
        assertThat(trial.database().effects()).containsExactly("factory, alone: VACUUM mine;");
    }

    @Test
    void aSemicolonAtBothEndsIsOneStatement() {
        Trial trial = new Trial(runs, "---", "connections: {factory: \"postgresql://localhost/factory\"}", "---", "# Copy",
                "1. List them:", "   ```sql", "   " + QUERY, "   ```",
                "2. Create each again:", "   ```sql", "   CREATE VIEW <VIEW_NAME> AS <VIEW_DEFINITION>;", "   ```");
        trial.database().on(QUERY, table(List.of("view_name", "view_definition"), List.of(List.of("Daily output",
                "SELECT 1 AS a;"))));

        assertThat(trial.begin(new ScriptedOperator())).isEqualTo(ExitCode.OK);
        assertThat(trial.database().effects()).singleElement().asString().matches("factory, alone: CREATE VIEW \"Daily output\" AS"
                + " SELECT 1 AS a;;?");
    }

    @Test
    void theRemarkSaysWhatEachColumnBecomes() {
        Trial trial = copy(three());
        ScriptedOperator operator = rows('a');
        trial.begin(operator);

        assertThat(operator.cards().get(1).before()).endsWith("For each of the 3 rows of step 1:  fills, output, stops",
                "view_name as an identifier, view_definition as SQL text (raw), from step 1");
    }
}
