package dev.stepmark.session.jdbc;

import dev.stepmark.session.ConnectionSpec;
import dev.stepmark.session.Dialect;
import dev.stepmark.session.Session;
import dev.stepmark.session.SessionContract;
import java.util.Map;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The contract of sessions on the official image, with a password; left out where there is no Docker. */
@Testcontainers(disabledWithoutDocker = true)
class JdbcSessionContainerTest implements SessionContract {

    @Container
    private static final PostgreSQLContainer SERVER = new PostgreSQLContainer("postgres:15");

    @Override
    public Session open() throws Exception {
        ConnectionSpec spec = new ConnectionSpec(SERVER.getHost(), SERVER.getMappedPort(5432), SERVER.getUsername(),
                SERVER.getDatabaseName(), Map.of(), Map.of());
        return JdbcSession.open(spec, SERVER.getPassword().toCharArray(), Options.DEFAULT);
    }

    @Override
    public Dialect dialect() {
        return new SqlDialect();
    }
}
