package dev.stepmark.session.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.session.Outcome;
import dev.stepmark.session.Outcome.Transaction;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that describe, as a session carries them out. */
class DescribeCommandsTest {

    @TempDir
    Path directory;
    private JdbcFixture mine;

    @BeforeEach
    void open() throws Exception {
        mine = new JdbcFixture();
    }

    @AfterEach
    void close() {
        mine.close();
    }

    @Test
    void theySeeWhatTheTransactionDid() {
        mine.done("BEGIN");
        mine.done("CREATE TABLE fresh (id int)");
        Outcome.Done done = mine.done("\\dt fresh");

        assertThat(mine.out()).contains(" public | fresh | table | postgres");
        assertThat(done.transaction()).isEqualTo(Transaction.OPEN);
        mine.done("ROLLBACK");
        mine.done("\\dt fresh");
        assertThat(mine.out()).isEmpty();
        assertThat(mine.err()).isEqualTo("Did not find any relation named \"fresh\".\n");
    }

    @Test
    void aFailedTransactionIsSaidAndLeftAsItIs() {
        mine.done("BEGIN");
        mine.run("SELECT 1/0");
        Outcome.Failed failed = (Outcome.Failed) mine.run("\\dt");

        assertThat(failed.sqlState()).isEqualTo("25P02");
        assertThat(failed.transaction()).isEqualTo(Transaction.FAILED);
        assertThat(mine.err()).startsWith("ERROR:  current transaction is aborted");
    }

    @Test
    void whatIsNotThereFailsWherePsqlFails() {
        Outcome.Failed failed = (Outcome.Failed) mine.run("\\d missing");

        assertThat(failed.message()).isEqualTo("Did not find any relation named \"missing\".");
        assertThat(failed.sqlState()).isEmpty();
        assertThat(((Outcome.Failed) mine.run("\\dn a.b")).message())
                .isEqualTo("cross-database references are not implemented: a.b");
    }

    @Test
    void whatIsTooMuchIsIgnoredAndSaid() {
        mine.done("\\dn public more;");
        assertThat(mine.out()).contains(" public | ");
        assertThat(mine.err()).isEqualTo("\\dn: extra argument \"more;\" ignored\n");
    }

    @Test
    void theyGoWhereResultsGo() throws Exception {
        Path file = directory.resolve("out");
        mine.done("\\o " + file);
        mine.done("\\dn public");
        mine.done("SELECT 1 AS one");
        mine.done("\\o");
        assertThat(Files.readString(file)).contains(" public | ").endsWith(" one \n-----\n   1\n(1 row)\n\n");
    }

    @Test
    void hostileNamesStayNames() {
        mine.done("CREATE TABLE \"x'; DROP TABLE y; --\" (id int)");
        mine.done("CREATE TABLE y (id int)");
        mine.done("\\d \"x'; DROP TABLE y; --\"");
        mine.run("\\dt *'*");
        mine.done("\\dt y");
        assertThat(mine.out()).contains(" public | y ");
    }
}
