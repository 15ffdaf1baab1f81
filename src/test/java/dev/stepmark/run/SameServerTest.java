package dev.stepmark.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Another server under the same name is told, and the same one after a restart is not refused. */
class SameServerTest {

    private static final Map<String, String> BEFORE = Map.of("host", "db", "port", "5432", "user", "ops", "database",
            "plant", "system_identifier", "71", "database_oid", "16384", "server_address", "10.0.0.1:5432",
            "server_started", "2026-01-01 10:00:00.000001", "in_recovery", "false");

    private static Map<String, String> with(String changes) {
        Map<String, String> now = new HashMap<>(BEFORE);
        for (String change : changes.split(";")) {
            String[] parts = change.split("=", 2);
            now.put(parts[0].strip(), parts[1].strip());
        }
        return now;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            system_identifier=72 | its system identifier is 72, and it was 71
            database_oid=20000 | its database plant is another one (oid 20000, and it was 16384)
            system_identifier=; database_oid=20000 | its database plant is another one
            system_identifier=; server_started=later; server_address=10.0.0.2:5432 | its server has the address 10.0.0.2:5432
            user=other | its user is other, and it was ops
            """)
    void isRefused(String changes, String reason) {
        assertThat(SameServer.differs(BEFORE, with(changes)).orElse("")).contains(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            system_identifier=; server_started=later | may not ask for the system identifier
            in_recovery=true | is a standby now, and was a primary
            """)
    void isForAPersonToJudge(String changes, String reason) {
        assertThat(SameServer.differs(BEFORE, with(changes))).isEmpty();
        assertThat(SameServer.doubt(BEFORE, with(changes)).orElse("")).contains(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            server_started=later; server_address=10.0.0.2:5432
            system_identifier=; server_address=10.0.0.2:5432
            database=other; database_oid=3
            host=
            """)
    void isTheSame(String changes) {
        assertThat(SameServer.differs(BEFORE, with(changes))).isEmpty();
        assertThat(SameServer.doubt(BEFORE, with(changes))).isEmpty();
    }

    @Test
    void nothingIsConcludedFromAnOldLog() {
        assertThat(SameServer.differs(Map.of("host", "db"), BEFORE)).isEmpty();
        assertThat(SameServer.doubt(Map.of("host", "db"), BEFORE)).isEmpty();
    }
}
