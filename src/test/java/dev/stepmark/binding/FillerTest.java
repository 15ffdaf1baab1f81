package dev.stepmark.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.runbook.Executor;
import dev.stepmark.runbook.Placeholder;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The kind of each place, and what becomes of a value there. */
class FillerTest {

    private static final List<Placeholder> HOLES = List.of(new Placeholder("X", "<X>", false), new Placeholder("Y", "<Y>", false),
            new Placeholder("PW", "<PW>", true));

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            DROP TABLE <X>;                                         | IDENTIFIER
            SELECT * FROM <X> WHERE <Y> = 1;                        | IDENTIFIER,IDENTIFIER
            SELECT * FROM s.<X> JOIN <Y>.t ON true;                 | IDENTIFIER,IDENTIFIER
            UPDATE t SET <X> = <Y>;                                 | IDENTIFIER,LITERAL
            INSERT INTO t (a, <X>) VALUES (1, <Y>);                 | IDENTIFIER,LITERAL
            INSERT INTO t VALUES (1, 2), (3, <X>);                  | LITERAL
            SELECT * FROM t WHERE a IN (1, <X>) AND b LIKE <Y>;     | LITERAL,LITERAL
            SELECT * FROM t WHERE a BETWEEN <X> AND <Y>;            | LITERAL,LITERAL
            SELECT * FROM t WHERE <X>;                              | RAW
            SELECT * FROM t WHERE a = 1 AND <X>;                    | RAW
            SELECT pg_terminate_backend(<X>), count(<Y>);           | LITERAL,IDENTIFIER
            SELECT * FROM t ORDER BY <X> LIMIT <Y>;                 | IDENTIFIER,LITERAL
            ALTER TABLE t ADD CONSTRAINT <X> UNIQUE (a, <Y>);       | IDENTIFIER,IDENTIFIER
            ALTER TABLE t RENAME TO <X>;                            | IDENTIFIER
            ALTER TABLE t ALTER COLUMN a TYPE <X>;                  | RAW
            ALTER SEQUENCE s RESTART WITH <X>;                      | LITERAL
            ALTER DATABASE <X> SET work_mem TO <Y>;                 | IDENTIFIER,LITERAL
            SET search_path TO <X>;                                 | LITERAL
            GRANT SELECT ON <X> TO <Y>;                             | IDENTIFIER,IDENTIFIER
            GRANT <X> ON t TO r;                                    | RAW
            CREATE INDEX ON <X> USING btree (<Y>);                  | IDENTIFIER,IDENTIFIER
            CREATE MATERIALIZED VIEW <X> AS <Y>                     | IDENTIFIER,RAW
            CREATE MATERIALIZED VIEW <X> WITH (timescaledb.continuous) AS <Y> | IDENTIFIER,RAW
            COMMENT ON TABLE <X> IS <Y>;                            | IDENTIFIER,LITERAL
            COPY <X> FROM <Y>;                                      | IDENTIFIER,LITERAL
            SELECT a::<X>, '<Y>' FROM t;                            | RAW,LITERAL
            <X>                                                     | RAW
            SELECT 1; <X>;                                          | RAW
            DO $$ BEGIN DELETE FROM <X> WHERE a = '<Y>'; END $$;    | IDENTIFIER,LITERAL
            SELECT $$<X>$$; -- for <Y>                              | TEXT,TEXT
            \\c <X>                                                 | ARGUMENT
            \\d <X>                                                 | IDENTIFIER
            \\copy <X> FROM '<Y>'                                   | IDENTIFIER,LITERAL
            """)
    void sqlTellsTheKind(String sql, String kinds) {
        assertThat(kinds(sql, Executor.PSQL)).isEqualTo(kinds);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            ls <X> '<Y>'                                            | WORD,WORD
            <X> --all                                               | RAW
            <X>/bin/pg_ctl stop                                     | WORD
            sudo -u postgres psql -c "DROP TABLE <X>"               | IDENTIFIER
            kubectl exec p -- psql -c "SELECT '<X>'; <Y>"           | LITERAL,RAW
            bash -c 'rm <X>'                                        | WORD
            curl https://<X>/a/<Y>                                  | URL_PART,URL_PART
            aws s3 ls s3://<X>/a                                    | WORD
            awk '/<X>/ { print }' f                                 | UNKNOWN
            mysql -h <X> -e "SELECT <Y>"                            | WORD,UNKNOWN
            python3 load.py <X>                                     | WORD
            python3 -c "print('<X>')"                               | UNKNOWN
            ls # of <X>                                             | TEXT
            """)
    void theShellTellsTheKind(String text, String kinds) {
        assertThat(kinds(text, Executor.SHELL)).isEqualTo(kinds);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            DROP TABLE <X>;                | Orders      | DROP TABLE "Orders";
            DROP TABLE <X>;                | user        | DROP TABLE "user";
            DROP TABLE <X>;                | orders      | DROP TABLE orders;
            DROP INDEX idx_<X>_Old;        | a b         | DROP INDEX "idx_a b_old";
            SELECT * FROM t WHERE a = <X>; | 42          | SELECT * FROM t WHERE a = 42;
            SELECT * FROM t WHERE a = <X>; | 042         | SELECT * FROM t WHERE a = '042';
            SELECT * FROM t WHERE a = <X>; | x'y         | SELECT * FROM t WHERE a = 'x''y';
            SELECT 'a\\<X>';               | it's        | SELECT E'a\\\\it''s';
            SELECT '<X>';                  | a\\b        | SELECT E'a\\\\b';
            \\i <X>                        | my file.sql | \\i 'my file.sql'
            SELECT * FROM t WHERE <X>;     | a = 'b'     | SELECT * FROM t WHERE a = 'b';
            """)
    void sqlIsQuotedOnlyWhereItMust(String sql, String value, String filled) {
        assertThat(Filler.fill(sql, Executor.PSQL, HOLES, name -> value).text()).isEqualTo(filled);
    }

    @Test
    void aNameThatAPersonTypesMayHaveItsSchema() {
        assertThat(Filler.fill("DROP TABLE <X>", Executor.PSQL, HOLES, n -> "plant.Old orders", n -> true).text())
                .isEqualTo("DROP TABLE plant.\"Old orders\"");
        assertThat(Filler.fill("DROP TABLE <X>", Executor.PSQL, HOLES, n -> "plant.orders").text())
                .isEqualTo("DROP TABLE \"plant.orders\"");
        assertThat(Filler.fill("ls <X>", Executor.SHELL, HOLES, n -> "~/my dir", n -> true).text()).isEqualTo("ls ~/'my dir'");
        assertThat(Filler.fill("ls <X>", Executor.SHELL, HOLES, n -> "~/my dir").text()).isEqualTo("ls '~/my dir'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            ls <PW>                        | ls "${STEPMARK_SECRET_PW}"
            f "a<PW>"                      | f "a${STEPMARK_SECRET_PW}"
            f 'a<PW>'                      | f 'a'"${STEPMARK_SECRET_PW}"''
            psql postgres://u:<PW>@h/d -c x | PGPASSWORD="${STEPMARK_SECRET_PW}" psql postgres://u@h/d -c x
            mysql -u root -p<PW> db        | MYSQL_PWD="${STEPMARK_SECRET_PW}" mysql -u root db
            curl https://u:<PW>@h/         | curl https://u:"${STEPMARK_SECRET_PW_URL}"@h/
            """)
    void aSecretIsNeverInTheText(String text, String filled) {
        Filler.Filled found = Filler.fill(text, Executor.SHELL, HOLES, name -> null);
        assertThat(found.problem()).isEmpty();
        assertThat(found.text()).isEqualTo(filled);
        found.secretEnv().values().forEach(use -> assertThat(use.value("p@ss word"))
                .isEqualTo(use.percentEncoded() ? "p%40ss%20word" : "p@ss word"));
        assertThat(found.warnings()).hasSize(filled.contains("PGPASSWORD") || filled.contains("MYSQL_PWD") ? 0 : 1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            ALTER ROLE u PASSWORD '<PW>';                | PSQL  | cannot be put into SQL text
            psql -c "ALTER ROLE u PASSWORD '<PW>'"       | SHELL | cannot be put into SQL text
            bash -c 'echo <PW>'                          | SHELL | code that another program reads
            \\c <X>                                      | PSQL  | connection string
            """)
    void whatCannotBeDoneIsSaid(String text, Executor executor, String why) {
        assertThat(Filler.fill(text, executor, HOLES, name -> "host=evil").problem()).contains(why);
    }

    @Test
    void aTextOfHolesOnlyIsRefused() {
        Filler.Filled filled = Filler.fill("ls <X> \n".repeat(100_000), Executor.SHELL, HOLES, name -> "a");
        assertThat(filled.problem()).contains("more placeholders than can be filled in");
        assertThat(Filler.holes("ls <X> \n".repeat(100_000), Executor.SHELL, HOLES)).isEmpty();
    }

    @Test
    void noTextMakesItFail() {
        HostileText texts = new HostileText(50);
        Map<Boolean, Long> filled = java.util.stream.IntStream.range(0, 20_000).mapToObj(i -> {
            String text = texts.next() + "<X>" + texts.next() + (i % 3 == 0 ? "<Y>" : "<PW>") + texts.next();
            String value = texts.next();
            Executor executor = List.of(Executor.SHELL, Executor.PSQL, Executor.MYSQL).get(i % 3);
            Filler.Filled result = Filler.fill(text, executor, HOLES, name -> value);
            assertThat(Filler.holes(text, executor, HOLES)).hasSize(2);
            return result.problem().isEmpty();
        }).collect(Collectors.groupingBy(b -> b, Collectors.counting()));
        assertThat(filled.get(true)).isGreaterThan(1000);
    }

    private static String kinds(String text, Executor executor) {
        return Filler.holes(text, executor, HOLES).stream().map(h -> h.kind().name()).collect(Collectors.joining(","));
    }
}
