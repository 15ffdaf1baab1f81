package dev.stepmark.expectation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.expectation.Comparison.Difference;
import dev.stepmark.expectation.Comparison.Verdict;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTest {

    private static Comparison compare(String expected, String actual) {
        return Comparison.of(expected, actual, Numbers.VARY);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " ~ ", ignoreLeadingAndTrailingWhitespace = false, value = {
        "psql (PostgreSQL) 15.18 ~ psql (PostgreSQL) 16.4",
        "deployment \"web\" created ~ deployment \"web\" created   ",
        "Time: 12.034 ms ~ Time: 0.9 ms",
        "node/ip-172-31-85-18 drained ~ node/ip-10-0-0-3 drained",
        "web-7d9c6b8f5d-x2x4z   1/1  Running 3m20s ~ web-5f6b8d7c9b-abcd1   1/1     Running   2d",
        "Saved to <path> ~ Saved to /backup/work orders.sql",
        "User YOUR_NAME was added ~ User anna was added",
        "token: xxxx ~ token: 8231",
        "Downloading ... done ~ Downloading 12 MiB of 40 done",
        "Reading package lists... Done ~ Reading package lists... Done",
        "id {{ run_id }} ok ~ id 17 ok",
        "started 2024-01-02 10:11:12.5+01 ~ started 2026-11-21 09:00:00.123+00",
        "started Mon Jan  2 10:11:12 UTC 2024 ~ started Fri Nov 21 09:00:00 UTC 2026",
        "(1 row) ~ (12 rows)",
        "12,345 rows copied ~ 7 rows copied",
        "commit 8f3a9c1 ~ commit 0d1e2f3a",
        "run 123e4567-e89b-12d3-a456-426614174000 ~ run 00000000-e89b-12d3-a456-426614174001",
        "1.7 MiB ~ 512 kB",
        "listens on 127.0.0.1:5432 ~ listens on 10.2.0.17:15432",
        "pods/web-* deleted ~ pods/web-abc deleted"})
    void standsForEachOther(String expected, String actual) {
        assertThat(compare(expected, actual).verdict()).isEqualTo(Verdict.MATCHED);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " ~ ", ignoreLeadingAndTrailingWhitespace = false, value = {
        "0 rows copied ~ 7 rows copied",
        "web 1/1 Running ~ web 0/1 Running",
        "web 1/1 Running ~ web 1/1 CrashLoopBackOff",
        "lag: 0 ~ lag: 12",
        "ALTER TABLE ~ ALTER INDEX",
        "table orders1 ~ table orders2",
        "Saved to <path> ~ Written to /backup",
        "done ~ Done"})
    void doesNotStandForEachOther(String expected, String actual) {
        Comparison comparison = compare(expected, actual);
        assertThat(comparison.verdict()).isEqualTo(Verdict.DIFFERS);
        assertThat(comparison.differences()).containsExactly(new Difference(1, Optional.of(expected), Optional.of(actual)));
    }

    @Test
    void exactNumbersAreTheSameAndTheRestStillVaries() {
        assertThat(Comparison.of("3 rows in 1.2 s, pid 47111", "3 rows in 0.4 s, pid 99", Numbers.EXACT).matched()).isFalse();
        assertThat(Comparison.of("3 rows in 1.2 s, pid 47111", "3 rows in 0.4 s, pid 12345", Numbers.EXACT).matched()).isTrue();
        assertThat(Comparison.of("3 rows", "4 rows", Numbers.EXACT).matched()).isFalse();
    }

    @Test
    void tablesHaveNoWidths() {
        String expected = """
                view_name       |      view_definition
                ----------------+---------------------------
                avg_fill_levels |  SELECT round(1),        +
                                |     FROM m;
                (1 row)
                """;
        String actual = """
                    view_name    | view_definition
                -----------------+-----------------
                 avg_fill_levels | SELECT round(1),+
                                 |     FROM m;
                (1 row)

                """;
        assertThat(compare(expected, actual)).isEqualTo(Comparison.MATCHED);
        assertThat(compare(expected, actual.replace("-+-", "-+--+-")).differences()).hasSize(1);
    }

    @Test
    void elidedLinesStandForAnyNumberOfLines() {
        String expected = "Start\n...\nmiddle\n[...]\nend\n";
        assertThat(compare(expected, "Start\nmiddle\nend\n").matched()).isTrue();
        assertThat(compare(expected, "Start\na\nb\nmiddle\nc\nend\n").matched()).isTrue();
        assertThat(compare(expected, "Start\na\nend\n").differences())
                .containsExactly(new Difference(3, Optional.of("middle"), Optional.empty()));
        assertThat(compare("a\n<snip>\n", "a\nb\nc").matched()).isTrue();
        assertThat(compare("a\n--- 12 lines omitted ---\n", "a\nb").matched()).isFalse();
        assertThat(compare("a\n[12 lines omitted]\nz", "a\nb\nz").matched()).isTrue();
        assertThat(compare("...\nz", "a\nb\nz").matched()).isTrue();
        assertThat(compare("...\nz", "a\nz\nb").matched()).isFalse();
        assertThat(compare(" id | name\n----+----\n .. | ...\n(9 rows)", " id | name\n----+---\n 1 | a\n 2 | b\n(9 rows)")
                .matched()).isTrue();
    }

    @Test
    void saysWhatIsMissingAndWhatIsTooMuch() {
        Comparison comparison = compare("one\ntwo\nthree\nfour", "one\n2 is here\nthree\nthree and a half\nfour\nfive");
        assertThat(comparison.differences()).containsExactly(
                new Difference(2, Optional.of("two"), Optional.of("2 is here")),
                new Difference(3, Optional.empty(), Optional.of("three and a half")),
                new Difference(4, Optional.empty(), Optional.of("five")));
        assertThat(comparison.more()).isZero();
        assertThat(compare("a", "b\nc\nd\ne\nf").more()).isEqualTo(2);
        assertThat(compare("a", "").differences()).containsExactly(new Difference(1, Optional.of("a"), Optional.empty()));
        assertThat(compare("", "").matched()).isTrue();
    }

    @Test
    void coloursAndOverdrawnLinesDoNotCount() {
        assertThat(compare("ok 12%", "\u001B[32m\u001B[1mok\u001B[0m 99%").matched()).isTrue();
        assertThat(compare("done", "10%\r50%\rdone").matched()).isTrue();
        assertThat(compare("postgres=# \n", "").matched()).isTrue();
    }

    @Test
    void anExampleOfATableMustHaveItsColumns() {
        String expected = " id | name\n----+------\n  7 | hippo\n(1 row)\n";
        assertThat(Comparison.example(expected, " id | name\n----+------\n  1 | a\n  2 | b\n(2 rows)\n").matched()).isTrue();
        Comparison other = Comparison.example(expected, " id | label\n----+------\n  1 | a\n(1 row)\n");
        assertThat(other.verdict()).isEqualTo(Verdict.DIFFERS);
        assertThat(other.reason()).isEqualTo("the columns are others");
        assertThat(other.differences().get(0)).isEqualTo(new Difference(1, Optional.of(" id | name"), Optional.of(" id | label")));
        String pods = "NAME   READY   STATUS\nweb    1/1     Running\n";
        assertThat(Comparison.example(pods, "NAME     READY   STATUS\nqueue    2/2     Running\napi  1/1  Running\n").matched()).isTrue();
        assertThat(Comparison.example(pods, "No resources found in default namespace.").matched()).isFalse();
    }

    @Test
    void anotherExampleNeedsSomeOfTheWords() {
        assertThat(Comparison.example("Server hippo is ready to accept connections", "Server zebra is ready").matched()).isTrue();
        Comparison other = Comparison.example("Server hippo is ready", "ERROR: no such host");
        assertThat(other.reason()).isEqualTo("0 percent of the words are the same, 30 are wanted");
        assertThat(other.differences()).hasSize(1);
    }

    @Test
    void similarityIsTheShareOfWordsInCommon() {
        assertThat(Similarity.percent("a b c d", "a x c d")).isEqualTo(75);
        assertThat(Similarity.percent("a b", "")).isZero();
        assertThat(Similarity.percent("made <name> at 10:11", "made orders at 23:59")).isEqualTo(100);
        assertThat(Comparison.similar("a b c d", "a x c d", 80).matched()).isFalse();
        assertThat(Comparison.similar("a b c d", "a x c d", 70).matched()).isTrue();
    }

    @Test
    void aPatternIsLookedForWithABound() {
        assertThat(Comparison.pattern("state: (Running|Ready)", "x\nstate: Ready\n").matched()).isTrue();
        assertThat(Comparison.pattern("^state", "no state").verdict()).isEqualTo(Verdict.DIFFERS);
        assertThat(Comparison.pattern("(", "x").verdict()).isEqualTo(Verdict.NOT_COMPARED);
        assertThat(Comparison.pattern("(.*,){20}x", "1,".repeat(60)).verdict()).isEqualTo(Verdict.NOT_COMPARED);
    }

    @Test
    void floodsAreNotCompared() {
        assertThat(compare("a\n...\nb", "x\n".repeat(Comparison.MAX_ACTUAL + 1)).verdict()).isEqualTo(Verdict.NOT_COMPARED);
        assertThat(compare("a\n...\nb", "a\n" + "x\n".repeat(Comparison.MAX_ACTUAL - 2) + "b").matched()).isTrue();
        assertThat(compare("a\n".repeat(Comparison.MAX_EXPECTED + 1), "a").verdict()).isEqualTo(Verdict.NOT_COMPARED);
        assertThat(compare("x".repeat(3_000) + " ... ".repeat(150) + "y", "x".repeat(900_000)).verdict()).isEqualTo(Verdict.DIFFERS);
    }
}
