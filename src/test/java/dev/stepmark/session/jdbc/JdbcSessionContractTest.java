package dev.stepmark.session.jdbc;

import dev.stepmark.session.ConnectionSpec;
import dev.stepmark.session.Dialect;
import dev.stepmark.session.PsqlLanguageContract;
import dev.stepmark.session.Session;
import dev.stepmark.session.SessionContract;
import dev.stepmark.session.TransactionContract;
import dev.stepmark.testing.EmbeddedServer;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;

/** The contract of sessions on the embedded server. */
class JdbcSessionContractTest implements SessionContract, PsqlLanguageContract, TransactionContract {

    private final EmbeddedServer server = EmbeddedServer.get();
    private String database;

    @BeforeEach
    void createDatabase() {
        database = server.freshDatabase();
    }

    @Override
    public Session open() throws Exception {
        ConnectionSpec spec = new ConnectionSpec(server.host(), server.port(), server.user(), database, Map.of(),
                Map.of());
        return JdbcSession.open(spec, (char[]) null, Options.DEFAULT);
    }

    @Override
    public Dialect dialect() {
        return new SqlDialect();
    }
}
