package dev.stepmark.session.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.session.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commands that a session of the driver hands to the psql of this machine. */
class RealPsqlTest {

    private static final String CROSS = "SELECT g AS line, 'shift ' || g % 2 AS shift, g * 10 AS made"
            + " FROM generate_series(1, 4) g \\crosstabview line shift made";

    @BeforeEach
    void needsPsql() throws Exception {
        RealClient.assume();
    }

    @Test
    void crosstabviewIsWhatPsqlPrints() throws Exception {
        try (JdbcFixture jdbc = new JdbcFixture()) {
            jdbc.done(CROSS);
            assertThat(jdbc.out()).isEqualTo("""
                     line | shift 1 | shift 0\s
                    ------+---------+---------
                        1 |      10 |       \s
                        2 |         |      20
                        3 |      30 |       \s
                        4 |         |      40
                    (4 rows)

                    """);
            assertThat(jdbc.err()).contains("(\\crosstabview is done by psql (PostgreSQL) 15");
            jdbc.done("BEGIN");
            assertThat(jdbc.run(CROSS)).isInstanceOfSatisfying(Outcome.Refused.class,
                    r -> assertThat(r.reason()).contains("COMMIT or ROLLBACK first"));
            jdbc.done("COMMIT");
        }
    }

    @Test
    void whatPsqlSaysAgainstItIsAFailure() throws Exception {
        try (JdbcFixture jdbc = new JdbcFixture()) {
            assertThat(jdbc.run("SELECT 1 AS a, 2 AS b \\crosstabview")).isInstanceOf(Outcome.Failed.class);
            assertThat(jdbc.err()).contains("\\crosstabview: query must return at least three columns");
            assertThat(jdbc.done("SELECT 1").results()).hasSize(1);
        }
    }
}
