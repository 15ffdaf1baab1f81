package dev.stepmark.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.sql.SqlSplitter.Kind;
import dev.stepmark.sql.SqlSplitter.Piece;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlSplitterTest {

    static Stream<Arguments> scripts() {
        return Stream.of(
                script("", List.of()),
                script(" \n ; ;; -- nothing\n/* at all */", List.of()),
                script("SELECT 1", List.of("SELECT 1")),
                script("SELECT 1;SELECT 2 ; SELECT 3", List.of("SELECT 1;", "SELECT 2 ;", "SELECT 3")),
                script("SELECT ';', \"a;b\"; SELECT 2", List.of("SELECT ';', \"a;b\";", "SELECT 2")),
                script("SELECT 'it''s;'; SELECT 2", List.of("SELECT 'it''s;';", "SELECT 2")),
                script("SELECT 'a\\'; SELECT 2", List.of("SELECT 'a\\';", "SELECT 2")),
                script("SELECT E'a\\'; b'; SELECT 2", List.of("SELECT E'a\\'; b';", "SELECT 2")),
                script("SELECT e'a'\n  -- go on\n 'b\\';c'; SELECT 2",
                        List.of("SELECT e'a'\n  -- go on\n 'b\\';c';", "SELECT 2")),
                script("SELECT namE'a\\'; SELECT 2", List.of("SELECT namE'a\\';", "SELECT 2")),
                script("SELECT U&'\\0061;', U&\"d;\"; SELECT 2", List.of("SELECT U&'\\0061;', U&\"d;\";", "SELECT 2")),
                script("DO $$ BEGIN PERFORM 1; END $$; SELECT 2",
                        List.of("DO $$ BEGIN PERFORM 1; END $$;", "SELECT 2")),
                script("DO $a$ x; $b$; $$; $a$; SELECT 2", List.of("DO $a$ x; $b$; $$; $a$;", "SELECT 2")),
                script("SELECT a$$b; SELECT c$$d", List.of("SELECT a$$b;", "SELECT c$$d")),
                script("SELECT $1; SELECT $2$x;$2", List.of("SELECT $1;", "SELECT $2$x;", "$2")),
                script("SELECT 1e$$; $$x; $$", List.of("SELECT 1e$$;", "$$x; $$")),
                script("SELECT 1.5e'a\\'; SELECT 2", List.of("SELECT 1.5e'a\\';", "SELECT 2")),
                script("SELECT 1 /* ; /* ; */ ; */; SELECT 2", List.of("SELECT 1 /* ; /* ; */ ; */;", "SELECT 2")),
                script("SELECT 1 - -1; SELECT 2--;\n;", List.of("SELECT 1 - -1;", "SELECT 2--;\n;")),
                script("SELECT (1;2); SELECT 3", List.of("SELECT (1;2);", "SELECT 3")),
                script("CREATE RULE r AS ON INSERT TO t DO (DELETE FROM a; DELETE FROM b); SELECT 1",
                        List.of("CREATE RULE r AS ON INSERT TO t DO (DELETE FROM a; DELETE FROM b);", "SELECT 1")),
                script("CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 1 END; END;"
                        + " SELECT 2", List.of("CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE "
                                + "WHEN true THEN 1 END; END;", "SELECT 2")),
                script("create or replace procedure p() begin atomic select 1; end; begin; end;",
                        List.of("create or replace procedure p() begin atomic select 1; end;", "begin;", "end;")),
                script("BEGIN; UPDATE a SET b=1; END;", List.of("BEGIN;", "UPDATE a SET b=1;", "END;")),
                script("-- first\nSELECT 1; -- about it\n-- second\nSELECT 2;",
                        List.of("-- first\nSELECT 1;", "-- second\nSELECT 2;")),
                script("SELECT 1; /*+ hint */ SELECT 2;", List.of("SELECT 1;", "/*+ hint */ SELECT 2;")),
                script("SELECT '\\d'; \\d t\nSELECT 2;", List.of("SELECT '\\d';", "META \\d t", "SELECT 2;")),
                script("\\c factoryinsight\n\nSELECT 1;\n\\q\n",
                        List.of("META \\c factoryinsight", "SELECT 1;", "META \\q")),
                script("\\x \\\\ SELECT 1; \\x", List.of("META \\x", "SELECT 1;", "META \\x")),
                script("\\pset format csv \\x\nSELECT 1;",
                        List.of("META \\pset format csv", "META \\x", "SELECT 1;")),
                script("\\echo 'a\\b; -- c' \"d\\e\"\nSELECT 1;", List.of("META \\echo 'a\\b; -- c' \"d\\e\"",
                        "SELECT 1;")),
                script("\\! ls; rm \\x 'a\nSELECT 1;", List.of("META \\! ls; rm \\x 'a", "SELECT 1;")),
                script("exit", List.of("META exit")),
                script("SELECT 1;\nexit;\n", List.of("SELECT 1;", "META exit;")),
                script("  QUIT\n", List.of("META QUIT")),
                script("-- done\nquit", List.of("META quit")),
                script("SELECT\n  help\nFROM t;", List.of("SELECT\n  help\nFROM t;")),
                script("SELECT exit FROM t;", List.of("SELECT exit FROM t;")),
                script("SELECT 1 \\g\nSELECT 2;", List.of("SELECT 1", "SELECT 2;")),
                script("SELECT 1 AS a \\gset p_ \nSELECT 2;", List.of("META SELECT 1 AS a \\gset p_", "SELECT 2;")),
                script("SELECT format('DROP TABLE %I;', t) FROM x \\gexec",
                        List.of("META SELECT format('DROP TABLE %I;', t) FROM x \\gexec")),
                script("SELECT rubbish ( \\r\nSELECT 2;", List.of("SELECT 2;")),
                script("\\if :x\nSELECT 1;\n\\if y\n\\else\n\\endif\nDROP TABLE a;\n\\endif\nSELECT 2;",
                        List.of("META \\if :x\nSELECT 1;\n\\if y\n\\else\n\\endif\nDROP TABLE a;\n\\endif",
                                "SELECT 2;")),
                script("COPY t FROM stdin;\n1\tit's; \\N\n\\.\nSELECT 2;",
                        List.of("COPY t FROM stdin;\n1\tit's; \\N\n\\.", "SELECT 2;")),
                script("COPY (SELECT 1) TO stdout; SELECT 2;", List.of("COPY (SELECT 1) TO stdout;", "SELECT 2;")),
                script("\\copy t from stdin csv\n';\n\\.\nSELECT 2;",
                        List.of("META \\copy t from stdin csv\n';\n\\.", "SELECT 2;")),
                script("SELECT a::text, b[1:2] FROM t;\r\nSELECT 2;\r\n",
                        List.of("SELECT a::text, b[1:2] FROM t;", "SELECT 2;")));
    }

    private static Arguments script(String text, List<String> pieces) {
        return Arguments.of(text, pieces);
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void splitsAsPsqlDoes(String text, List<String> expected) {
        List<Piece> pieces = SqlSplitter.split(text);
        assertThat(pieces).extracting(p -> (p.kind() == Kind.META ? "META " : "") + p.text()).isEqualTo(expected);
        assertThat(pieces).allMatch(Piece::complete).allMatch(p -> p.problem().isEmpty());
    }

    static Stream<Arguments> incomplete() {
        return Stream.of(
                Arguments.of("SELECT 'a; SELECT 2;", "a string literal is not closed"),
                Arguments.of("SELECT \"a; SELECT 2;", "a quoted identifier is not closed"),
                Arguments.of("DO $x$ ; $y$ ;", "a dollar-quoted string is not closed"),
                Arguments.of("SELECT 1 /* /* */ ;", "a comment is not closed"),
                Arguments.of("/* only", "a comment is not closed"),
                Arguments.of("SELECT (1; SELECT 2;", "a parenthesis is not closed"),
                Arguments.of("CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1;", "BEGIN ATOMIC has no END"),
                Arguments.of("COPY t FROM STDIN;\n1\n", "the data for COPY does not end with \\. on a line of its own"),
                Arguments.of("COPY t FROM STDIN;", "the data for COPY does not end with \\. on a line of its own"),
                Arguments.of("\\if true\nSELECT 1;", "\\if has no \\endif"),
                Arguments.of("\\if true\nSELECT 1\n\\endif",
                        "no semicolon before \\endif: psql would not send this statement"),
                Arguments.of("BEGIN\\; COPY t FROM STDIN;", "COPY FROM STDIN together with other statements"));
    }

    @ParameterizedTest
    @MethodSource("incomplete")
    void saysWhatIsNotClosed(String text, String problem) {
        List<Piece> pieces = SqlSplitter.split(text);
        assertThat(pieces).hasSize(1);
        assertThat(pieces.get(0)).isEqualTo(new Piece(pieces.get(0).kind(), text.strip(), 0, false, problem));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\c other", "exit", "\\x"})
    void doesNotRunAStatementThatPsqlWouldKeepInItsBuffer(String next) {
        List<Piece> pieces = SqlSplitter.split("DELETE FROM t -- all\n" + next + "\n");
        assertThat(pieces).hasSize(2);
        assertThat(pieces.get(0).text()).isEqualTo("DELETE FROM t -- all");
        assertThat(pieces.get(0).complete()).isFalse();
        assertThat(pieces.get(0).problem()).startsWith("no semicolon before " + next.split(" ")[0]);
        assertThat(pieces.get(1)).isEqualTo(new Piece(Kind.META, next, 1, true, ""));
    }

    @Test
    void countsLinesFromTheFirstCharacterOfEachPiece() {
        List<Piece> pieces = SqlSplitter.split("\n\nSELECT 1;\n-- why\nSELECT\n 2;\n  \\x\n\nSELECT 3");
        assertThat(pieces).extracting(Piece::line).containsExactly(2, 3, 6, 8);
    }
}
