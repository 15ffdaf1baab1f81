package dev.stepmark.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepmark.runbook.Risk;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterpolationTest {

    private static final Map<String, String> VALUES = Map.of("x", "42", "q", "it's \"a\" \\b", "sql", ":x + ':x'",
            "self", "1 + :self", "two", "SELECT 1; SELECT 2", "2", "nine", "open", "'");

    private static Interpolation.Filled fill(String text) {
        return Interpolation.fill(text, name -> Optional.ofNullable(VALUES.get(name)), true);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            SELECT :x                       | SELECT 42
            SELECT :xx, :x                  | SELECT :xx, 42
            SELECT :'x', :"x"               | SELECT '42', "42"
            SELECT :'q'                     | SELECT  E'it''s "a" \\\\b'
            SELECT :"q"                     | SELECT "it's ""a"" \\b"
            SELECT :{?x}, :{?nobody}        | SELECT TRUE, FALSE
            SELECT ':x', E'\\':x', $$:x$$   | SELECT ':x', E'\\':x', $$:x$$
            SELECT 1 -- :x                  | SELECT 1 -- :x
            SELECT /* :x */ ":x"            | SELECT /* :x */ ":x"
            SELECT x::x, f(a:=:x)           | SELECT x::x, f(a:=42)
            SELECT a[1:x], a[1:3]           | SELECT a[142], a[1:3]
            SELECT :nobody, :'nobody', :"n" | SELECT :nobody, :'nobody', :"n"
            SELECT :sql                     | SELECT 42 + ':x'
            SELECT 1\\; SELECT a\\:b         | SELECT 1; SELECT a:b
            SELECT : x, :'a b', :''         | SELECT : x, :'a b', :''
            """)
    void fillsIn(String text, String filled) {
        assertThat(fill(text).text()).isEqualTo(filled);
    }

    @Test
    void aValueIsNotFilledIntoItself() {
        Interpolation.Filled filled = fill("SELECT :self, :self");
        assertThat(filled.text()).isEqualTo("SELECT 1 + :self, 1 + :self");
        assertThat(filled.warnings()).hasSize(2).allMatch(w -> w.contains("recursive expansion of variable \"self\""));
    }

    @Test
    void aQuoteThatAValueOpensHoldsWhatFollows() {
        assertThat(fill("SELECT :open, :x '").text()).isEqualTo("SELECT ', :x '");
    }

    @Test
    void tellsWhatWasFilledIn() {
        assertThat(fill("SELECT :x, :'q', :nobody, :{?two}").used()).containsOnlyKeys("x", "q");
        assertThat(fill("SELECT 1\\; SELECT 2").several()).isTrue();
        assertThat(fill("SELECT 1; SELECT ':x'").several()).isFalse();
    }

    @Test
    void variablesThatGrowWithoutAnEndAreRefused() {
        assertThatThrownBy(() -> Interpolation.fill(":a", name -> Optional.of(":" + (char) (name.charAt(0) + 1) + " :"
                + (char) (name.charAt(0) + 1)).filter(v -> name.charAt(0) < 'z'), true))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("do not come to an end");
    }

    @Test
    void withoutStandardStringsABackslashEscapes() {
        assertThat(Interpolation.fill("SELECT '\\' :x', :x", n -> Optional.ofNullable(VALUES.get(n)), false).text())
                .isEqualTo("SELECT '\\' :x', 42");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            INSERT INTO :t VALUES (1) | UNKNOWN
            INSERT INTO t VALUES (:'v') | WRITE
            SELECT :'v' | READ_ONLY
            SELECT :v | UNKNOWN
            SELECT a[1:2], '1'::int | READ_ONLY
            SELECT 1\\; SELECT 2 | READ_ONLY
            SELECT 1\\; DROP TABLE t | DESTRUCTIVE
            DELETE FROM t\\; SELECT 1 | DESTRUCTIVE
            """)
    void aVariableCanBeAnything(String sql, Risk risk) {
        assertThat(StatementFacts.of(sql).risk()).isEqualTo(risk);
    }
}
