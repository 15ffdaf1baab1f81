package dev.stepmark.session.jdbc;

import dev.stepmark.session.ConnectionSpec;
import dev.stepmark.session.Opened;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Asks a server who it is. */
final class Identity {

    private Identity() { }

    /** The facts of a connection, as its server reports them. */
    static Opened of(Wire wire, ConnectionSpec spec) throws SQLException {
        List<String> row = wire.ask(ServerFacts.QUERY).get(0);
        String system = ServerFacts.systemIsTold(row) ? wire.ask(ServerFacts.SYSTEM).get(0).get(0) : "";
        Map<String, String> identity = ServerFacts.identity(spec.host(), Integer.toString(spec.port()), row, system);
        String host = spec.host().indexOf(':') >= 0 ? "[" + spec.host() + "]" : spec.host();
        String label = row.get(0) + " as " + row.get(1) + " on " + host + ":" + spec.port()
                + ", PostgreSQL " + row.get(2).split(" ")[0]
                + (row.get(4).equals("t") ? ", a standby (in recovery)" : ", a primary");
        return new Opened("jdbc", label, identity);
    }
}
