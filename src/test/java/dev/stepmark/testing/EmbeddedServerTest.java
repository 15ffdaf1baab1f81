package dev.stepmark.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class EmbeddedServerTest {

    private final EmbeddedServer server = EmbeddedServer.get();

    @Test
    void isPostgres15AndIsStartedOnce() throws SQLException {
        assertThat(EmbeddedServer.get()).isSameAs(server);
        assertThat(ask("postgres", "SHOW server_version_num")).startsWith("15");
    }

    @Test
    void freshDatabasesAreEmptyAndApart() throws SQLException {
        String first = server.freshDatabase();
        server.execute(first, "CREATE TABLE work_orders (id int)", "INSERT INTO work_orders VALUES (7)");
        String second = server.freshDatabase();
        String copy = server.freshDatabase(first);

        assertThat(ask(second, "SELECT to_regclass('work_orders') IS NULL")).isEqualTo("t");
        assertThat(ask(copy, "SELECT id FROM work_orders")).isEqualTo("7");
    }

    @Test
    void oneRoleNeedsItsPassword() throws SQLException {
        String url = "jdbc:postgresql://" + server.host() + ":" + server.port() + "/postgres";
        assertThatThrownBy(() -> DriverManager.getConnection(url, EmbeddedServer.SCRAM_USER, "wrong"))
                .isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
        DriverManager.getConnection(url, EmbeddedServer.SCRAM_USER, EmbeddedServer.SCRAM_PASSWORD).close();
    }

    private String ask(String database, String sql) throws SQLException {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
