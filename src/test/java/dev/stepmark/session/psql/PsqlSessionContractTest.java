package dev.stepmark.session.psql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.session.Dialect;
import dev.stepmark.session.Session;
import dev.stepmark.session.SessionContract;
import dev.stepmark.session.TransactionContract;
import dev.stepmark.session.jdbc.SqlDialect;
import dev.stepmark.testing.EmbeddedServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The contract of sessions through a real psql, over the socket of the embedded server. */
class PsqlSessionContractTest implements SessionContract, TransactionContract {

    private String database;

    @BeforeEach
    void createDatabase() {
        PsqlFixture.needsPsql();
        database = EmbeddedServer.get().freshDatabase();
    }

    @AfterEach
    void noPsqlStays() throws Exception {
        assertThat(Orphans.psqlsOf(database)).isEmpty();
    }

    @Override
    public Session open() throws Exception {
        return PsqlSession.open(PsqlFixture.spec(EmbeddedServer.USER, database, Map.of()), PsqlFixture.options());
    }

    @Override
    public Dialect dialect() {
        return new SqlDialect();
    }

    /** Processes of psql that belong to a test, known by the database in their command. */
    static final class Orphans {

        private Orphans() { }

        static List<String> psqlsOf(String database) throws InterruptedException {
            List<String> left = List.of();
            for (int i = 0; i < 100; i++) {
                left = ProcessHandle.current().descendants().filter(ProcessHandle::isAlive)
                        .map(p -> String.join(" ", p.info().arguments().orElse(new String[0])))
                        .filter(a -> a.contains("dbname='" + database + "'")).toList();
                if (left.isEmpty()) {
                    return left;
                }
                Thread.sleep(100);
            }
            return left;
        }
    }
}
