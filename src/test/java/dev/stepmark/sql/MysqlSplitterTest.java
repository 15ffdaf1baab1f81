package dev.stepmark.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.sql.MysqlSplitter.Kind;
import dev.stepmark.sql.MysqlSplitter.Piece;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MysqlSplitterTest {

    private static List<String> texts(String script) {
        return MysqlSplitter.split(script).stream().map(Piece::text).toList();
    }

    @Test
    void quotesCommentsAndIdentifiersHideSemicolons() {
        assertThat(texts("SELECT 'a;\\'b;' , \"c;\"\"d\", `e;f``g`; -- x;\nSELECT 2 # y;\n + /* z; */ 3;"))
                .containsExactly("SELECT 'a;\\'b;' , \"c;\"\"d\", `e;f``g`;", "-- x;\nSELECT 2 # y;\n + /* z; */ 3;");
    }

    @Test
    void twoDashesWithoutASpaceAreNoComment() {
        assertThat(texts("SELECT 5--1; SELECT 6")).containsExactly("SELECT 5--1;", "SELECT 6");
        assertThat(texts("SELECT 1 --\n+ 2;")).containsExactly("SELECT 1 --\n+ 2;");
    }

    @Test
    void aCommentThatTheServerReadsIsAStatement() {
        assertThat(texts("/*!40101 SET NAMES utf8 */;\n/* only words; */\n")).containsExactly("/*!40101 SET NAMES utf8 */;");
    }

    @Test
    void theScriptsOwnDelimiterIsTakenOff() {
        List<Piece> pieces = MysqlSplitter.split("DELIMITER //\nCREATE PROCEDURE p()\nBEGIN\n  SELECT 1;\nEND//\n"
                + "delimiter ;\nCALL p();");
        assertThat(pieces).extracting(Piece::text).containsExactly("CREATE PROCEDURE p()\nBEGIN\n  SELECT 1;\nEND",
                "CALL p();");
        assertThat(pieces).extracting(Piece::line).containsExactly(1, 6);
        assertThat(pieces).extracting(Piece::problem).containsOnly("");
    }

    @Test
    void lettersBehindABackslashEndAStatementOrThrowItAway() {
        assertThat(texts("SELECT 1\\G SELECT 2\\g nonsense\\c SELECT 3;")).containsExactly("SELECT 1\\G", "SELECT 2\\g",
                "SELECT 3;");
        assertThat(MysqlSplitter.split("SELECT 1 \\! ls").get(0).problem()).isEqualTo("\\! stands inside of a statement");
    }

    @Test
    void commandsOfTheClientArePiecesOfTheirOwn() {
        List<Piece> pieces = MysqlSplitter.split("use shop; SELECT 1;\nsource a.sql\n\\! ls -l\nexit\n");
        assertThat(pieces).extracting(Piece::text).containsExactly("use shop", "SELECT 1;", "source a.sql", "\\! ls -l",
                "exit");
        assertThat(pieces).extracting(Piece::kind).containsExactly(Kind.COMMAND, Kind.SQL, Kind.COMMAND, Kind.COMMAND,
                Kind.COMMAND);
        assertThat(MysqlSplitter.split("\\k x").get(0).problem()).isEqualTo("mysql has no command \\k");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT 'open", "SELECT \"open\\\"", "SELECT `open", "SELECT 1 /* open"})
    void whatIsNeverClosedIsAProblem(String text) {
        assertThat(MysqlSplitter.split(text)).extracting(Piece::problem).allMatch(p -> p.endsWith("is never closed"));
        assertThat(MysqlSplitter.problem(text)).endsWith("is never closed");
    }

    @Test
    void anyTextComesBackWholeAndInOrder() {
        Random random = new Random(4);
        String[] parts = {"'", "\"", "`", "\\", ";", "\n", " ", "--", "-- ", "#", "/*", "*/", "/*!", "delimiter //", "//", "use a",
                "SELECT", "\\G", "\\c", "x"};
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int k = random.nextInt(12); k >= 0; k--) {
                text.append(parts[random.nextInt(parts.length)]);
            }
            int at = 0;
            for (Piece piece : MysqlSplitter.split(text.toString())) {
                at = text.indexOf(piece.text(), at);
                assertThat(at).as("%s in %s", piece, text).isNotNegative();
                at += piece.text().length();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
            SELECT * FROM t;                        | READ_ONLY     | select      | t
            -- why\\nSHOW TABLES                     | READ_ONLY     | show        |
            desc t                                  | READ_ONLY     | desc        |
            SELECT * FROM t INTO OUTFILE '/tmp/x'   | WRITE         | select      |
            SELECT * FROM t FOR UPDATE              | WRITE         | select      | t
            REPLACE INTO `shop`.`t` VALUES (1)      | WRITE         | replace into | shop.t
            DELETE FROM `t`                         | DESTRUCTIVE   | delete      | t
            DROP TABLE t                            | DESTRUCTIVE   | drop table  | t
            RENAME TABLE a TO b                     | SCHEMA_CHANGE | rename table | a
            ALTER TABLE t ADD COLUMN c int          | SCHEMA_CHANGE | alter table | t
            PURGE BINARY LOGS BEFORE NOW()          | DESTRUCTIVE   | purge binary |
            RESET MASTER                            | DESTRUCTIVE   | reset master |
            CALL p()                                | UNKNOWN       | call        | p
            START TRANSACTION                       | READ_ONLY     | start transaction |
            FROBNICATE x                            | UNKNOWN       | frobnicate  |
            use shop                                | READ_ONLY     | use         | shop
            source x.sql                            | UNKNOWN       | source      | x.sql
            \\! rm -rf x                             | UNKNOWN       | system      | rm -rf x
            """)
    void risksAreThoseOfMysql(String text, String risk, String verb, String object) {
        StatementFacts facts = MysqlFacts.of(text.replace("\\n", "\n"));
        assertThat(facts.risk().name()).isEqualTo(risk);
        assertThat(facts.verb()).isEqualTo(verb);
        assertThat(facts.object()).isEqualTo(object == null ? "" : object);
    }

    @Test
    void aCommandLineIsReadAsTheClientReadsIt() {
        MysqlInvocation mysql = MysqlInvocation.parse(List.of("mysql", "--defaults-extra-file", "my.cnf", "-hdb1", "-u", "root",
                "-ps3cret", "-AN", "--ssl-ca", "ca.pem", "-P", "3307", "shop"));
        assertThat(mysql.host()).contains("db1");
        assertThat(mysql.user()).contains("root");
        assertThat(mysql.password()).contains("s3cret");
        assertThat(mysql.port()).contains("3307");
        assertThat(mysql.database()).contains("shop");
        assertThat(mysql.defaults()).containsExactly("--defaults-extra-file=my.cnf");
        assertThat(mysql.options()).containsExactly("--ssl-ca=ca.pem");
        assertThat(mysql.interactive()).isTrue();
        assertThat(mysql.problem()).isEmpty();
        assertThat(mysql.toString()).doesNotContain("s3cret");
        assertThat(MysqlInvocation.parse(List.of("mariadb", "-p", "shop")).askPassword()).isTrue();
        assertThat(MysqlInvocation.parse(List.of("mysql", "-e", "SELECT 1")).interactive()).isFalse();
        assertThat(MysqlInvocation.parse(List.of("mysql", "-u")).problem()).isEqualTo("-u has no value");
    }

    @Test
    void aMebibyteOfAnythingIsReadAtOnce() {
        for (String part : List.of("\n", ";", "'", "/*", "-- \n", "#\n", "\\c", "x ", "delimiter //\n", "(", "` ")) {
            String text = part.repeat((1 << 20) / part.length());
            assertThat(MysqlSplitter.split(text)).isNotNull();
            assertThat(MysqlFacts.of(text)).isNotNull();
        }
    }
}
