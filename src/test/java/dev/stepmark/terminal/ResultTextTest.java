package dev.stepmark.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.run.ResultCard;
import dev.stepmark.session.Result;
import dev.stepmark.session.Result.Column;
import dev.stepmark.table.Pset;
import dev.stepmark.table.TableOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResultTextTest {

    private static final List<Column> COLUMNS = List.of(new Column("line_id", true), new Column("name", false),
            new Column("count", true));

    private static String shown(int width, boolean dumb, Result result) {
        Captured captured = new Captured(width, false, dumb);
        captured.screen.result(new ResultCard("ok", "5", "", List.of(result), "", List.of()));
        return captured.text();
    }

    private static Result of(List<Column> columns, List<List<String>> rows) {
        return new Result("SELECT " + rows.size(), columns, rows, rows.size(), false);
    }

    private static List<List<String>> orders(int count) {
        return IntStream.range(0, count).mapToObj(i -> List.of("3", "WO-" + (10 + i), "2")).toList();
    }

    @Test
    void anAlignedTable() {
        assertThat(shown(80, false, of(COLUMNS, List.of(List.of("3", "WO-10", "4"), List.of("3", "WO-17", "3")))))
                .isEqualTo("""
                          |  line_id | name  | count
                          | ---------+-------+-------
                          |        3 | WO-10 |     4
                          |        3 | WO-17 |     3
                          | (2 rows)
                        ok 5
                        """);
    }

    private static Result printed(String... settings) {
        TableOptions options = TableOptions.DEFAULTS;
        for (String setting : settings) {
            String[] words = setting.split(" ", 2);
            options = Pset.apply(options, words[0], Optional.of(words[1])).options();
        }
        return new Result("SELECT 2", COLUMNS, List.of(List.of("3", "WO-10", "4"), Arrays.asList("3", null, "3")), 2,
                options);
    }

    @Test
    void theSettingsOfTheSessionHoldOnTheScreen() {
        assertThat(shown(80, false, printed("border 2", "null (none)", "title Orders"))).isEqualTo("""
                  |            Orders
                  | +---------+--------+-------+
                  | | line_id |  name  | count |
                  | +---------+--------+-------+
                  | |       3 | WO-10  |     4 |
                  | |       3 | (none) |     3 |
                  | +---------+--------+-------+
                  | (2 rows)
                ok 5
                """);
        assertThat(shown(80, false, printed("tuples_only on"))).isEqualTo("""
                  |        3 | WO-10 |     4
                  |        3 | NULL  |     3
                ok 5
                """);
        assertThat(shown(80, false, printed("format csv", "footer off"))).isEqualTo("""
                  | line_id,name,count
                  | 3,WO-10,4
                  | 3,,3
                ok 5
                """);
        assertThat(shown(80, false, printed("format unaligned", "null -"))).isEqualTo("""
                  | line_id|name|count
                  | 3|WO-10|4
                  | 3|-|3
                  | (2 rows)
                ok 5
                """);
        assertThat(shown(80, false, printed("expanded on"))).contains("-[ 1 ]-");
        assertThat(shown(80, false, printed("expanded auto"))).doesNotContain("-[ 1 ]-");
    }

    @Test
    void tenRowsAreShownAndTheRestCounted() {
        List<String> lines = shown(80, false, of(COLUMNS, orders(16))).lines().toList();

        assertThat(lines).hasSize(15);
        assertThat(lines.subList(11, 14)).containsExactly("  |        3 | WO-19 |     2",
                "  . 6 more rows; o shows them", "  | (16 rows)");
    }

    @Test
    void rowsThatWereNotKeptAreCountedToo() {
        Result result = new Result("SELECT 5000", COLUMNS, orders(20), 5000, false);

        assertThat(shown(80, false, result)).contains("  . 4,990 more rows; o shows them\n  | (5000 rows)\n");
    }

    @Test
    void tenRowsNeedNoRemark() {
        assertThat(shown(80, false, of(COLUMNS, orders(10)))).doesNotContain("more row");
        assertThat(shown(80, false, of(COLUMNS, orders(11)))).contains("  . 1 more row; o shows it\n");
    }

    @Test
    void aWideColumnIsCutWhenThatMakesItFit() {
        Result result = of(List.of(new Column("id", true), new Column("definition", false)),
                List.of(List.of("1", "x".repeat(200))));

        assertThat(shown(80, false, result)).isEqualTo("""
                  |  id |                definition
                  | ----+------------------------------------------
                  |   1 | xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...
                  | (1 row)
                ok 5
                """);
    }

    @Test
    void recordsWhenNothingElseFits() {
        Result result = of(COLUMNS, List.of(List.of("3", "WO-10", "4"), Arrays.asList("3", null, "")));
        List<Column> wide = IntStream.rangeClosed(1, 12).mapToObj(i -> new Column("column_" + i, false)).toList();
        List<String> row = IntStream.rangeClosed(1, 12).mapToObj(i -> "v" + i).toList();

        assertThat(shown(40, false, new Result("SELECT 2", result.columns(), result.rows(), 2, true))).isEqualTo("""
                  | -[ 1 ]-
                  | line_id | 3
                  | name    | WO-10
                  | count   | 4
                  | -[ 2 ]-
                  | line_id | 3
                  | name    | NULL
                  | count   |
                  | (2 rows)
                ok 5
                """);
        assertThat(shown(80, false, of(wide, List.of(row)))).startsWith("""
                  | -[ 1 ]-
                  | column_1  | v1
                  | column_2  | v2
                """);
    }

    @Test
    void aLongValueInARecordIsShownWhole() {
        Result result = new Result("SELECT 1", List.of(new Column("t", false)), List.of(List.of("abcdefghij".repeat(5))),
                1, true);

        assertThat(shown(40, false, result)).isEqualTo("""
                  | -[ 1 ]-
                  | t | abcdefghijabcdefghijabcdefghijab
                  |+cdefghijabcdefghij
                  | (1 row)
                ok 5
                """);
    }

    @Test
    void oneValueALineForADumbTerminal() {
        assertThat(shown(80, true, of(COLUMNS, List.of(List.of("3", "WO-10", "4"))))).isEqualTo("""
                  | row 1
                  | line_id: 3
                  | name: WO-10
                  | count: 4
                  | (1 row)
                ok 5
                """);
    }

    @Test
    void cellsAreHarmlessAndStayInTheirColumns() {
        Result result = of(List.of(new Column("a", false), new Column("b", false)), List.of(
                List.of("\u6771\u4eac", "x\ty\nz"), List.of("e\u0301", "\u001b[2J\u202e")));

        assertThat(shown(80, false, result)).isEqualTo("""
                  |   a   |       b
                  | ------+---------------
                  |  \u6771\u4eac | x\\ty\\nz
                  |  e\u0301    | ^[[2J<U+202E>
                  | (2 rows)
                ok 5
                """);
    }

    @Test
    void noRow() {
        assertThat(shown(80, false, of(COLUMNS, List.of()))).isEqualTo("""
                  |  line_id | name | count
                  | ---------+------+-------
                  | (0 rows)
                ok 5
                """);
    }

    @Test
    void commandTags() {
        assertThat(shown(80, false, new Result("DELETE 12", List.of(), List.of(), 12, false)))
                .isEqualTo("  | DELETE 12\nok 5\n");
        assertThat(shown(80, false, new Result("INSERT 0 1", List.of(new Column("id", true)),
                List.of(List.of("7")), 1, false))).endsWith("  | (1 row)\n  | INSERT 0 1\nok 5\n");
    }

    @Test
    void nothingGoesBeyondTheScreen() {
        List<Column> columns = IntStream.rangeClosed(1, 12).mapToObj(i -> new Column("c" + i, i % 2 == 0)).toList();
        List<String> row = IntStream.rangeClosed(1, 12).mapToObj(i -> "\u6771".repeat(i * 9)).toList();
        for (int width : new int[] {40, 60, 80, 200}) {
            assertThat(shown(width, false, of(columns, List.of(row))).lines())
                    .allMatch(line -> Wrap.width(line) <= width);
        }
    }
}
