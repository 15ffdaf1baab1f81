package dev.stepmark.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Literal tables, as psql 15 printed them. */
class PsqlTableTest {

    @Test
    void centresHeadersAndAlignsNumbersToTheRight() {
        String table = PsqlTable.aligned(List.of("order_name", "asset_id", "count"), List.of(false, true, true),
                List.of(List.of("Order-1", "7", "2"), List.of("Order-with-a-long-name", "12", "3")), "", "(2 rows)");
        assertThat(table).isEqualTo("""
                       order_name       | asset_id | count\s
                ------------------------+----------+-------
                 Order-1                |        7 |     2
                 Order-with-a-long-name |       12 |     3
                (2 rows)
                """);
    }

    @Test
    void marksLineBreaksAndExpandsTabs() {
        String table = PsqlTable.aligned(List.of("x", "longer", "ml", "n", "t"),
                List.of(false, true, false, false, false),
                List.of(Arrays.asList("a", "12", "l1\nl2\n", null, "a\tb")), "", "(1 row)");
        assertThat(table).isEqualTo(String.join("\n",
                " x | longer | ml | n |     t     ",
                "---+--------+----+---+-----------",
                " a |     12 | l1+|   | a       b",
                "   |        | l2+|   | ",
                "   |        |    |   | ",
                "(1 row)", ""));
    }

    @Test
    void padsTheLastColumnOnlyBeforeAContinuationMark() {
        String table = PsqlTable.aligned(List.of("a", "b"), List.of(false, false),
                List.of(List.of("1", "long first\nx\nmiddle"), List.of("2", "y")), "", "(2 rows)");
        assertThat(table).isEqualTo(String.join("\n",
                " a |     b      ",
                "---+------------",
                " 1 | long first+",
                "   | x         +",
                "   | middle",
                " 2 | y",
                "(2 rows)", ""));
    }

    @Test
    void showsControlCharactersAndWideOnes() {
        String table = PsqlTable.aligned(List.of("k", "v"), List.of(false, false),
                List.of(List.of("\u65e5\u672c", "a\rb\u0001\u007f\u0085"), List.of("e\u0301", "\ud83d\ude00")), "",
                "");
        assertThat(table).isEqualTo(String.join("\n",
                "  k   |         v          ",
                "------+--------------------",
                " \u65e5\u672c | a\\rb\\x01\\x7F\\u0085",
                " e\u0301    | \ud83d\ude00", ""));
    }

    @Test
    void printsHeadersOfSeveralLines() {
        String table = PsqlTable.aligned(List.of("h1\nlonger", "b"), List.of(false, true),
                List.of(List.of("x", "1")), "", "(1 row)");
        assertThat(table).isEqualTo(String.join("\n",
                "   h1  +| b ",
                " longer |   ",
                "--------+---",
                " x      | 1",
                "(1 row)", ""));
    }

    @Test
    void printsAResultWithoutColumns() {
        assertThat(PsqlTable.aligned(List.of(), List.of(), List.of(List.of()), "", PsqlTable.footer(1)))
                .isEqualTo("--\n(1 row)\n");
        assertThat(PsqlTable.expanded(List.of(), List.of(List.of()), "")).isEqualTo("(1 row)\n");
    }

    @Test
    void printsAResultWithoutRows() {
        assertThat(PsqlTable.aligned(List.of("conname"), List.of(false), List.of(), "", PsqlTable.footer(0)))
                .isEqualTo(" conname \n---------\n(0 rows)\n");
        assertThat(PsqlTable.expanded(List.of("conname"), List.of(), "")).isEqualTo("(0 rows)\n");
    }

    @Test
    void printsRecordsUnderEachOther() {
        String table = PsqlTable.expanded(List.of("x", "longer", "ml", "h1\nh2"),
                List.of(List.of("a", "12", "l1\nl2", "x"), Arrays.asList("b", null, "l", "y")), "NULL");
        assertThat(table).isEqualTo(String.join("\n",
                "-[ RECORD 1 ]",
                "x      | a",
                "longer | 12",
                "ml     | l1  +",
                "       | l2",
                "h1    +| x",
                "h2     | ",
                "-[ RECORD 2 ]",
                "x      | b",
                "longer | NULL",
                "ml     | l",
                "h1    +| y",
                "h2     | ", "").replace("h2     | ", "h2     |"));
    }

    @Test
    void drawsTheRuleOfARecordPastItsTitle() {
        assertThat(PsqlTable.expanded(List.of("a_rather_long_name"), List.of(List.of("1234567")), ""))
                .isEqualTo("-[ RECORD 1 ]------+--------\na_rather_long_name | 1234567\n");
        assertThat(PsqlTable.expanded(List.of("a"), List.of(List.of("x".repeat(30))), ""))
                .isEqualTo("-[ RECORD 1 ]---------------------\na | " + "x".repeat(30) + "\n");
    }

    @Test
    void showsNullAsTold() {
        assertThat(PsqlTable.aligned(List.of("a"), List.of(true), List.of(Arrays.asList((String) null)), "NULL", ""))
                .isEqualTo("  a   \n------\n NULL\n");
    }
}
