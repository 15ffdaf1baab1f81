package dev.stepmark.session.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.session.Outcome;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** psql's meta-commands in a session, and texts that are refused before anything runs. */
class MetaCommandsTest {

    private JdbcFixture jdbc;

    @BeforeEach
    void open() throws Exception {
        jdbc = new JdbcFixture();
    }

    @AfterEach
    void close() {
        jdbc.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\q", "\\quit", "exit", "quit;", "EXIT"})
    void theEndOfASession(String text) {
        assertThat(jdbc.run(text)).isEqualTo(new Outcome.Ended(0, "\\q"));
        assertThat(jdbc.session.alive()).isFalse();
    }

    @Test
    void connectChangesTheDatabase() {
        String next = jdbc.server.freshDatabase();
        Outcome.Done done = jdbc.done("\\c " + next);
        assertThat(jdbc.out()).isEqualTo("You are now connected to database \"" + next + "\" as user \"postgres\".\n");
        assertThat(done.change().orElseThrow().database()).isEqualTo(next);
        assertThat(jdbc.session.opened().identity()).containsEntry("database", next);
        assertThat(jdbc.done("SELECT current_database()").results().get(0).rows()).containsExactly(List.of(next));
    }

    @Test
    void connectTakesUserHostAndPort() {
        jdbc.server.execute("postgres", "DROP ROLE IF EXISTS reader", "CREATE ROLE reader LOGIN");
        jdbc.done("\\c - reader 127.0.0.1 " + jdbc.server.port());
        assertThat(jdbc.out()).isEqualTo("You are now connected to database \"" + jdbc.database
                + "\" as user \"reader\" on host \"127.0.0.1\" at port \"" + jdbc.server.port() + "\".\n");
        assertThat(jdbc.done("SELECT session_user").results().get(0).rows()).containsExactly(List.of("reader"));
    }

    @Test
    void aFailedConnectKeepsTheOldConnection() {
        String pid = jdbc.session.opened().identity().get("backend_pid");
        assertThat(jdbc.run("\\c no_such_database_at_all")).isInstanceOfSatisfying(Outcome.Failed.class,
                failed -> assertThat(failed.sqlState()).isEqualTo("3D000"));
        assertThat(jdbc.err()).contains("there is no database no_such_database_at_all")
                .endsWith("Previous connection kept\n");
        assertThat(jdbc.done("SELECT pg_backend_pid()").results().get(0).rows()).containsExactly(List.of(pid));
    }

    @Test
    void connectDoesNotLoseAnOpenTransaction() {
        jdbc.done("BEGIN");
        assertThat(jdbc.run("\\c postgres")).isInstanceOfSatisfying(Outcome.Refused.class,
                refused -> assertThat(refused.reason()).contains("roll back the open transaction"));
    }

    @Test
    void expandedDisplay() {
        jdbc.done("\\x");
        assertThat(jdbc.out()).isEqualTo("Expanded display is on.\n");
        assertThat(jdbc.done("SELECT 1 AS a, 'x' AS name").results().get(0).expanded()).isTrue();
        assertThat(jdbc.result()).isEqualTo("""
                -[ RECORD 1 ]
                a    | 1
                name | x

                """);
        jdbc.done("\\x off");
        assertThat(jdbc.out()).isEqualTo("Expanded display is off.\n");
        assertThat(jdbc.run("\\x maybe")).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void echoAndConninfo() {
        jdbc.done("\\echo 'two words' and -n");
        assertThat(jdbc.out()).isEqualTo("two words and -n\n");
        jdbc.done("\\conninfo");
        assertThat(jdbc.out()).startsWith("You are connected to database \"" + jdbc.database
                + "\" as user \"postgres\" on host \"localhost\" (address \"").endsWith(
                "\") at port \"" + jdbc.server.port() + "\".\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            \\foo                   | invalid command \\foo
            \\e                     | needs psql at a terminal
            \\bind 2                | \\bind is not supported
            SELECT 'open             | incomplete
            SELECT (1                | incomplete
            SELECT 1; SELECT 2       | 2 statements in one text
            SELECT 1; \\q            | 2 statements in one text
            COPY t FROM STDIN        | COPY ... FROM STDIN needs
            SET client_encoding = 'LATIN1' | client_encoding
            SET NAMES 'LATIN1'       | client_encoding
            SET DateStyle = 'German' | DateStyle
            """)
    void whatIsRefusedDoesNotRun(String text, String reason) {
        assertThat(jdbc.run(text)).isInstanceOfSatisfying(Outcome.Refused.class,
                refused -> assertThat(refused.reason()).contains(reason));
        assertThat(jdbc.sink().printed() + jdbc.err()).isEmpty();
        jdbc.done("SELECT 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SET client_encoding = 'UTF8'", "SET DateStyle = 'ISO, DMY'", "RESET DateStyle",
        "SET DateStyle TO iso"})
    void harmlessSettingsAreNotRefused(String text) {
        jdbc.done(text);
        jdbc.done("SELECT 1");
    }

    @Test
    void aNulCharacterIsRefused() {
        assertThat(jdbc.run("SELECT 1\0; DROP TABLE t")).isInstanceOf(Outcome.Refused.class);
        jdbc.done("SELECT 1");
    }
}
