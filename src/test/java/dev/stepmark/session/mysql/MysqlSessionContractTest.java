package dev.stepmark.session.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.session.Dialect;
import dev.stepmark.session.Session;
import dev.stepmark.session.SessionContract;
import dev.stepmark.testing.MariaServer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The contract of sessions through a real client, on a real MariaDB. */
class MysqlSessionContractTest implements SessionContract {

    private String database;

    @BeforeEach
    void createDatabase() {
        database = MariaServer.get().freshDatabase();
    }

    @AfterEach
    void noClientStays() throws Exception {
        List<String> left = List.of();
        for (int i = 0; i < 100; i++) {
            left = ProcessHandle.current().descendants().filter(ProcessHandle::isAlive)
                    .map(p -> String.join(" ", p.info().arguments().orElse(new String[0])))
                    .filter(a -> a.contains("--database=" + database)).toList();
            if (left.isEmpty()) {
                return;
            }
            Thread.sleep(100);
        }
        assertThat(left).isEmpty();
    }

    @Override
    public Session open() throws Exception {
        return MysqlSession.open(MysqlFixture.spec(MariaServer.USER, database),
                MysqlFixture.options(Optional.empty(), whose -> Optional.empty()));
    }

    @Override
    public Dialect dialect() {
        return new MysqlDialect();
    }
}
